package import Statistics

/// What a rule of seeds can be expected to cost, before it runs.
package struct LookAdvice: Sendable, Equatable {
  /// One truth that all questions might have.
  package struct Case: Sendable, Equatable {
    package let forecast: LookForecast
    /// Wall-clock seconds of its runs; nil where nothing is known of their durations.
    package let seconds: Double?
  }

  package let schedule: LookSchedule
  package let questions: Int
  package let fewestRuns: Int
  package let mostRuns: Int

  /// The standard deviation of a per-seed difference in units of the change that matters.
  package let spread: Double

  /// How many questions of stored runs the spread is the median of; 0 where it is assumed.
  package let pilots: Int

  /// For nothing there, for a change of exactly what matters, and for twice that.
  package let cases: [Case]

  /// Simulated differences for each case.
  private static let draws = 400_000

  /// - Parameters:
  ///   - sequence: What the rule wants before the first run: the cells that each question needs.
  ///   - spread: The median spread of stored runs, and over how many questions; nil where there are none.
  ///   - secondsPerRun: Wall-clock seconds by run, several at a time; nil where they are not known.
  package init(
    _ sequence: LookSequence,
    spread: (median: Double, questions: Int)?,
    secondsPerRun: Double?
  ) {
    let cells = sequence.cellsOfQuestions
    let cellCount = sequence.reached.count
    let schedule = sequence.plan.schedule
    let spreadOrOne = spread?.median ?? 1
    let repetitions = max(50, Self.draws / max(1, cells.count * schedule.last))
    self.schedule = schedule
    questions = cells.count
    fewestRuns = cellCount * schedule.first
    mostRuns = sequence.mostRuns
    self.spread = spreadOrOne
    pilots = spread?.questions ?? 0
    cases = [0.0, 1, 2].enumerated().map { index, effect in
      var generator = SeededGenerator(purpose: "look forecast", seed: index)
      let forecast = LookForecast(
        sequence.plan,
        cellsOfQuestions: cells,
        cellCount: cellCount,
        effect: effect,
        spread: spreadOrOne,
        repetitions: repetitions,
        using: &generator
      )
      return Case(forecast: forecast, seconds: secondsPerRun.map { $0 * forecast.runs })
    }
  }

  /// The median spread of the questions' differences in stored runs, in units of what matters to each.
  ///
  /// It tells how far runs scatter and not which way they went, so that it leaves predictions open.
  ///
  /// - Returns: nil where no question has two seeds that differ and a threshold.
  package static func spread(
    of records: [Record],
    in spec: Spec
  ) -> (median: Double, questions: Int)? {
    let design = spec.design(metrics: spec.metrics)
    let table = RunTable(
      factors: spec.axes.map(\.name),
      metrics: spec.metrics.map(\.name),
      rows: records.filter { $0.run.levels.count == spec.axes.count }.map { record in
        RunTable.Row(
          status: record.status.rawValue,
          levels: record.run.levels,
          seed: record.run.seed,
          values: spec.metrics.map { record.measurements.final[$0.name] }
        )
      }
    )
    let runs = PairedRuns(table, design: design)
    let spreads = spec.decidingQuestions.compactMap { question -> Double? in
      guard let delta = spec.metrics.first(where: { $0.name == question.metric })?.delta, delta > 0,
        let spread = runs.result(question).spread, spread > 0
      else { return nil }
      return spread / delta
    }.sorted()
    guard !spreads.isEmpty else { return nil }
    return (spreads[spreads.count / 2], spreads.count)
  }
}
