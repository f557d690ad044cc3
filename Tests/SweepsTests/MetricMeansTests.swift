import Foundation
import Notation
import Sweeps
import Testing

struct MetricMeansTests {
  private func record(
    _ level: String,
    _ seed: Int,
    loss: Double,
    other: Double? = nil
  ) -> Record {
    var measurements = Measurements()
    measurements.final = ["loss": loss]
    measurements.final["other"] = other
    return Record(
      run: Run(id: "\(level)-\(seed)", seed: seed, levels: [level], settings: JSONObject()),
      attempt: 1,
      outcome: .finished,
      measurements: measurements,
      lastLines: [],
      started: Date(timeIntervalSince1970: 0),
      duration: .seconds(1)
    )
  }

  @Test func `no interval is shown over different cells`() {
    var means = MetricMeans(names: ["loss"], baseline: ["0"])
    means.add(record("0", 0, loss: 0.25))
    means.add(record("1", 0, loss: 9))
    means.add(record("1", 1, loss: 9))
    #expect(means.text == nil)
    means.add(record("0", 1, loss: 0.75))
    // Two seeds: half the width is 12.706 · 0.3536 / √2.
    #expect(
      means.text == "baseline loss 0.5 [-2.6766, 3.6766] (mean and 95% interval of 2 seeds)"
    )
  }

  @Test func `a mean of numbers whose sum overflows is a number`() {
    var means = MetricMeans(names: ["loss"], baseline: ["0"])
    for seed in 0..<3 { means.add(record("0", seed, loss: 0x1p1023)) }
    let text = JSONNumber(0x1p1023).text
    #expect(
      means.text == "baseline loss \(text) [\(text), \(text)] (mean and 95% interval of 3 seeds)"
    )
  }

  @Test func `metrics that not every run has are told with both counts`() {
    var means = MetricMeans(names: ["loss", "other"], baseline: ["0"])
    means.add(record("0", 0, loss: 1))
    for seed in 1..<3 { means.add(record("0", seed, loss: 1, other: 2)) }
    #expect(
      means.text
        == "baseline loss 1 [1, 1], other 2 [2, 2] (mean and 95% interval of 2 to 3 seeds)"
    )
  }
}
