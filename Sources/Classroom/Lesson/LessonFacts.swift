package import Charts
package import Statistics

/// What pages need that is no act of the lesson; whoever serves them fills it.
///
/// Nothing in it may belong to a question that is still sealed.
package struct LessonFacts: Sendable, Equatable {
  /// Where the room is reached, the best address first: `http://192.168.1.5:8080`.
  package var addresses: [String] = []
  /// Four letters by which people see that they are in the right room; empty where there are none.
  package var code = ""
  /// The first address as a QR code, an `svg` element; empty where it could not be made.
  package var qr = ""
  /// The baseline's learning curves, as a report has them; nil until there are some.
  package var baselineCurves: LearningCurves?
  /// The same of the runs that the class waits for, those at work as far as they have come; nil until there are some.
  package var growingCurves: LearningCurves?
  /// Six images of the data, an `svg` element; empty until they are known.
  package var images = ""
  /// What the baseline came to, in words: `valid_loss 0.165 ± 0.012 (mean of 12 seeds)`.
  package var baselineValue = ""
  /// One for each planned run, in the order of the plan.
  package var tiles: [RunTile] = []
  /// What the runs will take or still take, nil where nobody can tell.
  package var secondsLeft: Double?
  /// What the person at the desk must know, a sentence each.
  package var troubles: [String] = []
  /// What came out, by question: of revealed ones only.
  package var outcomes: [String: QuestionOutcome] = [:]
  /// The calibration of the baseline's networks, which the class's is shown beside; nil until it is known.
  package var networkCalibration: ReliabilityDiagram?
  /// The networks that phones can try; nil where the lesson does not come to it.
  package var trial: NetworkTrial?
  /// The head of the chain of sealed predictions, 64 hexadecimal digits; empty before the first seal.
  package var chainHead = ""
  /// Milliseconds since 1970, by which pages say how much time is left.
  package var now = 0

  package init() {}
}

/// What the room may see of a run: that it is there, and how far.
package struct RunTile: Sendable, Equatable {
  package enum State: String, Sendable, CaseIterable { case pending, running, done, failed }

  package let state: State
  /// Whether the run belongs to the baseline, which is no secret.
  package let isBaseline: Bool

  package init(_ state: State, isBaseline: Bool) {
    self.state = state
    self.isBaseline = isBaseline
  }
}

/// What came out of a question that was revealed.
package struct QuestionOutcome: Sendable, Equatable {
  /// The change of the metric in one seed, on the scale of the analysis.
  package struct Difference: Sendable, Equatable {
    package let seed: Int
    package let value: Double

    package init(seed: Int, value: Double) {
      self.seed = seed
      self.value = value
    }
  }

  package let differences: [Difference]
  /// The mean of the differences and what the interval is said to cover, such as `95 % interval`.
  package let estimate: Double?
  package let interval: Interval?
  package let intervalName: String
  /// nil where the question is not settled.
  package let direction: Direction?
  /// What came out, in a sentence.
  package let verdict: String
  /// Whether the runs do what the textbook takes for granted, as far as they tell; nil where it says nothing.
  package let premiseHolds: Bool?

  package init(
    differences: [Difference],
    estimate: Double?,
    interval: Interval?,
    intervalName: String = "95 % interval",
    direction: Direction?,
    verdict: String,
    premiseHolds: Bool? = nil
  ) {
    self.differences = differences
    self.estimate = estimate
    self.interval = interval
    self.intervalName = intervalName
    self.direction = direction
    self.verdict = verdict
    self.premiseHolds = premiseHolds
  }
}
