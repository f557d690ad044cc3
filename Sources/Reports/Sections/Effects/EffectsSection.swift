package import Statistics

/// The changes of each metric as a table and as a picture.
struct EffectsSection: ReportSection {
  let effects: [Effects]
  let alpha: Double

  var sections: [Section] { effects.map { $0.section(alpha: alpha) } }
}

extension EffectsSection {
  init(_ findings: Findings) {
    self.init(effects: findings.analysis.effects, alpha: findings.design.alpha)
  }
}

extension Effects {
  fileprivate func section(alpha: Double) -> Section {
    var blocks: [Block] = []
    if main.isEmpty {
      blocks.append(
        .paragraph("No factor has a second level, so that there is nothing to compare.")
      )
    } else {
      blocks += [.table(mainTable(alpha: alpha)), .figure(forest)]
    }
    let doubtful = main.filter(isDoubtfulOnAverage).map { $0.change.label }
    if !doubtful.isEmpty {
      blocks.append(
        .paragraph(
          """
          Averages may mislead for \(doubtful.joined(separator: ", ")): the change depends on other \
          factors.
          """
        )
      )
    }
    return Section("\(metric.name) (δ = \(metric.deltaText))", blocks)
  }

  /// The changes, those that matter most first.
  var ordered: [Main] {
    main.enumerated().sorted { first, second in
      let one = abs(first.element.result.estimate ?? 0)
      let two = abs(second.element.result.estimate ?? 0)
      return one != two ? one > two : first.offset < second.offset
    }.map(\.element)
  }

  fileprivate func mainTable(alpha: Double) -> Table {
    Table(
      columns: [
        .words("change"), .numbers("effect"), .numbers("95 % CI"), .words("outcome"),
        .numbers("p (Holm)"), .numbers("seeds"), .numbers("settings"), .numbers("pairs up"),
        .numbers("seeds to settle"),
      ],
      rows: ordered.map { effect in
        let result = effect.result
        let text = EffectText(result, of: metric)
        // † marks a settled change whose difference from 0 does not survive the adjustment.
        let isLucky =
          (result.outcome == .up || result.outcome == .down) && (effect.pHolm ?? 1) >= alpha
        return [
          effect.change.label, text.estimate ?? "–", text.interval ?? "–",
          EffectWording.outcome(result) + (isLucky ? " †" : ""),
          effect.pHolm.map(Numeral.probability) ?? "–",
          "\(result.seedCount)", "\(result.settings.total) of \(result.plannedSettings)",
          "\(result.tuples.up) of \(result.tuples.total)",
          result.seedsToSettle.map { "about \($0)" } ?? "–",
        ]
      },
      note: """
        Mean over seeds of the per-seed change, averaged with equal weights over exactly these \
        settings of the other factors; Student's t interval over seeds. † would not survive Holm's \
        adjustment over the \(Numeral.counted(main.count, "change")) of this metric. Pairs up \
        counts the matched pairs in which the value rises.
        """
    )
  }

  /// The changes as intervals around the band ±δ.
  var forestPlot: ForestPlot {
    ForestPlot(
      ordered.map { effect in
        ForestPlot.Row(
          label: effect.change.label,
          estimate: effect.result.estimate,
          interval: effect.result.test?.confidence95,
          text: (EffectText(effect.result, of: metric).estimate ?? "–") + "  "
            + EffectWording.outcome(effect.result)
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
