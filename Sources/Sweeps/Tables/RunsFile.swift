import Foundation
package import Notation
package import Statistics

/// A table of runs from anywhere, read for the factors and metrics of a design.
package struct RunsFile: Sendable, Equatable {
  package let table: RunTable

  /// What the table was read for: the design that was handed in, or the one that was read off the table.
  package let design: Design

  /// What the reader of the results should know: columns that are missing, rows that take no part.
  package let warnings: [String]

  /// Reads a table with a column per factor, one of seeds, and metric columns; fields are parted by commas, semicolons
  /// or tabs.
  ///
  /// A `status` column is optional; without it every row is a result. Metrics that are empty or not finite are missing;
  /// what is no number is a fault, and so are two results of one cell and seed.
  ///
  /// - Parameters:
  ///   - source: The text.
  ///   - design: Its factors and metrics; nil to read them off the table.
  ///   - reading: Who exported the table, and what is done about what it leaves open.
  ///   - vocabulary: Words for measurements, for a design that is read off the table.
  /// - Throws: `TableFaults` with all that is wrong, each with its line and column.
  package init(
    _ source: SourceText,
    design: Design?,
    reading: TableReading = TableReading(),
    vocabulary: [MetricDescription] = []
  ) throws(TableFaults) {
    let csv = CSVTable(source, separators: [",", "\t", ";"])
    func refuse(_ faults: [TableFault]) throws(TableFaults) {
      guard faults.isEmpty else { throw TableFaults(path: source.path, faults: faults) }
    }
    try refuse(csv.faults.map(TableFault.format))
    let columns = RunColumns(csv, reading)
    var notes: [String] = []
    var inferred: InferredDesign?
    if design == nil {
      let found = InferredDesign(csv, columns, vocabulary: vocabulary)
      try refuse(found.faults)
      notes += found.notes
      inferred = found
    }
    let wanted = design ?? inferred?.design ?? Design(factors: [], metrics: [])
    try refuse(Self.missingColumns(columns, wanted, reading))
    let rows = RunRows(csv, columns, wanted, reading)
    try refuse(rows.faults)
    let repeated = RepeatedRuns(
      rows.rows,
      design: wanted,
      replicates: reading.replicates,
      isLog: rows.isLog,
      apart: { rows.difference($0) }
    )
    try refuse(repeated.faults)
    self.design = wanted
    table = RunTable(
      factors: wanted.factors.map(\.name),
      metrics: wanted.metrics.map(\.name),
      rows: repeated.rows.map(\.row),
      absence: .failed
    )
    warnings =
      notes + rows.notes + repeated.notes
      + Self.warnings(table, columns: columns, design: wanted)
  }

  private static func missingColumns(
    _ columns: RunColumns,
    _ design: Design,
    _ reading: TableReading
  ) -> [TableFault] {
    let known = columns.columns.map(\.heading)
    var missing = design.factors.map(\.name).filter { columns.column($0) == nil }
    if let name = reading.seedColumn {
      if columns.seed == nil { missing.append(name) }
    } else if columns.seed == nil, reading.origin == nil {
      missing.append("seed")
    }
    return missing.map { .missingColumn($0, known: known) }
  }

  private static func warnings(
    _ table: RunTable,
    columns: RunColumns,
    design: Design
  ) -> [String] {
    var warnings: [String] = []
    for metric in design.metrics where columns.column(metric.name) == nil {
      warnings.append("The table has no column '\(metric.name)'; nothing can be said about it.")
    }
    if !table.rows.isEmpty, !table.rows.contains(where: { $0.status == "ok" }) {
      let found = Set(table.rows.map(\.status)).sorted().prefix(5).map { "'\($0)'" }
      warnings.append(
        "No row has the status 'ok', the only one that counts; there are "
          + found.joined(separator: ", ") + "."
      )
    }
    for (index, factor) in design.factors.enumerated() {
      let known = Set(factor.levels)
      let unknown = table.rows.map { $0.levels[index] }.filter { !known.contains($0) }
      if let first = unknown.first {
        warnings.append(
          "\(unknown.count) row\(unknown.count == 1 ? " has" : "s have") a level of "
            + "'\(factor.name)' that the design does not name, such as '\(first)'; left out."
        )
      }
      let used = Set(table.rows.map { $0.levels[index] })
      for level in factor.levels where !used.contains(level) {
        warnings.append("No row has the level '\(level)' of '\(factor.name)'.")
      }
    }
    return warnings
  }
}
