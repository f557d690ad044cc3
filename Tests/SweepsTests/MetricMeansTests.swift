import Foundation
import Notation
import Sweeps
import Testing

struct MetricMeansTests {
  private func record(_ level: String, _ seed: Int, loss: Double) -> Record {
    var measurements = Measurements()
    measurements.final = ["loss": loss]
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
}
