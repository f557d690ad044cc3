import Sweeps

/// All learning curves as one long table, for programs that draw: a row per run, point and metric.
///
/// ```text
/// run,dropout,tuning,seed,unit,position,metric,value
/// 5be5b8a1c2f04d77,0.5,full,0,epoch,5.0,running_loss,0.41
/// ```
package struct CurveExport: Sendable {
  private let evidence: Evidence

  package init(_ evidence: Evidence) {
    self.evidence = evidence
  }

  /// Writes the table as CSV.
  ///
  /// - Throws: What reading the curves or writing throws.
  package func writeCSV(to destination: Destination) throws {
    var output = BufferedText(destination)
    let names =
      ["run"] + evidence.spec.axes.map(\.name) + [
        "seed", "unit", "position", "metric", "value",
      ]
    try output.append(CSV.line(names.map { .text($0) }))
    let runs = Dictionary(evidence.records.map { ($0.run.id, $0.run) }) { first, _ in first }
    try evidence.curves.forEach(of: evidence.records) { curve in
      guard let run = runs[curve.run] else { return }
      // The line of a value is its run's, its point's and its own part, the first two made once.
      let head = part([.text(run.id)] + run.levels.map { .text($0) } + [.integer(run.seed)])
      let metrics = curve.series.map { part([.text($0.metric)]) }
      for (index, coordinate) in curve.coordinates.enumerated() {
        let point = head + part([.text(coordinate.unit.rawValue), .number(coordinate.position)])
        for (metric, series) in zip(metrics, curve.series) {
          guard let value = series.values[index] else { continue }
          try output.append(point)
          try output.append(metric)
          try output.append(CSV.word(value))
          try output.append("\r\n")
        }
      }
    }
    try output.flush()
  }

  /// Fields with a comma after each of them.
  private func part(_ fields: [RunsTable.Field]) -> [UInt8] {
    CSV.line(fields).utf8.dropLast(2) + [UInt8(ascii: ",")]
  }

  /// Writes one JSON object per point, the `curve` lines of a report.
  ///
  /// - Throws: What reading the curves or writing throws.
  package func writeJSONLines(to destination: Destination) throws {
    let evidence = evidence
    let facts = Facts([
      .records(key: nil, kind: "curve") { try CurveRecords(evidence).writePoints(to: $0) }
    ])
    try JSONLines.writeRecords(of: facts, to: destination)
  }
}
