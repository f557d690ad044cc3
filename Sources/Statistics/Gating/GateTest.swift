/// What is to become of a candidate.
package enum GateDecision: String, Sendable, CaseIterable {
  /// It is better than the baseline by more than what matters.
  case keep
  /// It is not, or cannot be shown to be.
  case discard
  /// More seeds may tell.
  case notYet = "not_yet"
}

/// Why a look at a candidate decided what it did.
package enum GateReason: String, Sendable, CaseIterable {
  case better
  case worse
  /// The change is smaller than what matters.
  case noDifference = "no_difference"
  /// Nothing changed at all, in no seed.
  case identical
  /// All seeds show the same change, so that nothing tells how far it can be relied on.
  case noSpread = "no_spread"
  /// Runs of one side gave no result for a seed that the other side has one for.
  case lostRuns = "lost_runs"
  case tooFewSeeds = "too_few_seeds"
  /// The interval has room on both sides of what matters.
  case open
  /// The same, and the last look would hardly decide.
  case hopeless
}

/// The test of a candidate against its baseline at looks that were fixed before the first.
///
/// Better than by δ is claimed at the level that was given to this candidate, over all looks together; that it is worse, or
/// no different, at the usual levels, for these claims keep nothing. Assumes normal per-seed differences; exact then.
package struct GateTest: Sendable, Equatable {
  package let schedule: LookSchedule
  /// One-sided, over all looks together.
  package let level: Double
  /// The smallest change that matters, on the scale of the differences.
  package let delta: Double
  /// The one-sided level of each look at which it keeps.
  package let keepLevels: [Double]
  private let discarding: LookPlan

  /// Two-sided level of what discards.
  package static let alpha = 0.05

  /// The level without a series: that of a verdict.
  package static let usualLevel = alpha / 2

  package init(_ schedule: LookSchedule, level: Double = usualLevel, delta: Double) {
    let usual = LookPlan(schedule, alpha: Self.alpha, hasPValues: false)
    self.init(
      usual,
      level: level,
      keepLevels: level == Self.usualLevel
        ? usual.change : LookPlan(schedule, alpha: 2 * level, hasPValues: false).change,
      delta: delta
    )
  }

  /// The same with levels that are known already, which cost most of the work.
  ///
  /// - Parameters:
  ///   - discarding: The looks with the usual levels.
  ///   - level: One-sided, over all looks together.
  ///   - keepLevels: What each look may spend of it.
  ///   - delta: The smallest change that matters, on the scale of the differences.
  package init(_ discarding: LookPlan, level: Double, keepLevels: [Double], delta: Double) {
    schedule = discarding.schedule
    self.level = level
    self.delta = delta
    self.keepLevels = keepLevels
    self.discarding = discarding
  }

  /// The interval of the change that goes with keeping: what is kept has it beyond δ.
  ///
  /// - Parameters:
  ///   - result: The change of the look's seeds.
  ///   - look: Its index, from 0.
  /// - Returns: nil where there is no spread to tell it from.
  package func interval(of result: ContrastResult, look: Int) -> Interval? {
    guard let test = result.test, let estimate = result.estimate else { return nil }
    let distribution = StudentT(degreesOfFreedom: test.degreesOfFreedom)
    let half = distribution.upperQuantile(keepLevels[look]) * test.standardError
    return Interval(lower: estimate - half, upper: estimate + half)
  }

  /// Judges a look.
  ///
  /// - Parameters:
  ///   - result: The change from the baseline to the candidate over the seeds of the look.
  ///   - look: Its index, from 0.
  ///   - isLowerBetter: Which way is good.
  ///   - lostSeeds: Seeds for which one side alone has a result.
  /// - Returns: The decision, and why.
  package func decision(
    _ result: ContrastResult,
    look: Int,
    isLowerBetter: Bool,
    lostSeeds: Int = 0
  ) -> (decision: GateDecision, reason: GateReason) {
    let isLast = look == schedule.seeds.count - 1
    guard lostSeeds == 0 else { return (.discard, .lostRuns) }
    switch result.status {
    case .noPairs, .singleSeed: return (isLast ? .discard : .notYet, .tooFewSeeds)
    case .identical: return (.discard, .identical)
    case .zeroVariance: return (isLast ? .discard : .notYet, .noSpread)
    case .ok: break
    }
    guard let estimate = result.estimate, let spread = result.spread else {
      return (isLast ? .discard : .notYet, .tooFewSeeds)
    }
    return decision(
      gain: isLowerBetter ? -estimate : estimate,
      spread: spread,
      seeds: result.seedCount,
      look: look
    )
  }

  /// Judges a look by its numbers.
  ///
  /// - Parameters:
  ///   - gain: The mean of the per-seed differences, positive where the candidate is better.
  ///   - spread: Their standard deviation, positive.
  ///   - seeds: How many, at least two.
  ///   - look: The look's index, from 0.
  /// - Returns: The decision, and why.
  package func decision(
    gain: Double,
    spread: Double,
    seeds: Int,
    look: Int
  ) -> (decision: GateDecision, reason: GateReason) {
    let error = spread / Double(seeds).squareRoot()
    let distribution = StudentT(degreesOfFreedom: seeds - 1)
    if distribution.upperTail((gain - delta) / error) < keepLevels[look] { return (.keep, .better) }
    let isWorse = distribution.upperTail(-(gain + delta) / error) < discarding.change[look]
    if isWorse { return (.discard, .worse) }
    let outside = distribution.upperTail((delta - abs(gain)) / error)
    if outside < discarding.none[look] { return (.discard, .noDifference) }
    guard look < schedule.seeds.count - 1 else { return (.discard, .open) }
    let chance = chanceToKeep(gain: gain, spread: spread, seeds: seeds, after: look)
    return chance < LookStanding.leastChance ? (.discard, .hopeless) : (.notYet, .open)
  }

  /// The chance that the last look finds a gain above δ, if the spread stays as it is.
  private func chanceToKeep(gain: Double, spread: Double, seeds: Int, after look: Int) -> Double {
    let total = seeds + schedule.last - schedule.seeds[look]
    let error = spread * (1 / Double(seeds) - 1 / Double(total)).squareRoot()
    let quantile = StudentT(degreesOfFreedom: total - 1)
      .upperQuantile(keepLevels[keepLevels.count - 1])
    let half = quantile * spread / Double(total).squareRoot()
    return StudentT(degreesOfFreedom: seeds - 1).upperTail((delta + half - gain) / error)
  }
}
