package import Statistics

/// The changes of each metric as a table and as a picture.
struct EffectsSection: ReportSection {
  let effects: [Effects]
  let runs: PairedRuns
  /// The changes that pair runs of different versions; nil for a table that says nothing of versions.
  var mixed: MixedContrasts?
  /// Whether the figure of the first metric stands above already.
  var isFirstDrawn = false

  var sections: [Section] {
    effects.enumerated().map { place, effects in
      Section(
        "\(effects.metric.name) (δ = \(effects.metric.deltaText))",
        toldApart(effects)
          + (effects.main.isEmpty
            ? [.paragraph("No factor has a second level, so that there is nothing to compare.")]
            : [.table(effects.mainTable(alpha: runs.design.alpha, mixed))]
              + (isFirstDrawn && place == 0 ? [] : [.figure(effects.forest)]))
      )
    }
  }

  /// The changes whose averages may mislead, setting by setting of the axis that they depend on most.
  private func toldApart(_ effects: Effects) -> [Block] {
    let doubtful = effects.ordered.filter(effects.isDoubtfulOnAverage)
    guard let warning = effects.warning else { return [] }
    let rows = doubtful.prefix(Self.changesToldApart).flatMap { settings(of: $0, effects) }
    guard !rows.isEmpty else { return [.paragraph(warning)] }
    let table = Table(
      columns: [
        .words("change"), .words("with"), .numbers("effect"), .numbers("95 % CI"),
        .words("outcome"), .numbers("seeds"),
      ],
      rows: rows,
      note:
        "Each change at every level of the factor that it depends on most; of the settings of the others the mean."
    )
    return [.paragraph(warning), .table(table)]
  }

  /// More of them would be a table that nobody reads.
  private static let changesToldApart = 8

  private func settings(of effect: Effects.Main, _ effects: Effects) -> [[String]] {
    let change = effect.change
    let partner = effects.interactions.filter {
      $0.result.estimate != nil && [$0.first, $0.second].contains(change)
    }.max { abs($0.result.estimate ?? 0) < abs($1.result.estimate ?? 0) }
      .map { $0.first == change ? $0.second.factor : $0.first.factor }
    guard let factor = runs.design.factors.first(where: { $0.name == partner }),
      let place = runs.design.metrics.firstIndex(of: effects.metric)
    else { return [] }
    return factor.levels.map { level in
      let result = runs.results(
        .change(of: change.factor, from: change.from, to: change.to, at: [factor.name: level])
      )[place]
      let text = EffectText(result, of: effects.metric)
      return [
        change.label, "\(factor.name) \(level)", text.estimate ?? "–", text.interval ?? "–",
        EffectWording.outcome(result), "\(result.seedCount)",
      ]
    }
  }
}

extension EffectsSection {
  init(_ findings: Findings) {
    self.init(
      effects: findings.analysis.effects,
      runs: findings.runs,
      mixed: findings.mixed,
      isFirstDrawn: findings.analysis.answers.isEmpty
    )
  }
}

extension Effects {
  /// Which averages hide that their change depends on other factors; nil where none does.
  var warning: Prose? {
    let doubtful = ordered.filter(isDoubtfulOnAverage).map(\.change.label)
    guard !doubtful.isEmpty else { return nil }
    return """
      \(strong: "Averages may mislead") for \(doubtful.joined(separator: ", ")): the change depends on other \
      factors.
      """
  }

  /// The changes, those that matter most first.
  var ordered: [Main] {
    main.enumerated().sorted { first, second in
      let one = abs(first.element.estimate ?? 0)
      let two = abs(second.element.estimate ?? 0)
      return one != two ? one > two : first.offset < second.offset
    }.map(\.element)
  }

  fileprivate func mainTable(alpha: Double, _ mixed: MixedContrasts?) -> Table {
    let isMixed = main.contains { mixed?[$0.change] != nil }
    let hasLooks = main.contains { $0.result.look != nil }
    return Table(
      columns: [
        .words("change"), .numbers("effect"), .numbers("95 % CI"), .words("outcome"),
        .numbers("p (Holm)"), .numbers("seeds"), .numbers("settings"), .numbers("pairs up"),
        .numbers(hasLooks ? "look" : "seeds to settle"),
      ],
      rows: ordered.map { effect in
        let result = effect.result
        let text = effect.text(metric)
        // † marks a settled change whose difference from 0 does not survive the adjustment.
        let isLucky =
          (effect.outcome == .up || effect.outcome == .down) && (effect.pHolm ?? 1) >= alpha
        return [
          effect.change.label, text.estimate ?? "–", text.interval ?? "–",
          effect.outcomeWords + (isLucky ? " †" : "")
            + (mixed?[effect.change] == nil ? "" : MixedContrasts.mark),
          effect.pHolm.map(Numeral.probability) ?? "–",
          "\(result.seedCount)", "\(result.settings.total) of \(result.plannedSettings)",
          "\(result.tuples.up) of \(result.tuples.total)",
          hasLooks
            ? EffectWording.lookText(result)
            : result.seedsToSettle.map { "about \($0)" } ?? "–",
        ]
      },
      note: """
        Mean over seeds of the per-seed change, averaged with equal weights over exactly these \
        settings of the other factors; Student's t interval over seeds\(lookPromise). † would not survive Holm's \
        adjustment over the \(Numeral.counted(main.count, "change")) of this metric. Pairs up \
        counts the matched pairs in which the value rises.\(methodNote)\(isMixed ? MixedContrasts.note : "")
        """
    )
  }

  private var lookPromise: String {
    guard let look = main.lazy.compactMap(\.result.look).first else { return "" }
    return main.contains { $0.result.look?.countsLaterSeeds ?? false } || look.looks == 1
      ? ", of the declared seeds where they settled it, else the one that holds under any looking"
      : ", which holds over all looks; estimates that stop early lie a little too far out"
  }

  /// The changes as intervals around the band ±δ.
  var forestPlot: ForestPlot {
    ForestPlot(
      ordered.map { effect in
        ForestPlot.Row(
          label: effect.change.label,
          estimate: effect.estimate,
          interval: effect.interval,
          text: (effect.text(metric).estimate ?? "–") + "  " + effect.outcomeWords
        )
      },
      delta: metric.delta
    )
  }
}

extension Effects.Change {
  /// The change as tables have it: `dropout 0→0.5`.
  package var label: String { "\(factor) \(from)→\(to)" }
}
