/// A range of values, both ends included, in the unit of what it is about.
package struct Interval: Hashable, Sendable {
  package let lower: Double
  package let upper: Double

  package init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }

  /// The interval of level 1 − `alpha` of a mean, by Student's t; nil below two values.
  ///
  /// - Parameters:
  ///   - values: Independent values in one unit.
  ///   - alpha: The two-sided level.
  package init?(ofMeanOf values: [Double], alpha: Double = 0.05) {
    guard values.count > 1 else { return nil }
    let error = standardDeviation(values) / Double(values.count).squareRoot()
    let half = error * StudentT(degreesOfFreedom: values.count - 1).upperQuantile(alpha / 2)
    self.init(lower: mean(values) - half, upper: mean(values) + half)
  }

  package func contains(_ value: Double) -> Bool { lower <= value && value <= upper }

  package func contains(_ other: Interval) -> Bool {
    lower <= other.lower && other.upper <= upper
  }

  package func overlaps(_ other: Interval) -> Bool {
    lower <= other.upper && other.lower <= upper
  }
}

/// Writes a list of both ends; an end that overflowed is null, since JSON has no infinity.
