import Foundation

/// The smallest number of seeds, at most 1000, that would settle a contrast if estimate and spread
/// stayed.
///
/// - Parameters:
///   - estimate: Mean of the per-seed differences, in the metric's unit.
///   - spread: Their standard deviation, in the same unit.
///   - delta: The smallest change that matters, in the same unit.
///   - alpha: Two-sided level.
/// - Returns: nil where the estimate lies on the threshold, and where 1000 seeds do not do.
package func seedsToSettle(
  estimate: Double,
  spread: Double,
  delta: Double,
  alpha: Double
) -> Int? {
  let size = abs(estimate)
  guard size != delta else { return nil }
  let gap = abs(size - delta)
  let tail = size > delta ? alpha / 2 : alpha
  // t · sd / √N falls with N, so that the first N that does can be found by halving.
  func settles(_ count: Int) -> Bool {
    StudentT(degreesOfFreedom: count - 1).upperTail(gap * Double(count).squareRoot() / spread)
      < tail
  }
  var range = 2...1000
  guard settles(range.upperBound) else { return nil }
  while range.count > 1 {
    let middle = (range.lowerBound + range.upperBound) / 2
    range = settles(middle) ? range.lowerBound...middle : middle + 1...range.upperBound
  }
  return range.lowerBound
}

/// What a number of seeds can be expected to show, before they are run.
///
/// All figures are in the unit of the spread that is passed in; with a spread of 1 they are the
/// table of multiples.
package struct SeedForecast: Sendable, Equatable {
  /// How many seeds, at least two.
  package let seeds: Int

  /// Half the width of the interval, with the spread as it is.
  package let halfWidth: Double

  /// By how much a true change must exceed δ to be called up or down with the given power.
  package let smallestExcess: Double

  /// The δ for which a true change of 0 is called none with the given power.
  package let smallestDelta: Double

  /// - Parameters:
  ///   - seeds: How many seeds, at least two.
  ///   - spread: Standard deviation of the per-seed differences, for example from a pilot.
  ///   - alpha: Two-sided level of the outcome rule.
  ///   - power: The chance with which the label is to be given.
  package init(seeds: Int, spread: Double, alpha: Double = 0.05, power: Double = 0.8) {
    precondition(seeds > 1, "an interval needs two seeds, not \(seeds)")
    let distribution = StudentT(degreesOfFreedom: seeds - 1)
    let root = Double(seeds).squareRoot()
    let pointOfChange = distribution.upperQuantile(alpha / 2)
    let pointOfNone = distribution.upperQuantile(alpha)
    let error = spread / root
    self.seeds = seeds
    halfWidth = pointOfChange * error
    smallestExcess =
      error
      * smallestShift(power: power) { shift in
        averageOverSpread(degreesOfFreedom: seeds - 1) { spread in
          1 - Normal.upperTail(shift - pointOfChange * spread)
        }
      }
    smallestDelta =
      error
      * smallestShift(power: power) { shift in
        averageOverSpread(degreesOfFreedom: seeds - 1) { spread in
          max(0, 1 - 2 * Normal.upperTail(shift - pointOfNone * spread))
        }
      }
  }
}

/// The smallest shift, in standard errors, at which a power that grows with it reaches the one
/// wanted.
private func smallestShift(power: Double, reached: (Double) -> Double) -> Double {
  var low = 0.0
  var high = 1.0
  while reached(high) < power, high < 1e9 { high *= 2 }
  for _ in 0..<60 {
    let middle = (low + high) / 2
    if reached(middle) < power { low = middle } else { high = middle }
  }
  return high
}

/// Averages a function of the ratio of sample to true standard deviation over the ratio's
/// distribution, √(χ²/df).
///
/// Simpson's rule on the range that holds all but about 10⁻²⁰ of the probability.
private func averageOverSpread(
  degreesOfFreedom df: Int,
  _ function: (Double) -> Double
) -> Double {
  let nu = Double(df)
  let logScale = log(2) + nu / 2 * log(nu / 2) - logGamma(nu / 2)
  func density(_ s: Double) -> Double {
    s > 0 ? exp(logScale + (nu - 1) * log(s) - nu * s * s / 2) : df == 1 ? exp(logScale) : 0
  }
  let low = max(0, 1 - 10 / nu.squareRoot())
  let high = 1 + 10 / nu.squareRoot()
  let steps = 400
  let width = (high - low) / Double(steps)
  return width / 3
    * compensatedSum(
      (0...steps).map { step in
        let s = low + width * Double(step)
        let weight = step == 0 || step == steps ? 1.0 : step.isMultiple(of: 2) ? 2 : 4
        return weight * density(s) * function(s)
      }
    )
}
