import Statistics

/// The answers in sentences: the questions first, then what is settled on average, then what is open.
struct AnswersSection: ReportSection {
  let analysis: Analysis
  let design: Design

  var sections: [Section] {
    let blocks = asked + settled + lucky + open
    return blocks.isEmpty ? [] : [Section("What we found", blocks)]
  }

  private var asked: [Block] {
    let answers = analysis.answers.map { answer in
      EffectWording.sentence(
        answer.question.factor,
        from: answer.question.start,
        to: answer.question.end,
        held: answer.question.held,
        metric: design.metric(named: answer.question.metric),
        result: answer.result
      )
    }
    return listed(
      answers[...],
      under: "\(strong: "What was asked.") Each answer holds in the cell it names."
    )
  }

  private var settled: [Block] {
    listed(
      sentences(headlines),
      under:
        "\(strong: "On average over the settings of the other axes"), largest first, measured in the change that matters."
    )
  }

  private var lucky: [Block] {
    listed(
      sentences(mainEffects { ($0.outcome == .up || $0.outcome == .down) && $1 >= 0.05 }),
      under:
        "\(strong: "Settled by itself, but perhaps by luck (†):") with as many comparisons as there are of the metric, one such result may come by chance."
    )
  }

  private var open: [Block] {
    listed(
      sentences(mainEffects { result, _ in result.outcome == nil }),
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
    mainEffects { result, pHolm in
      switch result.outcome {
      case .up, .down: pHolm < 0.05
      case .some(.none): true
      case nil: false
      }
    }.sorted { size($0) > size($1) }
  }

  /// The main effects of all metrics that pass a test of their result and adjusted p.
  private func mainEffects(
    where isWanted: (ContrastResult, _ pHolm: Double) -> Bool
  ) -> [(metric: Metric, effect: Effects.Main)] {
    analysis.effects.flatMap { effects in
      effects.main.filter { isWanted($0.result, $0.pHolm ?? 1) }
        .map { (metric: effects.metric, effect: $0) }
    }
  }

  private func size(_ headline: (metric: Metric, effect: Effects.Main)) -> Double {
    abs(headline.effect.result.estimate ?? 0) / max(headline.metric.delta, .leastNormalMagnitude)
  }

  private func sentences(
    _ effects: [(metric: Metric, effect: Effects.Main)]
  ) -> ArraySlice<Prose> {
    effects.prefix(Self.sentencesShown).map { metric, effect in
      EffectWording.sentence(
        effect.change.factor,
        from: effect.change.from,
        to: effect.change.to,
        metric: metric,
        result: effect.result
      )
    }[...]
  }
}

extension AnswersSection {
  init(_ findings: Findings) {
    self.init(analysis: findings.analysis, design: findings.design)
  }
}

extension Design {
  /// The declaration of a metric, or one without a threshold where the design has none.
  func metric(named name: String) -> Metric {
    metrics.first { $0.name == name } ?? Metric(name: name, delta: 0)
  }
}

extension Question {
  /// What is held fixed, as it follows the change: ", with dropout 0 and tuning full".
  package var held: String {
    guard !at.isEmpty else { return "" }
    let parts = at.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    let list =
      parts.count == 1
      ? parts[0]
      : parts.dropLast().joined(separator: ", ") + " and " + parts[parts.count - 1]
    return ", with " + list
  }
}
