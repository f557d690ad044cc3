package import Statistics

/// A number that is told of a validation set whose images have one class each.
package struct ClassificationMetric: Sendable {
  package let description: MetricDescription
  package let value: @Sendable (Classification) -> Double
}

/// The numbers there are, in the order they are printed.
package enum ClassificationMetrics {
  package static let all: [ClassificationMetric] = [
    confidence, overconfidence, calibrationError, brierScore, matthewsCorrelation,
  ]

  static let appears = "for the task single"

  private static let confidence = ClassificationMetric(
    description: MetricDescription(
      "confidence",
      unit: "probability",
      better: .none,
      measurand: .confidence,
      appears: appears,
      "mean probability of the most probable class"
    )
  ) { $0.confidence }

  private static let overconfidence = ClassificationMetric(
    description: MetricDescription(
      "overconfidence",
      unit: "probability",
      better: .zero,
      measurand: .overconfidence,
      appears: appears,
      "confidence − accuracy"
    )
  ) { $0.confidence - $0.accuracy }

  private static let calibrationError = ClassificationMetric(
    description: MetricDescription(
      "ece",
      unit: "probability",
      better: .lower,
      appears: appears,
      "expected calibration error, in bins of equal width"
    )
  ) { $0.calibrationError }

  private static let brierScore = ClassificationMetric(
    description: MetricDescription(
      "brier",
      unit: "squared probability",
      better: .lower,
      appears: appears,
      "mean squared distance between the probabilities and the label's 0s and 1s"
    )
  ) { $0.brierScore }
}
