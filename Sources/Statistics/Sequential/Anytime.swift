import Foundation

/// Intervals and evidence that hold however often somebody looked, and whatever made them look.
///
/// The e-value mixes normal effect sizes of variance 1 with the right Haar measure over the spread; under any stopping
/// it is below 1/alpha with probability 1 − alpha. Assumes normal differences. It agrees with
/// `Reference/Sequential/refseq.py` in the tests.
///
/// Reference: Wang, Ramdas (2023), Anytime-valid t-tests and confidence sequences for Gaussian means with unknown
/// variance, arXiv 2310.03722; the closed form, Gönen, Johnson, Lu, Westfall (2005), The American Statistician 59.
package struct Anytime: Sendable {
  package let estimate: Double
  package let spread: Double
  package let count: Int

  /// - Parameters:
  ///   - estimate: Mean of the per-seed differences, in the metric's unit.
  ///   - spread: Their standard deviation, positive.
  ///   - count: How many seeds, at least two.
  package init(estimate: Double, spread: Double, count: Int) {
    precondition(count > 1 && spread > 0, "\(count) seeds with a spread of \(spread)")
    self.estimate = estimate
    self.spread = spread
    self.count = count
  }

  /// The evidence against a true change of `center`: the larger, the less it is believed.
  package func evidence(against center: Double) -> Double {
    let n = Double(count)
    let shift = (estimate - center) / spread
    let square = shift * shift * n
    return exp(
      -0.5 * log1p(n) + n / 2 * (log1p(square / (n - 1)) - log1p(square / ((n - 1) * (1 + n))))
    )
  }

  /// Half the width of the interval of level 1 − alpha; nil where the seeds are too few for any.
  package func halfWidth(alpha: Double) -> Double? {
    let n = Double(count)
    let r = exp(2 / n * (0.5 * log1p(n) - log(alpha)))
    guard r < 1 + n else { return nil }
    return ((n - 1) * (r - 1) / (1 - r / (1 + n))).squareRoot() * spread / n.squareRoot()
  }
}

extension ThreeSidedTest {
  /// The test whose statements hold under any looking; nil where the seeds are too few for an interval.
  ///
  /// Its p values are 1/e, at most 1: of no change, and of the thresholds where the estimate lies beyond them.
  ///
  /// - Parameters:
  ///   - anytime: The per-seed differences.
  ///   - delta: The smallest change that matters, not negative.
  ///   - alpha: Two-sided level.
  init?(_ anytime: Anytime, delta: Double, alpha: Double) {
    guard let wide = anytime.halfWidth(alpha: alpha),
      let narrow = anytime.halfWidth(alpha: 2 * alpha)
    else { return nil }
    let estimate = anytime.estimate
    func p(_ center: Double, where isBeyond: Bool) -> Double {
      isBeyond ? min(1, 1 / anytime.evidence(against: center)) : 1
    }
    let pAboveLower = p(-delta, where: estimate > -delta)
    let pBelowUpper = p(delta, where: estimate < delta)
    let pUp = p(delta, where: estimate > delta)
    let pDown = p(-delta, where: estimate < -delta)
    let error = anytime.spread / Double(anytime.count).squareRoot()
    self.init(
      standardError: error,
      degreesOfFreedom: Double(anytime.count - 1),
      t: estimate / error,
      p: p(0, where: true),
      confidence95: Interval(lower: estimate - wide, upper: estimate + wide),
      confidence90: Interval(lower: estimate - narrow, upper: estimate + narrow),
      tails: ThreeSidedTest.Tails(
        up: pUp,
        down: pDown,
        aboveLower: pAboveLower,
        belowUpper: pBelowUpper
      ),
      levels: TestLevels(change: alpha, none: 2 * alpha)
    )
  }
}
