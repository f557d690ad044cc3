import Statistics
import Sweeps

/// One row per cell: the mean and standard deviation over its seeds, and how many there were.
struct CellsSection: ReportSection {
  private let axes: [Axis]
  private let metrics: [Metric]
  private let records: [Record]

  init(_ findings: Findings) {
    axes = findings.evidence.spec.axes
    metrics = findings.evidence.metrics()
    records = findings.evidence.records
  }

  var sections: [Section] { [Section("Cells", [block])] }

  private var block: Block {
    let groups = finishedByCell
    let rows = groups.map { levels, records in
      levels + ["\(records.count)"] + metrics.map { summary(of: $0, in: records) }
    }
    let columns =
      axes.map { Table.Column.words($0.name) } + [.numbers("n")]
      + metrics.map { .numbers($0.heading) }
    guard !rows.isEmpty else { return .paragraph("No run has finished yet.") }
    return .table(
      Table(
        columns: columns,
        rows: rows,
        note: """
          Mean ± standard deviation over the finished seeds of a cell; n counts them. A number \
          without ± comes from one seed. Where fewer seeds have a metric, their count follows in \
          brackets.
          """
      )
    )
  }

  /// The finished runs of each cell, cells in the order of the grid.
  private var finishedByCell: [(levels: [String], records: [Record])] {
    var indices: [[String]: Int] = [:]
    var groups: [(levels: [String], records: [Record])] = []
    for record in records where record.status == .ok {
      if let index = indices[record.run.levels] {
        groups[index].records.append(record)
      } else {
        indices[record.run.levels] = groups.count
        groups.append((record.run.levels, [record]))
      }
    }
    return groups
  }

  private func summary(of metric: Metric, in records: [Record]) -> String {
    let values = records.compactMap { $0.measurements.final[metric.name] }.filter(\.isFinite)
      .map { $0 * metric.displayFactor }
    guard !values.isEmpty else { return "–" }
    let text = Numeral.meanAndSpread(
      mean(values),
      values.count > 1 ? standardDeviation(values) : nil
    )
    return values.count == records.count ? text : text + " (\(values.count))"
  }
}

extension Metric {
  /// The name with the unit in which it is shown.
  var heading: String {
    switch show {
    case .plain: name
    case .points: name + " (points)"
    }
  }
}
