/// One dot per prediction: its confidence along x in the row of its direction.
///
/// Dots are placed beside each other in their order, without chance, so that the same predictions
/// give the same picture.
package struct PredictionSwarm: Chart, Equatable {
  /// What a prediction can say of a metric, from the top row to the bottom row.
  package enum Direction: String, Sendable, CaseIterable {
    case up, none, down
  }

  /// One prediction; whether it was right is nil before the answer and where nothing was settled.
  package struct Prediction: Sendable, Equatable {
    package let direction: Direction
    package let confidence: Double
    package let isRight: Bool?

    /// - Parameters:
    ///   - direction: What was predicted.
    ///   - confidence: The probability given to the direction, in percent.
    ///   - isRight: Whether it came so, or nil when that is not shown or not known.
    package init(direction: Direction, confidence: Double, isRight: Bool? = nil) {
      self.direction = direction
      self.confidence = confidence
      self.isRight = isRight
    }
  }

  package let predictions: [Prediction]
  package let outcome: Direction?
  package let dotLimit: Int

  /// - Parameters:
  ///   - predictions: In any order.
  ///   - outcome: The direction that came true, or nil before the answer.
  ///   - dotLimit: The most predictions drawn.
  package init(predictions: [Prediction], outcome: Direction? = nil, dotLimit: Int = 300) {
    self.predictions = predictions
    self.outcome = outcome
    self.dotLimit = dotLimit
  }

  package var drawing: Drawing { Drawing(width: 640, height: 260) }
}
