package import Notation

/// What is wrong with a table that somebody handed in, all of it at once.
package struct TableFaults: Error, Sendable, Equatable {
  /// How many faults are told one by one.
  static let shown = 20

  /// The path as the user gave it.
  package let path: String

  /// Never empty.
  package let faults: [TableFault]
}

/// One thing that is wrong with a table.
package enum TableFault: Sendable, Equatable {
  case format(CSVFault)
  case missingColumn(String, known: [String])

  /// What a field holds, and what would be right as it follows 'it is'.
  case field(line: Int, column: String, text: String, expected: String)

  /// A second result of a cell and seed, and what tells it from the first, where something does.
  case repeated(line: Int, first: Int, cell: String, apart: Difference?)

  /// A setting that is another one in nearly every run, in a table that is to name its own design.
  case continuous(column: String, values: Int, rows: Int)
  case nothingVaries, nothingMeasured

  /// A column in which two lines differ.
  package struct Difference: Sendable, Equatable {
    package let column: String
    package let first: String
    package let second: String
  }
}

extension TableFaults: CustomStringConvertible {
  package var description: String {
    let told = faults.prefix(Self.shown).map { "\(path): \($0)" }
    let more = faults.count - told.count
    return (told + (more > 0 ? ["\(path): \(more) faults more."] : [])).joined(separator: "\n")
  }
}

extension TableFault: CustomStringConvertible {
  package var description: String {
    switch self {
    case .format(let fault): return fault.description
    case .missingColumn(let name, let known):
      let advice =
        Suggestion.nearest(to: name, among: known).map { "Did you mean '\($0)'?" }
        ?? "The columns are \(known.joined(separator: ", "))."
      return "There is no column '\(name)'. \(advice)"
    case .field(let line, let column, let text, let expected):
      let found = text.isEmpty ? "is empty" : "is '\(text.prefix(40))'"
      return "Line \(line): '\(column)' \(found); it is \(expected)."
    case .repeated(let line, let first, let cell, let apart):
      let advice =
        apart.map {
          "They differ in '\($0.column)' ('\($0.first)' and '\($0.second)'), which the design does not name: "
            + "name it as a factor, or take them with --replicates mean, first or last."
        } ?? "Leave one out, or take them with --replicates mean, first or last."
      return "Line \(line): the same cell and seed as line \(first) (\(cell)). \(advice)"
    case .continuous(let column, let values, let rows):
      return """
        Column '\(column)' has \(values) different values in \(rows) runs: that is no grid of levels. Name in a \
        --design the levels that are to be compared.
        """
    case .nothingVaries:
      return
        "No column looks like a factor: a setting with at least two values, each in several runs. Name them in a --design."
    case .nothingMeasured:
      return
        "No column looks like a metric: a number that differs between runs. Name it in a --design."
    }
  }
}
