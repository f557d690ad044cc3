import Statistics
import Testing

struct SeedsNeededTests {
  @Test func `forecasts agree with the noncentral t distribution and with quadrature`() throws {
    // SciPy's root finder stops at 2e-12; Simpson's rule meets a kink in the power of none.
    for row in try Reference.value("Seeds/seeds.json")["rows"].list {
      let forecast = SeedForecast(seeds: try row["n"].integer, spread: 1)
      #expect(abs(forecast.halfWidth - (try row["half_width"].number)) < 1e-9)
      #expect(abs(forecast.smallestExcess - (try row["excess"].number)) < 1e-6, "\(row)")
      #expect(abs(forecast.smallestDelta - (try row["delta"].number)) < 1e-3, "\(row)")
    }
  }

  @Test func `a forecast grows with the spread`() {
    let one = SeedForecast(seeds: 5, spread: 1)
    let half = SeedForecast(seeds: 5, spread: 0.5)
    #expect(half.halfWidth == one.halfWidth / 2)
    #expect(abs(half.smallestExcess - one.smallestExcess / 2) < 1e-12)
  }

  @Test func `the seeds that settle are the first that do`() throws {
    let count = try #require(seedsToSettle(estimate: 1, spread: 1, delta: 0.5, alpha: 0.05))
    func halfWidth(_ seeds: Int) -> Double { SeedForecast(seeds: seeds, spread: 1).halfWidth }
    #expect(halfWidth(count) < 0.5)
    #expect(halfWidth(count - 1) >= 0.5)
  }

  @Test func `an estimate on the threshold, or a hopeless spread, is never settled`() {
    #expect(seedsToSettle(estimate: -0.5, spread: 1, delta: 0.5, alpha: 0.05) == nil)
    #expect(seedsToSettle(estimate: 0.51, spread: 10, delta: 0.5, alpha: 0.05) == nil)
    #expect(seedsToSettle(estimate: 0, spread: 1, delta: 0, alpha: 0.05) == nil)
  }

  @Test func `two seeds are enough for what is far beyond the noise`() {
    #expect(seedsToSettle(estimate: 100, spread: 0.1, delta: 1, alpha: 0.05) == 2)
  }
}
