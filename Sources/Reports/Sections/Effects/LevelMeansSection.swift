import Foundation
import Statistics
import Sweeps

/// The mean of each metric at each level of each axis, over the settings that all its levels have.
struct LevelMeansSection: ReportSection {
  private let axes: [Axis]
  private let metrics: [Metric]
  private let effects: [Effects]
  /// Two axes against each other; nil where fewer vary.
  private let map: Figure?

  init(_ findings: Findings) {
    axes = findings.evidence.spec.axes
    metrics = findings.evidence.metrics()
    effects = findings.analysis.effects
    map = findings.analysis.strongestPair(findings.runs)
  }

  var sections: [Section] {
    var rows: [[String]] = []
    for (index, axis) in axes.enumerated() {
      for (place, level) in axis.levels.enumerated() {
        let means = zip(effects, metrics).map { effect, metric in
          shown(effect.levelMeans[index].means[place], as: metric)
        }
        let seeds = effects.map { $0.levelMeans[index].seedCount }.min() ?? 0
        let settings = effects.map { $0.levelMeans[index].settingCount }.min() ?? 0
        rows.append([axis.name, level.text, "\(seeds)", "\(settings)"] + means)
      }
    }
    guard !rows.isEmpty, !effects.isEmpty else { return [] }
    let section = Section(
      "Level means",
      [
        .table(
          Table(
            columns: [.words("axis"), .words("level"), .numbers("seeds"), .numbers("settings")]
              + metrics.map { .numbers($0.heading) },
            rows: rows,
            note: """
              Averaged with equal weights over the settings of the other axes in which every level of \
              the axis has a finished run, and over seeds; seeds and settings count them, where metrics \
              differ those of the metric with the fewest. On a log scale the mean is the geometric one.
              """
          )
        )
      ] + (map.map { [.figure($0)] } ?? [])
    )
    return [section]
  }

  private func shown(_ mean: Double?, as metric: Metric) -> String {
    guard let mean else { return "–" }
    switch metric.scale {
    case .linear: return Numeral.significant(mean * metric.displayFactor)
    case .log: return Numeral.significant(exp(mean) * metric.displayFactor)
    }
  }
}
