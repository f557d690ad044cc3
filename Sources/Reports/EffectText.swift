import Foundation
package import Statistics

/// The numbers of one contrast as people read them: in the metric's unit, or as a factor on the log scale.
///
/// Decimals follow the half-width of the interval; without one, the estimate itself.
package struct EffectText: Sendable {
  private let metric: Metric
  private let result: ContrastResult
  private let decimals: Int

  package init(_ result: ContrastResult, of metric: Metric) {
    self.metric = metric
    self.result = result
    let halfWidth = result.test.map { ($0.confidence95.upper - $0.confidence95.lower) / 2 }
    let size = halfWidth ?? abs(result.estimate ?? 0)
    switch metric.scale {
    case .linear: decimals = Numeral.decimals(for: size * metric.displayFactor)
    case .log: decimals = min(4, max(2, Numeral.decimals(for: size * exp(result.estimate ?? 0))))
    }
  }

  /// The estimate with its sign, `−0.042`, or as a factor, `×1.84`; nil where there is none.
  package var estimate: String? { result.estimate.map(change) }

  /// The size of the estimate in a sentence, `0.042`, `4.7 points` or `a factor of 1.84`.
  package var size: String? {
    result.estimate.map { estimate in
      switch metric.scale {
      case .linear:
        Numeral.fixed(abs(estimate) * metric.displayFactor, decimals: decimals) + metric.unit
      case .log: "a factor of " + Numeral.fixed(exp(estimate), decimals: decimals)
      }
    }
  }

  /// The 95 % interval, `−0.060 to −0.024`; nil where there is none.
  package var interval: String? {
    result.test.map { change($0.confidence95.lower) + " to " + change($0.confidence95.upper) }
  }

  /// The smallest change that matters: `0.02`, `0.5 points` or `a factor of 1.25`.
  package var delta: String { metric.deltaText }

  /// A change on the scale of the analysis as it is shown.
  package func change(_ value: Double) -> String {
    switch metric.scale {
    case .linear: Numeral.signed(value * metric.displayFactor, decimals: decimals)
    case .log: "×" + Numeral.fixed(exp(value), decimals: decimals)
    }
  }
}

extension Metric {
  /// What a value is multiplied by to be shown.
  package var displayFactor: Double { showsPoints ? 100 : 1 }

  /// The unit as it follows a number.
  package var unit: String { showsPoints ? " points" : "" }

  /// The smallest change that matters, in words.
  package var deltaText: String {
    switch scale {
    case .linear: Numeral.plain(declaredDelta * displayFactor) + unit
    case .log: "a factor of " + Numeral.plain(1 + declaredDelta)
    }
  }
}
