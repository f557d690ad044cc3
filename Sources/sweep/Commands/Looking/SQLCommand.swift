import ArgumentParser
import Foundation
import Laboratory
import Notation
import Reports
import Storage

/// Answers questions in SQL.
struct SQLCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sql",
    abstract: "Answer a question in SQL from the views of the results.",
    discussion: """
      The views are \(ResultView.all.map(\.name).joined(separator: ", ")); without a question their columns are listed. \
      Nothing can be written, and what is sealed is in no view. SQL.md has examples.
      """
  )

  @Argument(help: "One SELECT; '-' reads it from standard input. Without it the views are listed.")
  var question: String?

  @OptionGroup var folder: ResultsOptions

  @Option(
    help:
      "Add the table 'wide': a row a planned run of this sweep, with a column for each axis and metric.",
    completion: CompletedName.sweep
  )
  var wide: String?

  @Flag(help: "Print CSV.")
  var csv = false

  @Flag(help: "Print JSON: the names of the columns, and the rows.")
  var json = false

  func validate() throws {
    if csv, json { throw ValidationError(.exclusive, "--csv and --json exclude each other.") }
  }

  func run() throws {
    guard let question else { return try list() }
    let text =
      question == "-"
      ? String(decoding: try SourceText(atOrStandardInput: "-").bytes, as: UTF8.self) : question
    let found = try folder.laboratory.answer(text, wide: wide) { answer in
      if json {
        try writeJSON(answer)
      } else if csv {
        try writeCSV(answer)
      } else {
        try writeTable(answer)
      }
    }
    let sealed = found.disclosures.filter { !$0.showsResults }.map { "'\($0.sweep)'" }
    guard !sealed.isEmpty else { return }
    printError(
      "Results of \(sealed.joined(separator: ", ")) are not in the views while predictions are open."
    )
  }

  private func list() throws {
    guard !json else {
      return try Output.standard.json([
        "format": "views/1", "version": JSON(ResultView.version),
        "views": .array(ResultView.all.map(\.json)),
      ])
    }
    var lines: [String] = []
    for view in ResultView.all {
      lines += (lines.isEmpty ? [] : [""]) + ["\(view.name): \(view.row)"]
      let width = view.columns.map(\.name.count).max() ?? 0
      lines += view.columns.map { column in
        "  \(column.name.padding(toLength: width, withPad: " ", startingAt: 0))  "
          + "\(column.kind.rawValue.lowercased().padding(toLength: 7, withPad: " ", startingAt: 0))  \(column.meaning)"
      }
    }
    try Output.standard.lines(lines)
  }

  private func writeJSON(_ answer: QueryAnswer) throws {
    try Output.standard.write(
      #"{"format":"sql/1","columns":\#(JSON(answer.columns).text),"rows":["#
    )
    var separator = ""
    while let row = try answer.next() {
      try Output.standard.write(separator + "\n" + JSON.array(row.map(\.json)).text)
      separator = ","
    }
    try Output.standard.write("\n]}\n")
  }

  private func writeCSV(_ answer: QueryAnswer) throws {
    try writing(to: nil) { destination in
      try destination.write(CSV.line(answer.columns.map { .text($0) }))
      while let row = try answer.next() { try destination.write(CSV.line(row.map(\.field))) }
    }
  }

  /// Columns as wide as what stands in them, numbers to the right.
  private func writeTable(_ answer: QueryAnswer) throws {
    var rows: [[QueryValue]] = []
    while let row = try answer.next() { rows.append(row) }
    let texts = rows.map { $0.map { Output.visible($0.text).replacing("\n", with: " ") } }
    let widths = answer.columns.indices.map { column in
      ([answer.columns[column]] + texts.map { $0[column] }).map(\.count).max() ?? 0
    }
    func line(_ cells: [String], isRight: (Int) -> Bool) -> String {
      let padded = zip(cells, widths).enumerated().map { column, cell in
        let blanks = String(repeating: " ", count: cell.1 - cell.0.count)
        return isRight(column) ? blanks + cell.0 : cell.0 + blanks
      }
      return String(padded.joined(separator: "  ").reversed().drop { $0 == " " }.reversed())
    }
    let isNumeric = answer.columns.indices.map { column in
      rows.contains { $0[column].isNumber }
        && rows.allSatisfy { $0[column].isNumber || $0[column] == .null }
    }
    try Output.standard.line(line(answer.columns) { isNumeric[$0] })
    try Output.standard.line(line(widths.map { String(repeating: "─", count: $0) }) { _ in false })
    try Output.standard.lines(texts.map { line($0) { isNumeric[$0] } })
  }
}

extension QueryValue {
  fileprivate var isNumber: Bool {
    switch self {
    case .integer, .real: true
    case .null, .text, .bytes: false
    }
  }

  fileprivate var text: String {
    switch self {
    case .null: ""
    case .integer(let value): String(value)
    case .real(let value): number(value).levelText
    case .text(let text): text
    case .bytes(let bytes): Self.hexadecimal(bytes)
    }
  }

  fileprivate var field: RunsTable.Field {
    switch self {
    case .null: .missing
    case .integer(let value): Int(exactly: value).map { .integer($0) } ?? .text(String(value))
    case .real(let value): .number(value)
    case .text(let text): .text(text)
    case .bytes(let bytes): .text(Self.hexadecimal(bytes))
    }
  }

  fileprivate var json: JSON {
    switch self {
    case .null: .null
    case .integer(let value): JSON(Int(value))
    case .real(let value): number(value)
    case .text(let text): .string(text)
    case .bytes(let bytes): .string(Self.hexadecimal(bytes))
    }
  }

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}

extension ResultView {
  fileprivate var json: JSON {
    [
      "name": .string(name), "row": .string(row),
      "columns": .array(
        columns.map {
          [
            "name": .string($0.name), "type": .string($0.kind.rawValue),
            "meaning": .string($0.meaning),
          ]
        }
      ),
    ]
  }
}
