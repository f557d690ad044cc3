import Notation
import Sweeps

/// The runs that gave no result, with the end of their logs.
struct FailuresSection: ReportSection {
  private let axes: [Axis]
  private let records: [Record]
  private let planned: Int

  init(_ findings: Findings) {
    axes = findings.evidence.spec.axes
    records = findings.evidence.records
    planned = findings.evidence.planned
  }

  var sections: [Section] {
    let failed = records.filter { $0.status != .ok }
    guard !failed.isEmpty else { return [] }
    var blocks: [Block] = [
      .paragraph(
        """
        \(Numeral.counted(failed.count, "run")) of \(planned.grouped) gave no result. They \
        count in no mean; where one level fails more often than another, its numbers are those of \
        the survivors only.
        """
      ),
      failuresByLevel(failed),
    ]
    for record in failed.prefix(Self.failuresShown) {
      blocks.append(
        .paragraph(
          "\(code: record.run.id) \(describe(record.run)): \(record.outcome), attempt \(record.attempt)"
        )
      )
      if !record.lastLines.isEmpty {
        blocks.append(.preformatted(record.lastLines.joined(separator: "\n")))
      }
    }
    if failed.count > Self.failuresShown {
      blocks.append(
        .paragraph(
          "… and \((failed.count - Self.failuresShown).grouped) more; all are in the CSV."
        )
      )
    }
    return [Section("Failures", blocks)]
  }

  /// Enough to see a pattern; the rest are in the data formats.
  private static let failuresShown = 10

  private func failuresByLevel(_ failed: [Record]) -> Block {
    var rows: [[String]] = []
    for (index, axis) in axes.enumerated() {
      for level in axis.levels {
        let ended = records.filter { $0.run.levels[index] == level.text }
        let count = failed.count { $0.run.levels[index] == level.text }
        rows.append([axis.name, level.text, "\(count)", "\(ended.count)"])
      }
    }
    return .table(
      Table(
        columns: [.words("axis"), .words("level"), .numbers("without result"), .numbers("ended")],
        rows: rows
      )
    )
  }

  /// A run's cell and seed in words.
  private func describe(_ run: Run) -> String {
    let levels = zip(axes, run.levels).map { "\($0.name)=\($1)" }
    return (levels + ["seed=\(run.seed)"]).joined(separator: " ")
  }
}
