import Foundation
package import Notation

package import Statistics

/// A table of runs from anywhere, read for the factors and metrics of a design.
package struct RunsFile: Sendable, Equatable {
  package let table: RunTable

  /// What the reader of the results should know: columns that are missing, rows that take no part.
  package let warnings: [String]

  /// Reads comma-separated values with a column per factor, `seed`, and metric columns.
  ///
  /// A `status` column is optional; without it every row is a result. Metrics that are empty, no
  /// numbers or not finite are missing.
  ///
  /// - Throws: `TableFaults` for a broken format, a missing factor or seed column and seeds that
  ///   are no integers.
  package init(_ source: SourceText, design: Design) throws(TableFaults) {
    let csv = CSVTable(source)
    var faults = csv.faults.map(TableFault.format)
    for name in design.factors.map(\.name) + ["seed"]
    where csv.column(name) == nil && faults.isEmpty {
      faults.append(.missingColumn(name, known: csv.header))
    }
    guard faults.isEmpty, let seedColumn = csv.column("seed") else {
      throw TableFaults(path: source.path, faults: faults)
    }
    let factors = design.factors.compactMap { csv.column($0.name) }
    let metrics = design.metrics.map { csv.column($0.name) }
    let status = csv.column("status")
    var rows: [RunTable.Row] = []
    for row in csv.rows {
      let text = row.fields[seedColumn]
      guard let seed = Self.seed(text) else {
        faults.append(
          .field(line: row.line, column: "seed", text: text, expected: "a whole number")
        )
        continue
      }
      rows.append(
        RunTable.Row(
          status: status.map { row.fields[$0] } ?? "ok",
          levels: factors.map { Self.level(row.fields[$0]) },
          seed: seed,
          values: metrics.map { $0.flatMap { Self.number(row.fields[$0]) } }
        )
      )
    }
    guard faults.isEmpty else { throw TableFaults(path: source.path, faults: faults) }
    table = RunTable(
      factors: design.factors.map(\.name),
      metrics: design.metrics.map(\.name),
      rows: rows
    )
    warnings = Self.warnings(table, columns: csv.header, design: design)
  }

  /// A whole number; spreadsheets and data frames may have given it a decimal point.
  private static func seed(_ text: String) -> Int? {
    let text = text.trimmingCharacters(in: .whitespaces)
    return Int(text) ?? Double(text).flatMap { Int(exactly: $0) }
  }

  private static func number(_ text: String) -> Double? {
    Double(text.trimmingCharacters(in: .whitespaces))
  }

  /// The level without the apostrophe that keeps a spreadsheet from taking it for a formula.
  private static func level(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard scalars.first == "'", let second = scalars.dropFirst().first,
      "=+-@\t\r".unicodeScalars.contains(second)
    else { return text }
    return String(text.dropFirst())
  }

  private static func warnings(
    _ table: RunTable,
    columns: [String],
    design: Design
  ) -> [String] {
    var warnings: [String] = []
    for metric in design.metrics where !columns.contains(metric.name) {
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
