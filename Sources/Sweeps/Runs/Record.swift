package import struct Foundation.Date
package import Statistics

/// One attempt at a run, as the store keeps it.
package struct Record: Sendable, Equatable {
  package let run: Run
  /// Counts the attempts at this run from 1.
  package let attempt: Int
  package let outcome: Outcome
  package let measurements: Measurements
  /// The end of the attempt's log, oldest line first.
  package let lastLines: [String]
  package let started: Date
  /// How long the program was at work; a machine's sleep does not count.
  package let duration: Duration
  package let site: Site

  package init(
    run: Run,
    attempt: Int,
    outcome: Outcome,
    measurements: Measurements,
    lastLines: [String],
    started: Date,
    duration: Duration,
    site: Site = Site()
  ) {
    self.run = run
    self.attempt = attempt
    self.outcome = outcome
    self.measurements = measurements
    self.lastLines = lastLines
    self.started = started
    self.duration = duration
    self.site = site
  }

  /// What the run ended with of a measurand; nil where it printed none by the name that the spec knows it by.
  package func final(
    _ measurand: Measurand,
    _ spec: Spec,
    as role: MetricDescription.Role = .result
  ) -> Double? {
    spec.vocabulary.name(of: measurand, as: role).flatMap { measurements.final[$0] }
  }

  package var status: RunStatus { outcome.status }
  package var key: AttemptKey { AttemptKey(run: run.id, number: attempt) }

  /// An attempt that just began.
  package static func running(
    _ run: Run,
    attempt: Int,
    since started: Date,
    at site: Site = Site()
  ) -> Record {
    Record(
      run: run,
      attempt: attempt,
      outcome: .running,
      measurements: Measurements(),
      lastLines: [],
      started: started,
      duration: .zero,
      site: site
    )
  }
}

/// What tells one attempt of a sweep from every other.
package struct AttemptKey: Sendable, Hashable {
  /// The run's id.
  package let run: String
  /// Counts the attempts at the run from 1.
  package let number: Int

  package init(run: String, number: Int) {
    self.run = run
    self.number = number
  }
}
