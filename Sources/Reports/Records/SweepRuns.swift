import Foundation
import Sweeps

extension Evidence {
  /// One row per run that came to an end, in the order of the grid, every number as it was measured.
  var runsTable: RunsTable {
    var names = Set<String>()
    for record in records { names.formUnion(record.measurements.final.keys) }
    let metrics = names.sorted()
    // Where each was made, in a table whose runs were not all made in the same place.
    let sites = records.contains { !$0.site.isEmpty } ? [siteColumn(besides: names)] : []
    let header =
      ["run", "status", "attempt"] + spec.axes.map(\.name) + ["seed"] + metrics
      + ["started", "duration"] + sites
    return RunsTable(header: header, count: records.count) { [records] index in
      let record = records[index]
      let final = record.measurements.final
      var row: [RunsTable.Field] = [
        .text(record.run.id), .text(record.status.rawValue), .integer(record.attempt),
      ]
      row += record.run.levels.map { .text($0) }
      row.append(.integer(record.run.seed))
      row += metrics.map { final[$0].map { .number($0) } ?? .missing }
      row.append(.text(record.started.formatted(.iso8601)))
      row.append(.number(record.duration / .seconds(1)))
      if !sites.isEmpty { row.append(.text(record.site.description)) }
      return row
    }
  }

  /// A name that no axis and no metric has.
  private func siteColumn(besides metrics: Set<String>) -> String {
    var name = "site"
    while metrics.contains(name) || spec.axes.contains(where: { $0.name == name }) { name += "_" }
    return name
  }
}
