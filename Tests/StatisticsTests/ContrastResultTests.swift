import Foundation
import Notation
import Statistics
import Sweeps
import Testing

/// Corner cases: each has its status, never a crash and never a confident number.
struct ContrastResultTests {
  /// Per-seed differences as a table of two levels, the first of which is always `base`.
  private func change(
    _ differences: [Double],
    base: Double = 0,
    delta: Double = 0.1,
    scale: Metric.Scale = .linear
  ) -> ContrastResult {
    var rows: [RunTable.Row] = []
    for (seed, difference) in differences.enumerated() {
      rows.append(.ok(["a"], seed: seed, [base]))
      rows.append(.ok(["b"], seed: seed, [base + difference]))
    }
    let design = Design(
      factors: [Factor(name: "x", levels: ["a", "b"])],
      metrics: [Metric(name: "y", delta: delta, scale: scale)]
    )
    return PairedRuns(RunTable(factors: ["x"], metrics: ["y"], rows: rows), design: design)
      .result(Question(factor: "x", from: "a", to: "b", metric: "y"))
  }

  @Test func `nothing to compare is no pairs`() {
    let found = change([])
    #expect(found.status == .noPairs)
    #expect(found.probabilityOfSuperiority == nil)
  }

  @Test func `one seed has an estimate and no interval`() {
    let found = change([5])
    #expect(found.status == .singleSeed)
    #expect(found.estimate == 5)
    #expect(found.test == nil && found.outcome == nil && found.signFlipP == nil)
  }

  @Test func `two seeds have one degree of freedom`() throws {
    let test = try #require(change([1, 2]).test)
    #expect(test.degreesOfFreedom == 1)
    #expect(abs(test.confidence95.upper - (1.5 + 12.706204736174694 * 0.5)) < 1e-9)
  }

  @Test func `a factor that reaches nothing is identical, and none where a threshold is declared`()
  {
    let found = change([0, 0, 0], base: 0.7)
    #expect(found.status == .identical)
    #expect(found.outcome == Direction.none)
    #expect(found.signFlipP == 1)
    #expect(change([0, 0, 0], base: 0.7, delta: 0).outcome == nil)
  }

  @Test func `the same difference in every seed is not settled, however large`() {
    let found = change([5, 5, 5])
    #expect(found.status == .zeroVariance)
    #expect(found.estimate == 5 && found.outcome == nil && found.test == nil)
  }

  @Test func `rounding of large values is no difference`() {
    #expect(change([1e-7, -1e-7, 0], base: 1e9).status == .identical)
  }

  @Test func `negative zero is zero`() {
    let found = change([-0.0, 0.0, -0.0])
    #expect(found.status == .identical)
    #expect(found.tuples.tied == 3)
  }

  @Test func `values whose difference overflows are not compared`() throws {
    let found = change([Double.greatestFiniteMagnitude, 1, 2], base: -.greatestFiniteMagnitude)
    #expect(found.outcome == nil)
    let huge = change([1e308, 1.5e308, 1.2e308, 1e308])
    #expect(huge.estimate?.isFinite == true)
    for result in [found, huge] {
      let json = JSON.object(result.json)
      #expect(JSON(line: json.text.utf8) == json)
    }
  }

  @Test func `tiny differences keep their t`() throws {
    let plain = try #require(change([1, 2, 3]).test)
    let tiny = try #require(change([1e-200, 2e-200, 3e-200]).test)
    #expect(abs(plain.t - tiny.t) < 1e-12)
  }

  @Test func `without a threshold the label is the sign and never none`() {
    #expect(change([1, 1.1, 0.9, 1], delta: 0).outcome == .up)
    #expect(change([0.1, -0.1, 0.05, -0.05, 0], delta: 0).outcome == nil)
  }

  @Test func `on the log scale the threshold is a factor either way`() throws {
    let double = change([1, 1.05, 0.95, 1], base: 1, delta: 0.25, scale: .log)
    #expect(double.outcome == .up)
    let estimate = try #require(double.estimate)
    #expect(abs(estimate - log(2)) < 0.01)
    #expect(
      change([-0.1, -0.12, -0.11], base: 1, delta: 0.25, scale: .log).outcome == Direction.none
    )
    #expect(change([-2, -2, -2], base: 1, delta: 0.25, scale: .log).status == .noPairs)
  }

  @Test func `pairing gains what the arms have in common`() throws {
    var rows: [RunTable.Row] = []
    for seed in 0..<5 {
      let common = 10 * Double(seed)
      rows.append(.ok(["a"], seed: seed, [common]))
      rows.append(.ok(["b"], seed: seed, [common + 1 + 0.1 * Double(seed % 2)]))
    }
    let runs = PairedRuns(
      RunTable(factors: ["x"], metrics: ["y"], rows: rows),
      design: Design(
        factors: [Factor(name: "x", levels: ["a", "b"])],
        metrics: [Metric(name: "y", delta: 0.1)]
      )
    )
    let found = runs.result(Question(factor: "x", from: "a", to: "b", metric: "y"))
    let gain = try #require(found.pairingGain)
    #expect(gain > 0.999 && gain < 1)
  }
}
