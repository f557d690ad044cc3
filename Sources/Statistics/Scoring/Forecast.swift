/// What somebody said beforehand about one question.
package struct Forecast: Sendable, Equatable {
  /// An interval that was predicted for the estimate, with the probability meant by it.
  package struct Range: Sendable, Equatable {
    package let interval: Interval
    package let level: Double

    package init(_ interval: Interval, level: Double) {
      precondition(
        0 < level && level < 1,
        "the level of an interval is a probability, not \(level)"
      )
      self.interval = interval
      self.level = level
    }
  }

  package let id: String
  package let who: String
  package let question: Question
  package let direction: Direction

  /// nil for a statement without a confidence: it has a verdict and no score.
  package let belief: Belief?
  package let range: Range?

  /// What must hold in the baseline for the prediction to be meant; students predict this very
  /// experiment.
  package let premise: Premise?

  package init(
    id: String,
    who: String,
    question: Question,
    direction: Direction,
    belief: Belief? = nil,
    range: Range? = nil,
    premise: Premise? = nil
  ) {
    self.id = id
    self.who = who
    self.question = question
    self.direction = direction
    self.belief = belief
    self.range = range
    self.premise = premise
  }
}

/// The probabilities that a forecaster gives to the three outcomes.
package struct Belief: Sendable, Equatable {
  package let down: Double
  package let none: Double
  package let up: Double

  package init(down: Double, none: Double, up: Double) {
    self.down = down
    self.none = none
    self.up = up
  }

  /// Gives one direction its confidence and shares the rest between the other two.
  ///
  /// - Parameters:
  ///   - direction: The outcome that is thought most likely.
  ///   - confidence: Its probability, from 0 to 1.
  package init(_ direction: Direction, confidence: Double) {
    func share(_ other: Direction) -> Double {
      other == direction ? confidence : (1 - confidence) / 2
    }
    self.init(down: share(.down), none: share(.none), up: share(.up))
  }

  /// The average of several beliefs, at least one: the consensus of a class.
  package init(averaging beliefs: [Belief]) {
    self.init(
      down: mean(beliefs.map(\.down)),
      none: mean(beliefs.map(\.none)),
      up: mean(beliefs.map(\.up))
    )
  }

  package subscript(direction: Direction) -> Double {
    switch direction {
    case .down: down
    case .none: none
    case .up: up
    }
  }
}

/// What the textbook needs for its predictions to be meant.
package enum Premise: String, Sendable, CaseIterable {
  /// The baseline fits its training set and not the validation set.
  case overfit

  case any

  /// Whether the runs meet the premise at the baseline of a question.
  ///
  /// Over-fitting: where the question starts, training accuracy is 0.99 or more and the interval of
  /// the gap between validation and training loss lies above 0.05.
  ///
  /// - Returns: nil where the runs do not have the metrics to tell.
  package func holds(for question: Question, in runs: PairedRuns) -> Bool? {
    switch self {
    case .any: return true
    case .overfit:
      let metrics = runs.design.metrics
      guard let accuracy = metrics.firstIndex(where: { $0.measurand == .trainAccuracy }),
        let gap = metrics.firstIndex(where: { $0.measurand == .gap })
      else { return nil }
      let cell = runs.results(.mean(at: question.from, of: question.factor, at: question.at))
      guard let fit = cell[accuracy].estimate, let interval = cell[gap].test?.confidence95
      else { return nil }
      return fit >= 0.99 && interval.lower > 0.05
    }
  }
}
