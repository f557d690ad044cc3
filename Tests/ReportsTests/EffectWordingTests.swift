import Reports
import Statistics
import Testing

struct EffectWordingTests {
  /// What the trainer says of confidence and accuracy; the best value is 0.
  private static let excess = Metric(
    name: "excess",
    delta: 0.01,
    better: .zero,
    measurand: .overconfidence
  )

  /// The sentence for a change of one factor.
  private func sentence(of metric: Metric = excess, before: [Double], after: [Double]) -> String {
    let rows = [("0", before), ("1", after)].flatMap { level, values in
      values.enumerated().map { seed, value in
        RunTable.Row(status: "ok", levels: [level], seed: seed, values: [value])
      }
    }
    let design = Design(factors: [Factor(name: "a", levels: ["0", "1"])], metrics: [metric])
    let runs = PairedRuns(
      RunTable(factors: ["a"], metrics: [metric.name], rows: rows),
      design: design
    )
    let question = Question(factor: "a", from: "0", to: "1", metric: metric.name)
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

  @Test func `equal values are doubted, but not at the end of what there is`() {
    let right = Metric(name: "right", delta: 0.01, better: .higher, measurand: .accuracy)
    func equal(_ value: Double, of metric: Metric = right) -> String {
      sentence(of: metric, before: [value, value], after: [value, value])
    }
    #expect(
      equal(0.9) == "a 0 → 1: right is identical in every pair. Did the factor reach the code?"
    )
    #expect(
      equal(1)
        == "a 0 → 1: right is at its highest, 1, in every run, and a change would not show there."
    )
    #expect(equal(0).contains("right is at its lowest, 0, in every run"))
    #expect(equal(1, of: Self.excess).contains("identical in every pair"))
    let apart = sentence(of: right, before: [1, 0], after: [1, 0])
    #expect(apart.contains("identical in every pair"))
  }
}
