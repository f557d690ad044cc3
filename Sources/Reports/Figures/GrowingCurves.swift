package import Charts
package import Sweeps

/// Learning curves of runs that may still be at work, as far as they have come.
package struct GrowingCurves: Sendable {
  /// Losses, or what else the programs print, a panel for each cell.
  package let chart: LearningCurves
  /// What each curve has come to, in a sentence.
  package let label: String

  /// Draws the points that there are.
  ///
  /// - Parameters:
  ///   - records: Attempts with their points, whatever became of them.
  ///   - spec: What they are runs of.
  /// - Returns: nil where there is no point to draw.
  package init?(of records: [Record], spec: Spec) {
    var cells: [[String]] = []
    for record in records where !record.measurements.curve.isEmpty {
      if !cells.contains(record.run.levels) { cells.append(record.run.levels) }
    }
    let near = NearCells(
      spec: spec,
      cells: cells.prefix(NearCells.limit).map { levels in
        NearCell(
          name: spec.name(ofCell: levels),
          levels: levels,
          runs: records.filter { $0.run.levels == levels }.sorted { $0.run.seed < $1.run.seed }
        )
      },
      note: ""
    )
    let figures = TrainingCurves(near: near, metrics: spec.metrics, sampleSize: nil).figures
    guard let figure = figures.first, let chart = figure.chart as? LearningCurves else {
      return nil
    }
    self.chart = chart
    label = figure.label.replacing(" ends at ", with: " is at ")
  }
}

extension Spec {
  /// `baseline`, or the levels that set a cell apart from it: `dropout 0.5, tuning head`.
  fileprivate func name(ofCell levels: [String]) -> String {
    let apart = zip(axes, levels).filter { $0.baseline.text != $1 }.map { "\($0.name) \($1)" }
    return apart.isEmpty ? "baseline" : apart.joined(separator: ", ")
  }
}
