import Foundation
import Statistics
import Testing

/// The promises of the method, by simulation with a fixed seed: coverage, and how often a settled
/// label is wrong.
///
/// Every experiment has one factor of two levels in `settings` settings of another, a seed effect,
/// a seed × factor effect and noise, so that runs of one seed are not independent. The bounds are
/// those of a binomial count: with n experiments and a true rate p a share beyond p ± 4 √(p(1 −
/// p)/n) has a probability below 1 in 15,000.
struct ErrorRateTests {
  private static let experiments = 2000
  private static let settings = 4
  private static let delta = 0.5

  /// The results of many experiments whose true change is known.
  private func results(change: Double, seeds: Int, stream: Int) -> [ContrastResult] {
    var rng = SeededGenerator(purpose: "simulation", seed: stream)
    let settings = (0..<Self.settings).map(String.init)
    let design = Design(
      factors: [Factor(name: "x", levels: ["a", "b"]), Factor(name: "setting", levels: settings)],
      metrics: [Metric(name: "y", delta: Self.delta)]
    )
    let question = Question(factor: "x", from: "a", to: "b", metric: "y")
    return (0..<Self.experiments).map { _ in
      var rows: [RunTable.Row] = []
      for seed in 0..<seeds {
        let level = rng.normal()
        let slope = change + 0.5 * rng.normal()
        for setting in settings {
          for (name, effect) in [("a", 0), ("b", slope)] {
            rows.append(
              RunTable.Row(
                status: "ok",
                levels: [name, setting],
                seed: seed,
                values: [level + effect + 0.5 * rng.normal()]
              )
            )
          }
        }
      }
      let table = RunTable(factors: ["x", "setting"], metrics: ["y"], rows: rows)
      return PairedRuns(table, design: design).result(question)
    }
  }

  /// What a share may be away from its rate by luck.
  private func slack(_ rate: Double) -> Double {
    4 * (rate * (1 - rate) / Double(Self.experiments)).squareRoot()
  }

  @Test(arguments: [2, 5, 10])
  func `the 95 % interval covers the truth in 95 % of experiments`(seeds: Int) throws {
    let results = results(change: 0.3, seeds: seeds, stream: seeds)
    let covered = results.count { $0.test?.confidence95.contains(0.3) == true }
    let share = Double(covered) / Double(Self.experiments)
    #expect(abs(share - 0.95) <= slack(0.95))
  }

  @Test(arguments: [0, 0.5, -0.75], [3, 5])
  func `a settled label is wrong in at most 5 % of experiments`(change: Double, seeds: Int) {
    let results = results(change: change, seeds: seeds, stream: 100 + seeds)
    let wrong = results.count { result in
      switch result.outcome {
      case .some(.up): change <= Self.delta
      case .some(.down): change >= -Self.delta
      case .some(.none): abs(change) > Self.delta
      case nil: false
      }
    }
    #expect(Double(wrong) / Double(Self.experiments) <= 0.05 + slack(0.05))
  }

  @Test func `a relevant change is settled more often with more seeds`() {
    let few = results(change: 1.5, seeds: 3, stream: 7).count { $0.outcome == .up }
    let many = results(change: 1.5, seeds: 8, stream: 7).count { $0.outcome == .up }
    #expect(few < many)
    #expect(many > Self.experiments * 8 / 10)
  }
}

extension SeededGenerator {
  /// A standard normal number (Box, Muller 1958), for simulations only.
  fileprivate mutating func normal() -> Double {
    let radius = (-2 * log(1 - uniform())).squareRoot()
    return radius * cos(2 * .pi * uniform())
  }
}
