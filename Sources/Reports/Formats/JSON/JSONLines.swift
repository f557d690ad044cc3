import Notation

/// One JSON object per line with a `kind`: `sweep` first, then `effect`, `question`, `prediction`, `run`
/// and `curve`, which has one line per point.
///
/// ```json
/// {"kind":"run","run":"5be5b8a1c2f04d77","status":"ok","attempt":1,"dropout":0.5,"seed":0,"accuracy":0.9353333333333333}
/// {"kind":"curve","run":"5be5b8a1c2f04d77","epoch":5,"running_loss":0.41}
/// ```
///
/// Reference: https://jsonlines.org; `pandas.read_json(path, lines=True)` reads it.
package enum JSONLines: ReportFormat {
  package static let name = "jsonl"

  package static func write(_ report: some Report, to destination: Destination) throws {
    var output = BufferedText(destination)
    var sweep = JSONMembers()
    if let arguments = arguments(of: report, destination) {
      sweep.append("report", arguments.json)
    }
    let facts = report.facts
    for case .fact(let key, let value) in facts.parts { sweep.append(key, value) }
    try append(sweep, kind: "sweep", to: &output)
    try output.flush()
    try writeRecords(of: facts, to: destination)
  }

  /// Writes the records alone, without the line about the whole.
  static func writeRecords(of facts: Facts, to destination: Destination) throws {
    var output = BufferedText(destination)
    for case .records(_, let kind?, let source) in facts.parts {
      try source { try append($0, kind: kind, to: &output) }
    }
    try output.flush()
  }

  private static func append(
    _ record: JSONMembers,
    kind: String,
    to output: inout BufferedText
  ) throws {
    try output.append("{\"kind\":\"" + kind + (record.isEmpty ? "\"" : "\","))
    try output.append(record.bytes)
    try output.append("}\n")
  }
}
