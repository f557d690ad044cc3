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

  /// The interval of level 1 − alpha, and the one of level 1 − 2 alpha that equivalence uses; of several looks those
  /// that hold over all of them.
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

  /// The one-sided p of the four hypotheses that an outcome is made of.
  struct Tails {
    /// The change is at most +δ, at least −δ, at most −δ, at least +δ.
    let up: Double
    let down: Double
    let aboveLower: Double
    let belowUpper: Double
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
    self.init(
      estimate: estimate,
      standardError: error,
      degreesOfFreedom: degreesOfFreedom,
      delta: delta,
      levels: TestLevels(alpha: alpha)
    )
  }

  /// The same with the levels of one of several looks; the intervals are those that agree with them.
  init(
    estimate: Double,
    standardError error: Double,
    degreesOfFreedom: Double,
    delta: Double,
    levels: TestLevels
  ) {
    let distribution = StudentT(degreesOfFreedom: degreesOfFreedom)
    func interval(_ tail: Double) -> Interval {
      let half = distribution.upperQuantile(tail) * error
      return Interval(lower: estimate - half, upper: estimate + half)
    }
    self.init(
      standardError: error,
      degreesOfFreedom: degreesOfFreedom,
      t: estimate / error,
      p: 2 * distribution.upperTail(abs(estimate / error)),
      confidence95: interval(levels.change),
      confidence90: interval(levels.none),
      tails: Tails(
        up: distribution.upperTail((estimate - delta) / error),
        down: distribution.upperTail(-(estimate + delta) / error),
        aboveLower: distribution.upperTail((estimate + delta) / error),
        belowUpper: distribution.upperTail(-(estimate - delta) / error)
      ),
      levels: levels
    )
  }

  /// Decides by p values and levels, however both were made.
  init(
    standardError error: Double,
    degreesOfFreedom: Double,
    t: Double,
    p: Double,
    confidence95: Interval,
    confidence90: Interval,
    tails: Tails,
    levels: TestLevels
  ) {
    standardError = error
    self.degreesOfFreedom = degreesOfFreedom
    self.t = t
    self.p = p
    self.confidence95 = confidence95
    self.confidence90 = confidence90
    pUp = tails.up
    pDown = tails.down
    let pTost = max(tails.aboveLower, tails.belowUpper)
    pEquivalence = pTost
    let settled: Direction? =
      tails.up < levels.change
      ? .up : tails.down < levels.change ? .down : pTost < levels.none ? Direction.none : nil
    outcome = settled
    lean = confidence95.lower > 0 ? .up : confidence95.upper < 0 ? .down : nil
    ruledOut = Direction.allCases.filter { direction in
      switch direction {
      case .down: tails.aboveLower < levels.none
      case .none: settled == .up || settled == .down
      case .up: tails.belowUpper < levels.none
      }
    }
  }
}
