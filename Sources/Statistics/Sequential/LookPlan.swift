import Foundation

/// A schedule of looks with the levels at which each of them settles a question.
///
/// Over all looks together the chance of calling up or down what is not is at most alpha / 2 each, and of calling none
/// what is not at most alpha, exactly so for normal differences.
package struct LookPlan: Sendable, Equatable {
  package let schedule: LookSchedule

  /// Two-sided level over all looks.
  package let alpha: Double

  /// The one-sided level of each look at which a change is called up, or down.
  package let change: [Double]

  /// The one-sided level of each look at which it is called none.
  package let none: [Double]

  /// Two-sided alphas, falling, and each look's two-sided level under them; empty where no p over looks is asked for.
  private let table: [Row]

  private struct Row: Equatable {
    let alpha: Double
    let levels: [Double]
  }

  /// - Parameters:
  ///   - schedule: When it is looked.
  ///   - alpha: Two-sided level over all looks, at most 0.2.
  ///   - hasPValues: Whether p over looks will be asked for, which costs most of the work.
  package init(_ schedule: LookSchedule, alpha: Double, hasPValues: Bool = true) {
    self.schedule = schedule
    self.alpha = alpha
    change = spendingLevels(of: schedule, error: alpha / 2, resolution: .fine)
    none = spendingLevels(of: schedule, error: alpha, resolution: .fine)
    let own = change.map { 2 * $0 }
    guard hasPValues, schedule.seeds.count > 1 else {
      table = []
      return
    }
    table = (-3...20).map { alpha * pow(2, -Double($0)) }.filter { $0 < 0.5 }.map { total in
      // The table's own alpha exactly, so that p is never at odds with the interval.
      Row(
        alpha: total,
        levels: total == alpha
          ? own
          : spendingLevels(of: schedule, error: total / 2, resolution: .quick).map { 2 * $0 }
      )
    }
  }

  /// The two-sided alpha over all looks under which the interval of a look just excludes 0.
  ///
  /// Log-log linear between the rows of a table of alphas, from (1, 1) at its top, proportional below.
  ///
  /// - Parameters:
  ///   - p: The look's own two-sided p.
  ///   - look: The look's index, from 0.
  /// - Returns: nil where the plan was made without p values.
  package func pOverLooks(_ p: Double, look: Int) -> Double? {
    guard schedule.seeds.count > 1 else { return p }
    guard let last = table.last else { return nil }
    guard p > 0 else { return 0 }
    guard p > last.levels[look] else { return last.alpha * p / last.levels[look] }
    var above = (p: 1.0, alpha: 1.0)
    for row in table {
      let level = row.levels[look]
      if p >= level {
        let weight = log(p / level) / log(above.p / level)
        return exp((1 - weight) * log(row.alpha) + weight * log(above.alpha))
      }
      above = (level, row.alpha)
    }
    return last.alpha
  }

  /// The part of the error that is spent by the end of each look; alpha at the last.
  package var spentShares: [Double] {
    schedule.seeds.map { alpha * Double($0) / Double(schedule.last) }
  }

  /// The levels as texts that are the same on every machine, for a seal.
  package var sealedLevels: (change: [String], none: [String]) {
    func texts(_ levels: [Double]) -> [String] {
      levels.map { level in
        // Seven decimals: what the computation is good for, with room.
        let units = String(Int((level * 1e7).rounded()))
        return "0." + String(repeating: "0", count: 7 - units.count) + units
      }
    }
    return (texts(change), texts(none))
  }
}

/// The one-sided level of each look under which all of them together cross by chance with a given probability.
///
/// - Parameters:
///   - schedule: When it is looked.
///   - error: The one-sided probability that all looks may spend.
///   - resolution: How finely it is computed.
/// - Returns: One level per look, in its order.
func spendingLevels(
  of schedule: LookSchedule,
  error: Double,
  resolution: NullChain.Resolution
) -> [Double] {
  let spending = schedule.spending(error)
  var chain = NullChain(seeds: schedule.first, resolution: resolution)
  return zip(schedule.seeds, spending).map { seeds, spent in
    let distribution = StudentT(degreesOfFreedom: seeds - 1)
    guard seeds > schedule.first else {
      chain.stop(above: distribution.upperQuantile(spent))
      return spent
    }
    while chain.seeds < seeds { chain.step() }
    var (low, high) = (0.0, 1.0)
    while chain.exceeding(high) > spent { high *= 2 }
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if chain.exceeding(middle) > spent { low = middle } else { high = middle }
    }
    chain.stop(above: (low + high) / 2)
    return distribution.upperTail((low + high) / 2)
  }
}
