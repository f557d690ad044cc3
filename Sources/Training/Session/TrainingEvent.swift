/// One measured number and what it is called.
package struct Metric: Sendable, Equatable {
  /// The name, such as `valid_loss` or `accuracy[7]`.
  package let name: String
  package let value: Double

  package init(_ name: String, _ value: Double) {
    self.name = name
    self.value = value
  }
}

/// What a training run tells while it goes on; the executable turns each into a JSON line.
package enum TrainingEvent: Sendable, Equatable {
  /// A point of the learning curves, after so many epochs (0 before the first).
  case point(epoch: Int, metrics: [Metric])
  /// How the validation images divide by confidence, told before the results; not told where classes are not the answer.
  case reliability([ConfidenceBin])
  /// The results, measured after the last epoch; `correct` has one entry per validation image, empty for a regression.
  case final(metrics: [Metric], correct: [Bool])
  /// The loss stopped being a finite number in this epoch: the run ends without results.
  case diverged(epoch: Int, reason: String)
}
