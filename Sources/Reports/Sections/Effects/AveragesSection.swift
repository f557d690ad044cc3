import Statistics

/// What every axis did on average over the settings of the others, in sentences.
struct AveragesSection: ReportSection {
  let analysis: Analysis
  let design: Design
  /// Whether the levels of long axes are told of here, and nowhere above.
  var tellsDoses = true

  var sections: [Section] {
    let blocks = doubt + doses + settled + lucky + open
    let isAppendix = !analysis.answers.isEmpty
    return blocks.isEmpty
      ? []
      : [Section(isAppendix ? "Appendix: averages over the grid" : "On average", blocks)]
  }

  /// Stands before everything that may mislead.
  private var doubt: [Block] {
    let main = analysis.effects.flatMap(\.main)
    let doubtful = analysis.effects.reduce(0) { $0 + $1.main.count(where: $1.isDoubtfulOnAverage) }
    guard doubtful > 0 else { return [] }
    return [
      .paragraph(
        """
        \(strong: "Averages may mislead:") what follows is averaged over the settings of the other axes, and \
        \(doubtful) of \(Numeral.counted(main.count, "change")) depend on them. The tables of each metric tell the \
        settings apart.
        """
      )
    ]
  }

  /// Where the first metric is best along each axis of three levels or more.
  private var doses: [Block] {
    guard tellsDoses, let effects = analysis.effects.first else { return [] }
    let long = zip(design.factors, effects.levelMeans).filter { $0.0.levels.count > 2 }
      .compactMap { AxisSentence(factor: $0, effects: effects, means: $1).prose }
    return listed(long[...], under: "\(strong: "How much of it.")")
  }

  private var settled: [Block] {
    listed(
      sentences(headlines),
      under:
        "\(strong: "Settled"), largest first, measured in the change that matters."
    )
  }

  private var lucky: [Block] {
    listed(
      sentences(mainEffects { ($0 == .up || $0 == .down) && $1 >= 0.05 }),
      under:
        "\(strong: "Settled by itself, but perhaps by luck (†):") with as many comparisons as there are of the metric, one such result may come by chance."
    )
  }

  private var open: [Block] {
    listed(
      sentences(mainEffects { outcome, _ in outcome == nil }),
      under: "\(strong: "Not settled.")"
    )
  }

  private func listed(_ sentences: ArraySlice<Prose>, under heading: Prose) -> [Block] {
    sentences.isEmpty ? [] : [.paragraph(heading), .list(Array(sentences))]
  }

  /// Enough for a page; the tables have all of them.
  private static let sentencesShown = 12

  /// The settled main effects that survive Holm, or are shown to be none, largest first in units of their threshold.
  private var headlines: [(metric: Metric, effect: Effects.Main)] {
    mainEffects { outcome, pHolm in
      switch outcome {
      case .up, .down: pHolm < 0.05
      case .some(.none): true
      case nil: false
      }
    }.sorted { size($0) > size($1) }
  }

  /// The main effects of all metrics that pass a test of their result and adjusted p.
  private func mainEffects(
    where isWanted: (Direction?, _ pHolm: Double) -> Bool
  ) -> [(metric: Metric, effect: Effects.Main)] {
    analysis.effects.flatMap { effects in
      effects.main.filter { isWanted($0.outcome, $0.pHolm ?? 1) }
        .map { (metric: effects.metric, effect: $0) }
    }
  }

  private func size(_ headline: (metric: Metric, effect: Effects.Main)) -> Double {
    abs(headline.effect.estimate ?? 0) / max(headline.metric.delta, .leastNormalMagnitude)
  }

  private func sentences(
    _ effects: [(metric: Metric, effect: Effects.Main)]
  ) -> ArraySlice<Prose> {
    effects.prefix(Self.sentencesShown).map { metric, effect in
      effect.sentence(metric)
    }[...]
  }
}

extension AveragesSection {
  init(_ findings: Findings) {
    self.init(
      analysis: findings.analysis,
      design: findings.design,
      tellsDoses: !findings.analysis.answers.isEmpty
    )
  }
}
