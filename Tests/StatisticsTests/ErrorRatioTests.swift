import Statistics
import Testing

struct ErrorRatioTests {
  private func runs(_ accuracies: [(Double, Double)]) -> PairedRuns {
    let rows = accuracies.enumerated().flatMap { seed, pair in
      [("a", pair.0), ("b", pair.1)].map {
        RunTable.Row(status: "ok", levels: [$0.0], seed: seed, values: [$0.1])
      }
    }
    return PairedRuns(
      RunTable(factors: ["x"], metrics: ["accuracy"], rows: rows),
      design: Design(
        factors: [Factor(name: "x", levels: ["a", "b"])],
        metrics: [Metric(name: "accuracy", delta: 0.01)]
      )
    )
  }

  private let change = Contrast.change(of: "x", from: "a", to: "b")

  @Test func `half the errors are a ratio of about one half`() throws {
    let runs = runs([(0.98, 0.99), (0.978, 0.99), (0.982, 0.99)])
    let ratio = try #require(ErrorRatio(change, metric: "accuracy", examples: 1000, runs: runs))
    #expect(abs(ratio.ratio - 0.51) < 0.02)
    #expect(try #require(ratio.confidence95).upper < 1)
    #expect(ErrorRatio.applies(to: try #require(runs.effects().first).cells))
  }

  @Test func `no errors at all still have a ratio`() throws {
    let ratio = try #require(
      ErrorRatio(change, metric: "accuracy", examples: 99, runs: runs([(1, 1)]))
    )
    #expect(ratio.ratio == 1)
    #expect(ratio.confidence95 == nil)
  }

  @Test func `the middle of the range needs no ratio`() throws {
    let effects = try #require(runs([(0.8, 0.9)]).effects().first)
    #expect(!ErrorRatio.applies(to: effects.cells))
    #expect(ErrorRatio(change, metric: "loss", examples: 10, runs: runs([(0.8, 0.9)])) == nil)
  }
}
