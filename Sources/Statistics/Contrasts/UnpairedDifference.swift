/// The difference of two means whose values form no pairs, such as runs with different seeds.
///
/// The two variances need not be equal.
///
/// Reference: Welch (1947), The generalization of "Student's" problem when several different population
/// variances are involved, Biometrika 34. It agrees with `scipy.stats.ttest_ind(equal_var=False)` in the tests.
package struct UnpairedDifference: Sendable, Equatable {
  package let estimate: Double

  /// nil where both spreads are 0, so that nothing shows how much is luck, and where one is too large for a number.
  package let test: ThreeSidedTest?

  /// Compares two sides; nil where one has fewer than two values.
  ///
  /// - Parameters:
  ///   - before: One value per unit on the one side, in the metric's unit.
  ///   - after: The same on the other side.
  ///   - delta: The smallest change that matters, not negative.
  ///   - alpha: Two-sided level.
  package init?(from before: [Double], to after: [Double], delta: Double, alpha: Double = 0.05) {
    guard before.count > 1, after.count > 1 else { return nil }
    estimate = mean(after) - mean(before)
    let parts = [before, after].map { values in
      let deviation = standardDeviation(values)
      return (variance: deviation * deviation / Double(values.count), freedom: values.count - 1)
    }
    let variance = parts[0].variance + parts[1].variance
    guard variance > 0, variance.isFinite, estimate.isFinite else {
      test = nil
      return
    }
    // Welch-Satterthwaite, with shares of the variance so that small squares do not vanish.
    let shares = parts.map { part in
      let share = part.variance / variance
      return share * share / Double(part.freedom)
    }
    test = ThreeSidedTest(
      estimate: estimate,
      standardError: variance.squareRoot(),
      degreesOfFreedom: 1 / (shares[0] + shares[1]),
      delta: delta,
      alpha: alpha
    )
  }
}
