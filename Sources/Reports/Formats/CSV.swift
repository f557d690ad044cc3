/// Comma-separated values, one row per run, as `sweep effects`, pandas and spreadsheets read them.
///
/// ```text
/// run,status,attempt,dropout,seed,accuracy,started,duration
/// 5be5b8a1c2f04d77,ok,1,0.5,0,0.9353333333333333,2026-02-14T10:00:00Z,1.42
/// ```
///
/// Reference: RFC 4180. A text that a spreadsheet would take for a formula gets an apostrophe in front;
/// numbers, `nan`, `inf` and `-inf` are left as they are.
package enum CSV: ReportFormat {
  package static let name = "csv"

  package static let listsRuns = true

  package static func write(_ report: some Report, to destination: Destination) throws {
    guard let runs = report.runs else { preconditionFailure("a report without rows as CSV") }
    var output = BufferedText(destination)
    try output.append(row(runs.header.map(quoted)))
    for index in 0..<runs.count { try output.append(line(runs.row(index))) }
    try output.flush()
  }

  /// One row with its line end.
  package static func line(_ fields: [RunsTable.Field]) -> String { row(fields.map(field)) }

  private static func row(_ fields: [String]) -> String {
    fields.joined(separator: ",") + "\r\n"
  }

  private static func field(_ field: RunsTable.Field) -> String {
    switch field {
    case .text(let text): quoted(text)
    case .number(let number): word(number)
    case .integer(let number): String(number)
    case .missing: ""
    }
  }

  static func word(_ number: Double) -> String {
    if number.isNaN { return "nan" }
    if number.isInfinite { return number < 0 ? "-inf" : "inf" }
    return number.description
  }

  private static func quoted(_ text: String) -> String {
    let cell = startsLikeFormula(text) ? "'" + text : text
    guard cell.unicodeScalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else {
      return cell
    }
    // By bytes: a quote and a combining mark behind it are one character, and another than the quote.
    let quote = UInt8(ascii: "\"")
    let doubled = cell.utf8.flatMap { $0 == quote ? [quote, quote] : [$0] }
    return "\"" + String(decoding: doubled, as: UTF8.self) + "\""
  }

  private static func startsLikeFormula(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first,
      "=+-@\t\r".unicodeScalars.contains(first)
    else { return false }
    return Double(text) == nil
  }
}
