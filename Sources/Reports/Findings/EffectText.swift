import Foundation
package import Statistics

/// The numbers of one contrast as people read them: in the metric's unit, or as a factor on the log scale.
///
/// Decimals follow the half-width of the interval; without one, the estimate itself.
package struct EffectText: Sendable {
  private let metric: Metric
  private let value: Double?
  private let range: Interval?
  private let decimals: Int

  package init(_ result: ContrastResult, of metric: Metric) {
    self.init(result.estimate, result.test?.confidence95, of: metric)
  }

  /// - Parameters:
  ///   - estimate: The change on the scale of the analysis; nil where there is none.
  ///   - interval: Its 95 % interval.
  ///   - metric: The metric.
  package init(_ estimate: Double?, _ interval: Interval?, of metric: Metric) {
    self.metric = metric
    value = estimate
    range = interval
    let size = interval.map { ($0.upper - $0.lower) / 2 } ?? abs(estimate ?? 0)
    switch metric.scale {
    case .linear: decimals = Numeral.decimals(for: size * metric.displayFactor)
    case .log: decimals = min(4, max(2, Numeral.decimals(for: size * exp(estimate ?? 0))))
    }
  }

  /// The estimate with its sign, `−0.042`, or as a factor, `×1.84`; nil where there is none.
  package var estimate: String? { value.map(change) }

  /// The size of the estimate in a sentence, `0.042`, `4.7 points` or `a factor of 1.84`.
  package var size: String? {
    value.map { estimate in
      switch metric.scale {
      case .linear:
        Numeral.fixed(abs(estimate) * metric.displayFactor, decimals: decimals) + metric.unit
      case .log: "a factor of " + Numeral.fixed(exp(estimate), decimals: decimals)
      }
    }
  }

  /// The 95 % interval, `−0.060 to −0.024`; nil where there is none.
  package var interval: String? {
    range.map { change($0.lower) + " to " + change($0.upper) }
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
  package var displayFactor: Double { show == .points ? 100 : 1 }

  /// The unit as it follows a number.
  package var unit: String { show == .points ? " points" : "" }

  /// The smallest change that matters, in words.
  package var deltaText: String {
    switch scale {
    case .linear: Numeral.plain(declaredDelta * displayFactor) + unit
    case .log: "a factor of " + Numeral.plain(1 + declaredDelta)
    }
  }
}
