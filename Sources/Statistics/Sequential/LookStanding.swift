/// Where a contrast stands in a rule of looks, or after seeds that came later.
package struct LookStanding: Sendable, Equatable {
  /// What becomes of a question after a look.
  package enum State: String, Sendable, CaseIterable {
    /// It gets the seeds of the next look.
    case open
    case settled
    /// The last look would hardly settle it, so that it gets no more seeds.
    case givenUp = "given_up"
    /// The last look did not settle it.
    case notSettled = "not_settled"
  }

  /// A mean over other seeds than those that decided, which has no verdict.
  package struct OtherMean: Sendable, Equatable {
    package let count: Int
    package let estimate: Double
  }

  /// Below this chance to be settled by the last look, a question is given up.
  package static let leastChance = 0.05

  /// The look that its numbers are of, from 1; 0 before the first look is taken.
  package let number: Int

  /// How many looks there are for it, and the seeds that this one was planned with.
  package let looks: Int
  package let plannedSeeds: Int

  /// The last look that all its cells have, from 1.
  package internal(set) var commonLook: Int

  /// The levels of the look; nil where the interval is one that holds under any looking, and before the first look.
  package let levels: TestLevels?

  package internal(set) var state: State

  /// The chance to be settled by the last look, if the spread stays as it is; nil where nothing is left to hope.
  package internal(set) var chance: Double?

  /// The p to compare with others: over all looks, or under any looking; nil without a test.
  package internal(set) var pOverLooks: Double?

  /// The mean of the first look alone, which no stopping has selected.
  package internal(set) var first: OtherMean?

  /// nil where there are no more seeds than those that decided.
  package internal(set) var allSeeds: OtherMean?

  /// Whether seeds beyond those that were decided beforehand are in the numbers.
  package internal(set) var countsLaterSeeds = false

  init(
    number: Int,
    looks: Int,
    plannedSeeds: Int,
    commonLook: Int,
    levels: TestLevels?,
    state: State
  ) {
    self.number = number
    self.looks = looks
    self.plannedSeeds = plannedSeeds
    self.commonLook = commonLook
    self.levels = levels
    self.state = state
  }
}

extension LookPlan {
  /// The one-sided levels of a look, its index from 0.
  package func levels(at look: Int) -> TestLevels {
    TestLevels(change: change[look], none: none[look])
  }

  /// The chance that the last look settles what a look did not, if the spread stays as it is.
  ///
  /// - Parameters:
  ///   - result: What the look has found, with two seeds or more that differ.
  ///   - look: The index of the look, from 0.
  ///   - delta: The smallest change that matters, on the scale of the estimate.
  /// - Returns: A probability, by the predictive distribution of the last estimate.
  func chance(of result: ContrastResult, after look: Int, delta: Double) -> Double? {
    guard let estimate = result.estimate, let spread = result.spread, spread > 0 else { return nil }
    return chance(
      estimate: estimate,
      spread: spread,
      seeds: result.seedCount,
      more: schedule.last - schedule.seeds[look],
      delta: delta
    )
  }

  /// The same from the numbers alone.
  package func chance(
    estimate: Double,
    spread: Double,
    seeds: Int,
    more: Int,
    delta: Double
  ) -> Double {
    let last = StudentT(degreesOfFreedom: seeds + more - 1)
    return chance(
      estimate: estimate,
      spread: spread,
      seeds: seeds,
      more: more,
      delta: delta,
      points: (
        last.upperQuantile(change[change.count - 1]), last.upperQuantile(none[none.count - 1])
      )
    )
  }

  /// The same with the points of t beyond which the last look settles.
  func chance(
    estimate: Double,
    spread: Double,
    seeds: Int,
    more: Int,
    delta: Double,
    points: (change: Double, none: Double)
  ) -> Double {
    let (count, total) = (Double(seeds), Double(seeds + more))
    let error = spread * (1 / count - 1 / total).squareRoot()
    let lastError = spread / total.squareRoot()
    let wide = points.change * lastError
    let narrow = points.none * lastError
    let now = StudentT(degreesOfFreedom: seeds - 1)
    func above(_ bound: Double) -> Double { now.upperTail((bound - estimate) / error) }
    let inside = narrow < delta ? above(narrow - delta) - above(delta - narrow) : 0
    return above(delta + wide) + now.upperTail((delta + wide + estimate) / error) + inside
  }
}

extension ContrastResult {
  /// The p that adjustments over many contrasts take: over all looks where there are several.
  var pForAdjustment: Double? { look == nil ? test?.p : look?.pOverLooks }

  /// What becomes of the contrast after a look of its own.
  func state(isLast: Bool, chance: Double?) -> LookStanding.State {
    if outcome != nil { return .settled }
    if isLast { return .notSettled }
    switch status {
    case .singleSeed: return .open
    case .ok: return (chance ?? 1) < LookStanding.leastChance ? .givenUp : .open
    case .noPairs, .identical, .zeroVariance: return .givenUp
    }
  }
}
