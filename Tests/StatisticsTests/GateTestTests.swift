import Foundation
import Statistics
import TestSupport
import Testing

/// A gate's decisions, and its promises by simulation with a fixed seed; the bounds are those of a binomial count.
struct GateTestTests {
  private static let schedule = LookSchedule([5, 8, 12, 20])

  /// What becomes of a candidate whose per-seed gains are drawn as they are needed.
  private func decide(_ test: GateTest, _ draw: () -> Double) -> (GateDecision, GateReason, Int) {
    var gains: [Double] = []
    for (look, seeds) in test.schedule.seeds.enumerated() {
      while gains.count < seeds { gains.append(draw()) }
      let mean = gains.reduce(0, +) / Double(seeds)
      let squares = gains.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let (decision, reason) = test.decision(
        gain: mean,
        spread: (squares / Double(seeds - 1)).squareRoot(),
        seeds: seeds,
        look: look
      )
      if decision != .notYet { return (decision, reason, look) }
    }
    return (.notYet, .open, test.schedule.seeds.count)
  }

  @Test func `every candidate is decided by the last look`() {
    let test = GateTest(Self.schedule, delta: 1)
    var rng = SeededGenerator(purpose: "gate", seed: 1)
    for _ in 0..<500 { #expect(decide(test) { rng.normal() * 3 }.0 != .notYet) }
  }

  @Test func `the interval lies beyond what matters exactly where the candidate is kept`() throws {
    let test = GateTest(Self.schedule, delta: 0.5)
    let design = Design(
      factors: [Factor(name: "side", levels: ["A", "B"])],
      metrics: [Metric(name: "y", delta: 0.5, better: .lower)]
    )
    var rng = SeededGenerator(purpose: "gate", seed: 2)
    var kept = 0
    for _ in 0..<300 {
      let change = -2 * rng.uniform()
      let rows = (0..<5).flatMap { seed in
        [("A", 0.0), ("B", change + 0.3 * rng.normal())].map { side, value in
          RunTable.Row(status: "ok", levels: [side], seed: seed, values: [value])
        }
      }
      let runs = PairedRuns(
        RunTable(factors: ["side"], metrics: ["y"], rows: rows),
        design: design
      )
      let result = runs.result(Question(factor: "side", from: "A", to: "B", metric: "y"))
      let (decision, _) = test.decision(result, look: 0, isLowerBetter: true)
      let interval = try #require(test.interval(of: result, look: 0))
      #expect((decision == .keep) == (interval.upper < -0.5))
      kept += decision == .keep ? 1 : 0
      #expect(test.decision(result, look: 0, isLowerBetter: false).decision != .keep)
      let lost = test.decision(result, look: 0, isLowerBetter: true, lostSeeds: 1)
      #expect(lost.decision == .discard && lost.reason == .lostRuns)
    }
    #expect(kept > 20 && kept < 280)
  }

  @Test(arguments: [0.025, 0.005])
  func `a candidate that gains what matters and no more is kept as rarely as promised`(
    level: Double
  ) {
    let test = GateTest(Self.schedule, level: level, delta: 1)
    var rng = SeededGenerator(purpose: "gate", seed: 3)
    let count = 20_000
    let kept = (0..<count).count { _ in decide(test) { 1 + 2 * rng.normal() }.0 == .keep }
    let share = Double(kept) / Double(count)
    #expect(share <= level + 4 * (level / Double(count)).squareRoot())
    #expect(share > level / 3)
  }

  @Test func `a good candidate is kept and a poor one is soon discarded`() {
    let test = GateTest(Self.schedule, delta: 1)
    var rng = SeededGenerator(purpose: "gate", seed: 4)
    let good = (0..<1000).map { _ in decide(test) { 3 + rng.normal() } }
    #expect(good.count { $0.0 == .keep } > 980)
    let poor = (0..<1000).map { _ in decide(test) { -1 + rng.normal() } }
    #expect(poor.allSatisfy { $0.0 == .discard })
    #expect(poor.count { $0.2 == 0 } > 600)
  }
}

extension SeededGenerator {
  /// Draws from the standard normal distribution, by Box and Muller.
  fileprivate mutating func normal() -> Double {
    (-2 * log(1 - uniform())).squareRoot() * cos(2 * .pi * uniform())
  }
}
