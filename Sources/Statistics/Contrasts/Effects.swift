/// Everything that the runs say about one metric: changes, trends, interactions, means and spread.
package struct Effects: Sendable, Equatable {
  /// A step from the baseline of a factor to one of its other levels.
  package struct Change: Sendable, Equatable {
    package let factor: String
    package let from: String
    package let to: String
  }

  /// The effect of one change, averaged over the settings of all other factors.
  package struct Main: Sendable, Equatable {
    package let change: Change
    package let result: ContrastResult

    /// p after Holm, over all changes of this metric.
    package let pHolm: Double?

    /// How it was estimated.
    package let method: EffectMethod
  }

  /// The fitted change over the range of an ordered factor of three levels or more.
  package struct Trend: Sendable, Equatable {
    package let factor: String

    /// One per level.
    package let weights: [Double]
    package let result: ContrastResult
  }

  /// How the effect of one change differs before and after another.
  package struct Interaction: Sendable, Equatable {
    package let first: Change
    package let second: Change
    package let result: ContrastResult

    /// p after Benjamini and Hochberg, over all interactions of this metric.
    package let pFalseDiscovery: Double?
  }

  package let metric: Metric
  package let main: [Main]
  package let trends: [Trend]
  package let interactions: [Interaction]
  package let levelMeans: [LevelMeans]
  package let cells: CellMeans

  /// nil for a part of a grid, and where a run is missing.
  package let shares: VarianceShares?

  /// Whether a change is likely to hide behind its average over the other factors' levels.
  ///
  /// So it does when it has both signs in different settings, or when an interaction of its factor
  /// stays below 5 % after adjustment.
  package func isDoubtfulOnAverage(_ effect: Main) -> Bool {
    let settings = effect.result.settings
    return settings.up > 0 && settings.down > 0
      || interactions.contains {
        [$0.first.factor, $0.second.factor].contains(effect.change.factor)
          && ($0.pFalseDiscovery ?? 1) < 0.05
      }
  }
}

extension PairedRuns {
  /// Analyses every metric of the design.
  ///
  /// - Returns: One value per metric, in the design's order.
  /// - Complexity: Each contrast matches the runs of its own levels once, for all metrics together.
  package func effects() -> [Effects] {
    let changes = design.factors.map(\.changes)
    let pairs = changes.indices.flatMap { first in
      changes[(first + 1)...].flatMap { seconds in
        changes[first].flatMap { change in seconds.map { (change, $0) } }
      }
    }
    let fit = fit
    let main = changes.joined().map { change in
      let paired = results(.change(of: change.factor, from: change.from, to: change.to))
      return (change, estimated(change, paired: paired, fit: fit))
    }
    let interactions = pairs.map { ($0, $1, results(.interaction($0, with: $1))) }
    let trends = design.factors.filter { $0.isOrdered && $0.levels.count >= 3 }
      .compactMap { Contrast.trend(over: $0) }.map { ($0, results($0)) }
    let levels = design.factors.map { levelMeans(of: $0) }
    let cells = CellMeans.all(self)
    return design.metrics.indices.map { metric in
      let pHolm = holm(
        main.map { $1[metric].1.unpaired?.test?.p ?? $1[metric].0.pForAdjustment }
      )
      let pFalseDiscovery = benjaminiHochberg(interactions.map { $2[metric].pForAdjustment })
      return Effects(
        metric: design.metrics[metric],
        main: zip(main, pHolm).map {
          Effects.Main(
            change: $0.0,
            result: $0.1[metric].0,
            pHolm: $1,
            method: $0.1[metric].1
          )
        },
        trends: trends.map {
          Effects.Trend(
            factor: $0.factors[0],
            weights: $0.parts.map(\.weight),
            result: $1[metric]
          )
        },
        interactions: zip(interactions, pFalseDiscovery).map {
          Effects.Interaction(
            first: $0.0,
            second: $0.1,
            result: $0.2[metric],
            pFalseDiscovery: $1
          )
        },
        levelMeans: levels.map { $0[metric] },
        cells: cells[metric],
        shares: VarianceShares(self, metric: metric, alpha: design.alpha)
      )
    }
  }

  /// Answers one question.
  ///
  /// - Returns: A result with the status `noPairs` for a metric, factor or level that the design
  ///   does not have.
  package func result(_ question: Question) -> ContrastResult {
    guard let metric = design.metrics.firstIndex(where: { $0.name == question.metric }),
      let contrast = Contrast(question, design: design)
    else { return .noPairs }
    let matched = matched(contrast)
    if let looks, let walked = walked(question, matched, metric: metric, in: looks) {
      return extendedWhereLater(walked, matched, metric: metric)
    }
    return result(contrast, matched, metric: metric)
  }

  /// The answers of all metrics to one contrast.
  package func results(_ contrast: Contrast) -> [ContrastResult] {
    let matched = matched(contrast)
    return design.metrics.indices.map { result(contrast, matched, metric: $0) }
  }

  /// The result under the rule by which the design's seeds were decided.
  private func result(
    _ contrast: Contrast,
    _ matched: MatchedRuns,
    metric: Int
  ) -> ContrastResult {
    if let looks {
      return extendedWhereLater(
        settled(contrast, matched, metric: metric, in: looks),
        matched,
        metric: metric
      )
    }
    let once = SettlingRule.once(alpha: design.alpha)
    guard let later = design.seeds.later else {
      return result(matched, metric: metric, rule: once)
    }
    let declared = matched.keeping { later.declared.contains(everySeed[$0]) }
    return extended(result(declared, metric: metric, rule: once), matched, metric: metric)
  }

  private func extendedWhereLater(
    _ declared: ContrastResult,
    _ matched: MatchedRuns,
    metric: Int
  ) -> ContrastResult {
    design.seeds.later == nil ? declared : extended(declared, matched, metric: metric)
  }

  func result(_ matched: MatchedRuns, metric: Int, rule: SettlingRule) -> ContrastResult {
    ContrastResult(
      values(of: matched, column: columns[metric], range: design.metrics[metric].analyzedRange),
      seeds: everySeed,
      delta: design.metrics[metric].delta,
      rule: rule
    )
  }
}

extension Factor {
  /// The steps from the baseline to every other level.
  fileprivate var changes: [Effects.Change] {
    levels.dropFirst().map { Effects.Change(factor: name, from: levels[0], to: $0) }
  }
}
