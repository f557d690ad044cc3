import Statistics

/// The interactions that matter most: how the effect of one change differs before and after another.
struct InteractionsSection: ReportSection {
  let effects: [Effects]

  var sections: [Section] {
    let ranked = effects.flatMap { effects in
      effects.interactions.filter { $0.result.estimate != nil }.map { (effects.metric, $0) }
    }.sorted { size($0) > size($1) }
    guard !ranked.isEmpty else { return [] }
    let section = Section(
      "Interactions",
      [
        .table(
          Table(
            columns: [
              .words("metric"), .words("change"), .words("with"), .numbers("difference of effects"),
              .words("95 % CI"), .numbers("q"), .numbers("seeds"), .words("outcome"),
            ],
            rows: ranked.prefix(Self.interactionsShown).map(row),
            note: """
              The effect of the change after the other one minus its effect before; the \
              \(min(Self.interactionsShown, ranked.count)) largest of \(ranked.count), measured in \
              the change that matters. q is the p of the hypothesis of no difference after Benjamini \
              and Hochberg over all interactions of the metric. Interactions depend on the scale.
              """
          )
        )
      ]
        + ranked.prefix(Self.interactionsDrawn).compactMap { metric, interaction in
          interaction.figure(of: metric).map { .figure($0) }
        }
    )
    return [section]
  }

  private static let interactionsShown = 5
  private static let interactionsDrawn = 3

  private func size(_ entry: (metric: Metric, interaction: Effects.Interaction)) -> Double {
    abs(entry.interaction.result.estimate ?? 0)
      / max(entry.metric.delta, .leastNormalMagnitude)
  }

  private func row(_ metric: Metric, _ interaction: Effects.Interaction) -> [String] {
    let text = EffectText(interaction.result, of: metric)
    func words(_ change: Effects.Change) -> String {
      "\(change.factor) \(change.from) → \(change.to)"
    }
    return [
      metric.name, words(interaction.first), words(interaction.second), text.estimate ?? "–",
      text.interval ?? "–", interaction.pFalseDiscovery.map { Numeral.probability($0) } ?? "–",
      "\(interaction.result.seedCount)", EffectWording.outcome(interaction.result),
    ]
  }
}

extension InteractionsSection {
  init(_ findings: Findings) {
    self.init(effects: findings.analysis.effects)
  }
}
