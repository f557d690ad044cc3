import Foundation
import Statistics

/// How each metric moves along the levels of each ordered factor of three levels or more.
struct DoseResponseSection: ReportSection {
  let effects: [Effects]
  let factors: [Factor]

  var sections: [Section] {
    let ordered = factors.enumerated().filter {
      $0.element.isOrdered && $0.element.levels.count >= 3
    }
    guard !ordered.isEmpty else { return [] }
    let section = Section(
      "Dose and response",
      ordered.flatMap { index, factor in
        [table(factor, index: index)]
          + effects.compactMap { effects in
            effects.dose(factor, effects.levelMeans[index]).map { .figure($0) }
          }
      }
    )
    return [section]
  }

  private func table(_ factor: Factor, index: Int) -> Block {
    .table(
      Table(
        columns: [.words("metric")] + factor.levels.map { .numbers("\(factor.name) \($0)") }
          + [
            .words("shape"), .numbers("trend"), .words("95 % CI"), .numbers("seeds"),
            .words("outcome"),
          ],
        rows: effects.map { effects in
          let means = effects.levelMeans[index]
          let trend = effects.trends.first { $0.factor == factor.name }
          let text = trend.map { EffectText($0.result, of: effects.metric) }
          return [effects.metric.name] + means.means.map { shown($0, effects.metric) } + [
            means.shape.map(EffectWording.shape) ?? "–", text?.estimate ?? "–",
            text?.interval ?? "–",
            "\(trend?.result.seedCount ?? 0)",
            trend.map { EffectWording.outcome($0.result) } ?? "–",
          ]
        },
        note: """
          Means over the settings that have every level. The trend is the fitted change over the whole \
          range, with the levels at equal distances unless the spec gives scores; it is not adjusted \
          for the number of trends.
          """
      )
    )
  }

  private func shown(_ mean: Double?, _ metric: Metric) -> String {
    guard let mean else { return "–" }
    switch metric.scale {
    case .linear: return Numeral.significant(mean * metric.displayFactor)
    case .log: return Numeral.significant(exp(mean) * metric.displayFactor)
    }
  }
}

extension DoseResponseSection {
  init(_ findings: Findings) {
    self.init(effects: findings.analysis.effects, factors: findings.design.factors)
  }
}
