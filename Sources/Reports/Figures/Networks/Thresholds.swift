import Charts
import Foundation
import Statistics
import Sweeps

/// Right yes/no answers against the probability above which an answer is a yes, for labels that do not exclude each
/// other.
struct Thresholds {
  let near: NearCells
  let metric: Metric

  private func lines(in cell: NearCell) -> SeedLines? {
    let pattern = near.spec.vocabulary.first { $0.measurand == .accuracyAtThreshold }
    return SeedLines(
      name: cell.name,
      lines: cell.runs.map { run in
        run.measurements.final.compactMap { name, value in
          guard let threshold = pattern?.part(in: name).flatMap(Double.init) else { return nil }
          return Point(x: threshold, y: metric.drawn(value))
        }.sorted { $0.x < $1.x }
      }
    )
  }

  /// nil where no run was asked about thresholds.
  var figure: Figure? {
    let curves = near.cells.compactMap(lines)
    let said = curves.compactMap { curve -> (cell: String, best: Double, share: Double)? in
      let best = curve.means.max { ($0.sample.mean ?? 0) < ($1.sample.mean ?? 0) }
      guard let best, let mean = best.sample.mean else { return nil }
      return (curve.name, best.x, mean)
    }
    guard !said.isEmpty else { return nil }
    let text = said.map {
      "\($0.cell): \(Numeral.plain($0.best)) (\(Numeral.significant($0.share))\(metric.unit))"
    }.joined(separator: ", ")
    return Figure(
      name: "thresholds",
      title: "The threshold with most right yes/no answers – \(text)",
      label: "Thresholds with most right answers – \(text).",
      chart: LearningCurves(
        panels: [LearningCurves.Panel(title: "", series: curves.map(\.series))],
        xLabel: "threshold",
        yLabel: "right yes/no answers" + (metric.unit.isEmpty ? "" : "," + metric.unit)
      ),
      data: Table(
        columns: [.words("cell"), .numbers("threshold")] + Table.Column.seedMean,
        rows: curves.flatMap { curve in
          curve.means.map { x, sample in
            [curve.name, Numeral.plain(x)] + Metric(name: "", delta: 0).cells(sample)
          }
        }
      ),
      note: """
        One network answers for every threshold; nothing is trained again. \(SeedLines.note) Where one class \
        of several is chosen there is no threshold, and no line here. Where most labels are \
        noes, answering no to everything is right more often than not.
        """
    )
  }
}
