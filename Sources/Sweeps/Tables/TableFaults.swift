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
    }
  }
}
