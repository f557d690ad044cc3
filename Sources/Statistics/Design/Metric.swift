import Foundation

/// A measured number and the smallest change of it that matters.
package struct Metric: Sendable, Equatable {
  /// Which way of moving counts as better; `zero` is a metric whose best value is 0 from either
  /// side.
  package enum Better: String, Sendable, CaseIterable { case lower, higher, zero, none }

  /// The scale of the analysis; on `log` the values are ln(metric) and values ≤ 0 are missing.
  package enum Scale: String, Sendable, CaseIterable { case linear, log }

  /// How tables show a value: as it is, or in hundredths, as percentage points.
  package enum Show: String, Sendable, CaseIterable { case plain, points }

  package let name: String

  /// The declared threshold: in the metric's unit, or relative on the log scale (0.25 is a factor
  /// of 1.25).
  package let declaredDelta: Double

  package let scale: Scale
  package let better: Better

  package let show: Show

  /// The least and the largest value that there can be, in the metric's unit; nil where it has no bounds.
  package let range: Interval?

  /// What it measures; nil for what only its name says.
  package let measurand: Measurand?

  package init(
    name: String,
    delta: Double,
    scale: Scale = .linear,
    better: Better = .none,
    show: Show = .plain,
    range: Interval? = nil,
    measurand: Measurand? = nil
  ) {
    precondition(delta >= 0 && delta.isFinite, "a threshold is not negative: \(delta)")
    self.name = name
    self.declaredDelta = delta
    self.scale = scale
    self.better = better
    self.show = show
    self.range = range
    self.measurand = measurand
  }

  /// The threshold on the scale of the analysis, where estimates and intervals are.
  package var delta: Double {
    switch scale {
    case .linear: declaredDelta
    case .log: log1p(declaredDelta)
    }
  }

  /// The range on the scale of the analysis; nil where one of its ends is not finite there.
  var analyzedRange: Interval? {
    guard let range, let lower = analyzed(range.lower), let upper = analyzed(range.upper) else {
      return nil
    }
    return Interval(lower: lower, upper: upper)
  }

  /// A measured value on the scale of the analysis; nil where it is missing, not finite or has no
  /// logarithm.
  package func analyzed(_ value: Double?) -> Double? {
    guard let value, value.isFinite else { return nil }
    switch scale {
    case .linear: return value
    case .log: return value > 0 ? log(value) : nil
    }
  }
}
