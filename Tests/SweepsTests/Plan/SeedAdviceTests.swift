import Foundation
import Notation
import Statistics
import Sweeps
import Testing

struct SeedAdviceTests {
  private let metric = Metric(name: "accuracy", delta: 0.005, better: .higher)

  private func records(_ values: [[Double]]) -> [Record] {
    values.enumerated().flatMap { cell, seeds in
      seeds.enumerated().map { seed, value in
        var measurements = Measurements()
        measurements.final["accuracy"] = value
        return Record(
          run: Run(id: "\(cell)-\(seed)", seed: seed, levels: ["\(cell)"], settings: [:]),
          attempt: 1,
          outcome: .finished,
          measurements: measurements,
          lastLines: [],
          started: Date(timeIntervalSince1970: 0),
          duration: .seconds(1)
        )
      }
    }
  }

  @Test func `the spread is that of paired differences`() throws {
    // Seeds differ by a lot, the same in both cells: the differences are 0.01, 0.02 and 0.03.
    let pilot = records([[0.5, 0.7, 0.9], [0.51, 0.72, 0.93]])
    let advice = try #require(SeedAdvice(metric: metric, size: 0.05, records: pilot))
    #expect(abs(advice.spread - 0.01) < 1e-12)
    #expect(advice.differences == 3)
    // (0.05 - 0.005) / 0.01 = 4.5 spreads: METHOD's table has 3.3 for three seeds and 11.6 for two.
    #expect(advice.seeds == 3)
  }

  @Test func `smaller changes need more seeds`() throws {
    let pilot = records([[0.5, 0.7, 0.9], [0.51, 0.72, 0.93]])
    let counts = [0.05, 0.02, 0.012].map {
      SeedAdvice(metric: metric, size: $0, records: pilot)?.seeds ?? .max
    }
    #expect(counts == counts.sorted())
    #expect(counts[2] > 10)
    #expect(SeedAdvice(metric: metric, size: 0.004, records: pilot)?.seeds == nil)
  }

  @Test func `without pairs there is no advice`() {
    #expect(SeedAdvice(metric: metric, size: 0.05, records: []) == nil)
    #expect(SeedAdvice(metric: metric, size: 0.05, records: records([[0.5, 0.6]])) == nil)
    #expect(SeedAdvice(metric: metric, size: 0.05, records: records([[0.5], [0.6]])) == nil)
  }
}
