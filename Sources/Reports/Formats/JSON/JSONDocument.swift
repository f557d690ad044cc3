import Notation

/// One JSON document: what made the report, the analysis under the keys of `sweep effects`, predictions
/// beside outcomes, runs and curves, every number as it was measured.
///
/// Facts and records stand on lines of their own, so that versions can be compared with `diff`.
///
/// ```json
/// {
/// "sweep":"dose",
/// "counts":{"planned":48,"ok":48,"failed":0},
/// "runs":[
/// {"run":"5be5b8a1c2f04d77","status":"ok","attempt":1,"dropout":0.5,"seed":0,"accuracy":0.9353333333333333}
/// ]
/// }
/// ```
package enum JSONDocument: ReportFormat {
  package static let name = "json"

  package static func write(_ report: some Report, to destination: Destination) throws {
    var output = BufferedText(destination)
    try output.append("{\n")
    var isFirst = true
    if let arguments = arguments(of: report, destination) {
      try begin("report", &isFirst, &output)
      try output.append(arguments.json.text)
    }
    for part in report.facts.parts {
      switch part {
      case .fact(let key, let value):
        try begin(key, &isFirst, &output)
        try output.append(value.text)
      case .tree(let key, let value):
        try begin(key, &isFirst, &output)
        try output.append(value().unfolded)
      case .records(let key?, _, let source):
        try begin(key, &isFirst, &output)
        try append(source, to: &output)
      case .records(nil, _, _): break
      }
    }
    try output.append("\n}\n")
    try output.flush()
  }

  private static func begin(
    _ key: String,
    _ isFirst: inout Bool,
    _ output: inout BufferedText
  ) throws {
    try output.append((isFirst ? "" : ",\n") + JSON.quoted(key) + ":")
    isFirst = false
  }

  private static func append(_ source: Facts.Source, to output: inout BufferedText) throws {
    var isEmpty = true
    try output.append("[")
    try source { record in
      try output.append(isEmpty ? "\n{" : ",\n{")
      isEmpty = false
      try output.append(record.bytes)
      try output.append("}")
    }
    try output.append(isEmpty ? "]" : "\n]")
  }
}
