import Notation

/// One question that a class is asked: what a metric does when one factor goes from a level to another.
package struct Question: Sendable, Equatable, Identifiable {
  /// A factor held at a level; factors that are not held are averaged over.
  package struct Setting: Sendable, Hashable {
    package let factor: String
    package let level: String

    package init(factor: String, level: String) {
      self.factor = factor
      self.level = level
    }
  }

  package let id: String
  package let factor: String
  /// Texts of two levels of the factor.
  package let from: String
  package let to: String
  package let metric: String
  package let at: [Setting]
  /// The sentence that people read; empty where the spec has none.
  package let ask: String

  package init(
    id: String,
    factor: String,
    from: String,
    to: String,
    metric: String,
    at: [Setting],
    ask: String
  ) {
    self.id = id
    self.factor = factor
    self.from = from
    self.to = to
    self.metric = metric
    self.at = at
    self.ask = ask
  }
}

/// What the textbook says about a question, as a forecaster with a fixed confidence.
package struct TextbookForecast: Sendable, Equatable {
  /// Where the metric goes, by more than its delta or not.
  package enum Direction: String, Sendable, CaseIterable { case up, down, none }
  /// What must hold for the textbook's claim to apply.
  package enum Premise: String, Sendable, CaseIterable { case overfit, any }

  /// The contrast it speaks of, in the question's own direction; its id is empty where no question has it.
  package let question: Question
  package let direction: Direction
  /// Of the direction, in per cent, 34 to 100.
  package let confidencePercent: Int
  package let premise: Premise
  package let source: String
  /// Keys of the known ways in which the claim fails.
  package let failsWhen: [String]

  package init(
    question: Question,
    direction: Direction,
    confidencePercent: Int,
    premise: Premise,
    source: String,
    failsWhen: [String]
  ) {
    self.question = question
    self.direction = direction
    self.confidencePercent = confidencePercent
    self.premise = premise
    self.source = source
    self.failsWhen = failsWhen
  }
}
