/// How far the runs of a contrast allow conclusions.
package enum ContrastStatus: String, Sendable, Hashable, CaseIterable {
  /// Two seeds or more that differ: an interval and tests.
  case ok
  /// No setting and seed has all parts.
  case noPairs = "no_pairs"
  /// One seed: an estimate, and no way to know its error.
  case singleSeed = "single_seed"
  /// All parts are equal in every seed: the factor may never have reached the code.
  case identical
  /// Every seed shows the same difference: the seeds may not differ at all.
  case zeroVariance = "zero_variance"
}

/// The t test of per-seed differences against 0 and against a smallest change that matters.
///
/// Reference: Goeman, Solari, Stijnen (2010), Three-sided hypothesis testing, Statistics in
/// Medicine 29; the claim of no relevant change is the two one-sided tests of Schuirmann (1987), J.
/// Pharmacokin. Biopharm. 15.
package struct ThreeSidedTest: Sendable, Equatable {
  package let standardError: Double
  package let degreesOfFreedom: Double
  package let t: Double

  /// Two-sided p of the hypothesis that the change is 0.
  package let p: Double

  /// The interval of level 1 − alpha, and the one of level 1 − 2 alpha that equivalence uses.
  package let confidence95: Interval
  package let confidence90: Interval

  /// One-sided p of the hypotheses that the change is at most +δ, at least −δ, and outside ±δ.
  package let pUp: Double
  package let pDown: Double
  package let pEquivalence: Double

  package let outcome: Direction?

  /// The sign of the change, where the interval leaves no doubt about it.
  package let lean: Direction?

  package let ruledOut: [Direction]

  /// - Parameters:
  ///   - estimate: Mean of the per-seed differences, in the metric's unit.
  ///   - spread: Their standard deviation, positive.
  ///   - count: How many seeds, at least two.
  ///   - delta: The smallest change that matters, not negative.
  ///   - alpha: Two-sided level.
  init(estimate: Double, spread: Double, count: Int, delta: Double, alpha: Double) {
    self.init(
      estimate: estimate,
      standardError: spread / Double(count).squareRoot(),
      degreesOfFreedom: Double(count - 1),
      delta: delta,
      alpha: alpha
    )
  }

  /// - Parameters:
  ///   - estimate: The change, in the metric's unit.
  ///   - error: Its standard error, positive.
  ///   - degreesOfFreedom: Of the standard error, positive.
  ///   - delta: The smallest change that matters, not negative.
  ///   - alpha: Two-sided level.
  init(
    estimate: Double,
    standardError error: Double,
    degreesOfFreedom: Double,
    delta: Double,
    alpha: Double
  ) {
    let distribution = StudentT(degreesOfFreedom: degreesOfFreedom)
    func interval(_ tail: Double) -> Interval {
      let half = distribution.upperQuantile(tail) * error
      return Interval(lower: estimate - half, upper: estimate + half)
    }
    let pAboveLower = distribution.upperTail((estimate + delta) / error)
    let pBelowUpper = distribution.upperTail(-(estimate - delta) / error)
    standardError = error
    self.degreesOfFreedom = degreesOfFreedom
    t = estimate / error
    p = 2 * distribution.upperTail(abs(estimate / error))
    confidence95 = interval(alpha / 2)
    confidence90 = interval(alpha)
    pUp = distribution.upperTail((estimate - delta) / error)
    pDown = distribution.upperTail(-(estimate + delta) / error)
    pEquivalence = max(pAboveLower, pBelowUpper)
    let settled: Direction? =
      pUp < alpha / 2
      ? .up : pDown < alpha / 2 ? .down : pEquivalence < alpha ? Direction.none : nil
    outcome = settled
    lean = confidence95.lower > 0 ? .up : confidence95.upper < 0 ? .down : nil
    ruledOut = Direction.allCases.filter { direction in
      switch direction {
      case .down: pAboveLower < alpha
      case .none: settled == .up || settled == .down
      case .up: pBelowUpper < alpha
      }
    }
  }
}
