/// What a training run tells while it goes on; the executable turns each into a JSON line.
package enum TrainingEvent: Sendable, Equatable {
  /// A point of the learning curves, after so many epochs (0 before the first).
  case point(epoch: Int, metrics: [MetricValue])
  /// How the validation images divide by confidence, told before the results; not told where classes are not the answer.
  case reliability([ConfidenceBin])
  /// What the validation images were taken for, told with it.
  case answers(ClassAnswers)
  /// The results, measured after the last epoch; `correct` has one entry per validation image, empty for a regression.
  case final(metrics: [MetricValue], correct: [Bool])
  /// The loss stopped being a finite number in this epoch: the run ends without results.
  case diverged(epoch: Int, reason: String)
}
