import Reports
import Statistics
import Testing

struct EffectWordingTests {
  /// The sentence for a change of a metric whose best value is 0.
  private func sentence(before: [Double], after: [Double]) -> String {
    let metric = Metric(
      name: "excess",
      delta: 0.01,
      better: .zero,
      measurand: .overconfidence
    )
    let rows = [("0", before), ("1", after)].flatMap { level, values in
      values.enumerated().map { seed, value in
        RunTable.Row(status: "ok", levels: [level], seed: seed, values: [value])
      }
    }
    let design = Design(factors: [Factor(name: "a", levels: ["0", "1"])], metrics: [metric])
    let runs = PairedRuns(
      RunTable(factors: ["a"], metrics: ["excess"], rows: rows),
      design: design
    )
    let question = Question(factor: "a", from: "0", to: "1", metric: "excess")
    return EffectWording.sentence(
      "a",
      from: "0",
      to: "1",
      metric: metric,
      result: runs.result(question)
    )
    .text
  }

  @Test func `a metric that goes past zero is said to`() {
    let text = sentence(before: [0.03, 0.031, 0.029], after: [-0.02, -0.021, -0.018])
    #expect(text.contains("lowered"))
    #expect(text.contains("past zero: now under-confident"))
  }

  @Test func `a metric that stays on its side is not`() {
    let text = sentence(before: [0.09, 0.091, 0.089], after: [0.02, 0.021, 0.018])
    #expect(text.contains("lowered"))
    #expect(!text.contains("past zero"))
  }
}
