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
    self.init(strata: [(before, after)], delta: delta, alpha: alpha)
  }

  /// Compares two sides stratum by stratum, every stratum counting the same; nil where one of them has a side with
  /// fewer than two values.
  ///
  /// - Parameters:
  ///   - strata: Independent values on the one side and on the other, such as the runs of one setting.
  ///   - delta: The smallest change that matters, not negative.
  ///   - alpha: Two-sided level.
  init?(
    strata: [(before: [Double], after: [Double])],
    delta: Double,
    alpha: Double = 0.05
  ) {
    guard !strata.isEmpty, strata.allSatisfy({ $0.before.count > 1 && $0.after.count > 1 }) else {
      return nil
    }
    let count = Double(strata.count)
    estimate = mean(strata.map { mean($0.after) - mean($0.before) })
    let parts = strata.flatMap { [$0.before, $0.after] }.map { values in
      let deviation = standardDeviation(values) / count
      return (variance: deviation * deviation / Double(values.count), freedom: values.count - 1)
    }
    let variance = parts.reduce(0) { $0 + $1.variance }
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
      degreesOfFreedom: 1 / shares.reduce(0, +),
      delta: delta,
      alpha: alpha
    )
  }
}
