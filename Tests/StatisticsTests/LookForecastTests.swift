import Statistics
import Testing

/// What a rule is expected to cost, against the simulation of `Reference/Sequential/forecast.py` with 200,000 tables.
struct LookForecastTests {
  private func forecast(effect: Double, spread: Double, repetitions: Int) -> LookForecast {
    var generator = SeededGenerator(purpose: "test", seed: 1)
    return LookForecast(
      LookPlan(LookSchedule([5, 8, 12, 20]), alpha: 0.05, hasPValues: false),
      cellsOfQuestions: [[0, 1]],
      cellCount: 2,
      effect: effect,
      spread: spread,
      repetitions: repetitions,
      using: &generator
    )
  }

  @Test
  func `a change of a spread beyond what matters is settled as the independent simulation has it`()
  {
    let found = forecast(effect: 2, spread: 1, repetitions: 20_000)
    #expect(abs(found.settledShare - 0.9768) < 0.005)
    #expect(abs(found.seedsPerQuestion - 12.188) < 0.15)
    #expect(found.runs == 2 * found.seedsPerQuestion)
  }

  @Test func `a change that is none is settled as the independent simulation has it`() {
    let found = forecast(effect: 0, spread: 1 / 0.7, repetitions: 20_000)
    #expect(abs(found.settledShare - 0.7135) < 0.014)
    #expect(abs(found.seedsPerQuestion - 17.698) < 0.15)
  }

  @Test func `at the threshold no label comes more often than it may`() {
    let found = forecast(effect: 1, spread: 1, repetitions: 40_000)
    #expect(found.upShare < 0.025 + 4 * (0.025 * 0.975 / 40_000).squareRoot())
    #expect(found.noneShare < 0.05 + 4 * (0.05 * 0.95 / 40_000).squareRoot())
    #expect(found.downShare < 0.001)
  }

  @Test func `cells run as long as the last question that needs them`() {
    var generator = SeededGenerator(purpose: "test", seed: 2)
    let plan = LookPlan(LookSchedule([5, 10]), alpha: 0.05, hasPValues: false)
    let found = LookForecast(
      plan,
      cellsOfQuestions: [[0, 1], [0, 2]],
      cellCount: 5,
      effect: 1,
      spread: 0.001,
      repetitions: 500,
      using: &generator
    )
    // Exactly at the threshold a question is nearly always open, so that its cells come to the last look.
    let most = Double(3 * 10 + 2 * 5)
    #expect(found.runs > 0.9 * most && found.runs <= most)
  }
}
