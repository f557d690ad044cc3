import Foundation

/// What a rule of looks can be expected to cost where every question has the same true change.
///
/// By simulation of normal differences, independent between questions; each cell runs as long as the last question
/// that needs it. Its counts agree with the exact spending of the levels in the tests.
package struct LookForecast: Sendable, Equatable {
  /// The true change of every question, in units of the change that matters.
  package let effect: Double

  /// The mean number of seeds after which a question stops.
  package let seedsPerQuestion: Double

  /// The mean number of runs over all cells.
  package let runs: Double

  /// The share of questions that are settled.
  package let settledShare: Double

  /// The shares that are called up and down, and none.
  package let upShare: Double
  package let downShare: Double
  package let noneShare: Double

  /// Simulates.
  ///
  /// - Parameters:
  ///   - plan: The rule with its levels.
  ///   - cellsOfQuestions: For each question the indexes of the cells that it compares.
  ///   - cellCount: How many cells there are.
  ///   - effect: The true change, in units of the change that matters.
  ///   - spread: The standard deviation of a per-seed difference, in the same units, positive.
  ///   - repetitions: Simulated sweeps.
  ///   - generator: Draws the differences.
  package init(
    _ plan: LookPlan,
    cellsOfQuestions: [[Int]],
    cellCount: Int,
    effect: Double,
    spread: Double,
    repetitions: Int,
    using generator: inout SeededGenerator
  ) {
    let simulated = SimulatedQuestion(plan, effect: effect, spread: spread)
    let seeds = plan.schedule.seeds
    var (questionSeeds, runs) = (0, 0)
    var outcomes: [Direction: Int] = [:]
    for _ in 0..<repetitions {
      var reached = [Int](repeating: 0, count: cellCount)
      for cells in cellsOfQuestions {
        let (look, outcome) = simulated.stops(using: &generator)
        questionSeeds += seeds[look]
        if let outcome { outcomes[outcome, default: 0] += 1 }
        for cell in cells { reached[cell] = max(reached[cell], look) }
      }
      runs += reached.reduce(0) { $0 + seeds[$1] }
    }
    let asked = Double(max(1, repetitions * cellsOfQuestions.count))
    func share(_ direction: Direction) -> Double { Double(outcomes[direction, default: 0]) / asked }
    self.effect = effect
    seedsPerQuestion = Double(questionSeeds) / asked
    self.runs = Double(runs) / Double(repetitions)
    upShare = share(.up)
    downShare = share(.down)
    noneShare = share(.none)
    settledShare = upShare + downShare + noneShare
  }
}

extension LookSequence {
  /// By question, the indexes of the cells that it compares among all cells.
  package var cellsOfQuestions: [[Int]] {
    let order = reached.keys.sorted { $0.lexicographicallyPrecedes($1) }
    let index = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    return walks.map { $0.cells.compactMap { index[$0] }.sorted() }
  }
}

/// One question with normal differences, judged look by look as real ones are; δ is 1.
private struct SimulatedQuestion {
  private let plan: LookPlan
  private let effect: Double
  private let spread: Double
  /// The t beyond which each look calls a change, and none; of the last look they give the chance.
  private let change: [Double]
  private let none: [Double]

  init(_ plan: LookPlan, effect: Double, spread: Double) {
    self.plan = plan
    self.effect = effect
    self.spread = spread
    func points(_ levels: [Double]) -> [Double] {
      zip(plan.schedule.seeds, levels).map {
        StudentT(degreesOfFreedom: $0 - 1).upperQuantile($1)
      }
    }
    change = points(plan.change)
    none = points(plan.none)
  }

  /// The index of the look at which it stops, and what it is called there.
  func stops(using generator: inout SeededGenerator) -> (look: Int, outcome: Direction?) {
    let seeds = plan.schedule.seeds
    var (count, center, squares) = (0, 0.0, 0.0)
    for look in seeds.indices {
      while count < seeds[look] {
        count += 1
        let value = effect + spread * generator.normal()
        let shift = value - center
        center += shift / Double(count)
        squares += shift * (value - center)
      }
      let deviation = (squares / Double(count - 1)).squareRoot()
      let error = deviation / Double(count).squareRoot()
      if center - change[look] * error > 1 { return (look, .up) }
      if center + change[look] * error < -1 { return (look, .down) }
      if abs(center) + none[look] * error < 1 { return (look, Direction.none) }
      guard look + 1 < seeds.count else { break }
      if chance(center, deviation, count) < LookStanding.leastChance { return (look, nil) }
    }
    return (seeds.count - 1, nil)
  }

  private func chance(_ estimate: Double, _ deviation: Double, _ count: Int) -> Double {
    plan.chance(
      estimate: estimate,
      spread: deviation,
      seeds: count,
      more: plan.schedule.last - count,
      delta: 1,
      points: (change[change.count - 1], none[none.count - 1])
    )
  }
}

extension SeededGenerator {
  /// Draws from the standard normal distribution.
  ///
  /// Reference: Box, Muller (1958), A note on the generation of random normal deviates, Ann. Math. Statist. 29.
  fileprivate mutating func normal() -> Double {
    let radius = (-2 * log(1 - uniform())).squareRoot()
    return radius * cos(2 * .pi * uniform())
  }
}
