import Foundation
import Statistics
import TestSupport
import Testing

/// How much of what a series of candidates keeps is luck, by simulation with a fixed seed.
///
/// LORD++ promises its bound for candidates that are independent. A series of experiments is not: all are compared
/// with the same baseline's runs, a kept candidate becomes the baseline of those that follow, and good ideas come first.
/// Each of these is simulated, with poor candidates that gain exactly what matters, which is where luck keeps the most.
@Suite(.enabled(if: runsLongTests, "a long proof"))
struct GateSeriesTests {
  @Test(arguments: GateSeries.Dependence.allCases, [0.05, 0.2])
  func `the share of luck among the kept is at most what was declared`(
    dependence: GateSeries.Dependence,
    share: Double
  ) {
    let (luck, error, power) = luck(GateSeries(share: share, dependence: dependence))
    #expect(luck <= share + 4 * error, "\(luck) ± \(error)")
    #expect(power > 0.5, "\(power)")
  }

  @Test func `where each is judged by itself, most of what a poor series keeps is luck`() {
    let (luck, _, _) = luck(GateSeries(share: nil, dependence: .seldomGood))
    #expect(luck > 0.25, "\(luck)")
  }

  /// The mean share of luck among the kept, its standard error, and the share of the good ones that were kept.
  private func luck(_ series: GateSeries) -> (luck: Double, error: Double, power: Double) {
    var rng = SeededGenerator(purpose: "gate series \(series.dependence)", seed: 13)
    let outcomes = (0..<2000).map { _ in series.run(&rng) }
    let shares = outcomes.map { Double($0.lucky) / Double(max($0.kept, 1)) }
    let mean = shares.reduce(0, +) / Double(shares.count)
    let squares = shares.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let kept = outcomes.reduce(0) { $0 + $1.kept - $1.lucky }
    let good = outcomes.reduce(0) { $0 + $1.good }
    return (
      mean, (squares / Double(shares.count * (shares.count - 1))).squareRoot(),
      Double(kept) / Double(good)
    )
  }
}

/// A series of candidates whose truth is known.
struct GateSeries {
  enum Dependence: String, CaseIterable {
    /// Each has a baseline of its own.
    case none
    /// All are compared with the same runs of one baseline.
    case sharedBaseline
    /// What is kept becomes the baseline, with the runs that it was kept by.
    case movingBaseline
    /// Nine in ten of the first are good, and none of the last; one baseline.
    case goodFirst
    /// One in fifty is good; one baseline.
    case seldomGood
  }

  struct Outcome {
    var good = 0
    var kept = 0
    var lucky = 0
  }

  static let candidates = 100
  static let schedule = LookSchedule([5, 8, 12, 20])
  /// In spreads of a per-seed difference: what matters, and how much more a good candidate gains.
  static let delta = 1.0
  static let advantage = 1.5

  let dependence: Dependence
  /// nil where each candidate has the level of a verdict.
  private let rule: DiscoveryLevels?
  private let usual: LookPlan
  /// The part of the level that each look may spend, by the logarithm of the level to base 2.
  private let parts: [[Double]]

  init(share: Double?, dependence: Dependence) {
    self.dependence = dependence
    rule = share.map { DiscoveryLevels(share: $0) }
    usual = LookPlan(Self.schedule, alpha: GateTest.alpha, hasPValues: false)
    parts = (0...22).map { step in
      let level = 0.25 * pow(2, -Double(step))
      return LookPlan(Self.schedule, alpha: min(0.4, 2 * level), hasPValues: false).change
        .map { $0 / min(0.2, level) }
    }
  }

  private func test(at level: Double) -> GateTest {
    let place = min(max(-log2(level / 0.25), 1), 21.999)
    let weight = place - place.rounded(.down)
    let rows = (parts[Int(place)], parts[Int(place) + 1])
    let levels = zip(rows.0, rows.1).map { level * ((1 - weight) * $0 + weight * $1) }
    return GateTest(usual, level: level, keepLevels: levels, delta: Self.delta)
  }

  private func isGood(_ number: Int, _ rng: inout SeededGenerator) -> Bool {
    let probability =
      switch dependence {
      case .none, .sharedBaseline, .movingBaseline: 0.2
      case .goodFirst: max(0, 0.9 - Double(number) / 50)
      case .seldomGood: 0.02
      }
    return rng.uniform() < probability
  }

  /// Runs a series to its end.
  func run(_ rng: inout SeededGenerator) -> Outcome {
    var outcome = Outcome()
    var discoveries: [Int] = []
    func draw() -> [Double] {
      (0..<Self.schedule.last).map { _ in rng.normal() * 0.5.squareRoot() }
    }
    var baseline = draw()
    for number in 1...Self.candidates {
      if dependence == .none { baseline = draw() }
      let good = isGood(number, &rng)
      let noise = draw()
      let gain = Self.delta + (good ? Self.advantage : 0)
      let level = rule?.level(ofTest: number, discoveries: discoveries) ?? GateTest.usualLevel
      let test = test(at: level)
      outcome.good += good ? 1 : 0
      guard decide(test, zip(noise, baseline).map { gain + $0 - $1 }) == .keep else { continue }
      discoveries.append(number)
      outcome.kept += 1
      outcome.lucky += good ? 0 : 1
      if dependence == .movingBaseline { baseline = noise }
    }
    return outcome
  }

  private func decide(_ test: GateTest, _ gains: [Double]) -> GateDecision {
    for (look, seeds) in Self.schedule.seeds.enumerated() {
      let values = gains.prefix(seeds)
      let mean = values.reduce(0, +) / Double(seeds)
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let decision = test.decision(
        gain: mean,
        spread: (squares / Double(seeds - 1)).squareRoot(),
        seeds: seeds,
        look: look
      ).decision
      if decision != .notYet { return decision }
    }
    return .discard
  }
}

extension SeededGenerator {
  /// A standard normal number, by Box and Muller.
  fileprivate mutating func normal() -> Double {
    (-2 * log(1 - uniform())).squareRoot() * cos(2 * .pi * uniform())
  }
}
