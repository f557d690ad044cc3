import Charts
import Foundation
import Statistics

extension Effects {
  /// The changes of one metric as intervals around the band ±δ, with a dot per seed.
  var forest: Figure {
    Figure(
      name: "effects-\(metric.name)",
      title: forestTitle,
      label: "Effects on \(metric.name): "
        + ordered.prefix(Self.changesSaid).map(sentence).joined(separator: "; ") + ".",
      chart: ForestChart(
        rows: ordered.map(row),
        delta: metric.delta > 0 ? drawn(metric.delta) : 0,
        xLabel: axisLabel,
        unit: metric.scale == .log ? .ratio : .difference
      ),
      data: forestData,
      note: """
        A dot is the difference of one seed, averaged over the settings of the other factors; the mark \
        in the middle is their mean and the bar its 95 % t interval over seeds.\(bandNote)
        """,
      plain: [.plot(forestPlot)]
    )
  }

  /// More of them no listener could follow; the table has all.
  private static let changesSaid = 12

  /// A change of the analysis as it is drawn: in the metric's unit, or as a ratio.
  private func drawn(_ change: Double) -> Double {
    switch metric.scale {
    case .linear: change * metric.displayFactor
    case .log: exp(change)
    }
  }

  private var axisLabel: String {
    switch metric.scale {
    case .linear: "change of \(metric.name)" + (metric.unit.isEmpty ? "" : "," + metric.unit)
    case .log: "change of \(metric.name), as a factor"
    }
  }

  private var bandNote: String {
    guard metric.delta > 0 else { return "" }
    let size =
      switch metric.scale {
      case .linear: "±" + metric.deltaText
      case .log: metric.deltaText + " either way"
      }
    return " The shaded band is what was declared not to matter, \(size)."
  }

  private func row(_ effect: Main) -> ForestChart.Row {
    let result = effect.result
    return ForestChart.Row(
      label: effect.change.label,
      group: Group(
        mean: result.estimate.map(drawn),
        interval: (result.test?.confidence95).map {
          Span(lower: drawn($0.lower), upper: drawn($0.upper))
        },
        dots: result.perSeed.map(drawn)
      ),
      outcome: (EffectText(result, of: metric).estimate ?? "–") + "  "
        + EffectWording.outcome(result)
    )
  }

  private func sentence(_ effect: Main) -> String {
    let text = EffectText(effect.result, of: metric)
    let interval = text.interval.map { " (95 % CI \($0))" } ?? ""
    return "\(effect.change.label) \(text.estimate ?? "–")\(metric.unit)\(interval), "
      + EffectWording.outcome(effect.result)
  }

  private var forestTitle: Prose {
    let moving = main.count { $0.result.outcome == .up || $0.result.outcome == .down }
    guard let largest = ordered.first, let estimate = largest.result.estimate, estimate.isFinite
    else { return "No change of \(metric.name) can be compared" }
    return """
      \(metric.name): \(moving) of \(Numeral.counted(main.count, "change")) settled as moving it by \
      more than \(metric.deltaText); the largest estimate is \(sentence(largest)), \
      \(Numeral.counted(largest.result.seedCount, "seed"))
      """
  }

  private var forestData: Table {
    Table(
      columns: [
        .words("change"), .numbers("effect"), .numbers("95 % CI"), .words("outcome"),
        .words("difference of each seed"),
      ],
      rows: ordered.map { effect in
        let text = EffectText(effect.result, of: metric)
        return [
          effect.change.label, text.estimate ?? "–", text.interval ?? "–",
          EffectWording.outcome(effect.result), text.list(effect.result.perSeed),
        ]
      }
    )
  }
}

extension EffectText {
  /// Values per seed in one line, cut where nobody would read on.
  func list(_ values: [Double]) -> String {
    let limit = 20
    let shown = values.prefix(limit).map(change).joined(separator: ", ")
    return values.count > limit ? shown + ", …" : shown
  }
}
