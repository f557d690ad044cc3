/// The training and the validation set as a trained network sees them, and the metrics that follow.
struct Results {
  let training: Evaluation
  let validation: Evaluation

  var isFinite: Bool { training.loss.isFinite && validation.loss.isFinite }

  var metrics: [MetricValue] {
    let losses = [
      MetricValue(TrainerMetrics.trainLoss, training.loss),
      MetricValue(TrainerMetrics.validLoss, validation.loss),
      MetricValue(TrainerMetrics.gap, validation.loss - training.loss),
    ]
    let accuracies = [
      training.accuracy.map { MetricValue(TrainerMetrics.trainAccuracy, $0) },
      validation.accuracy.map { MetricValue(TrainerMetrics.accuracy, $0) },
      validation.accuracy.map { MetricValue(TrainerMetrics.errorRate, 1 - $0) },
      validation.exactMatch.map { MetricValue(TrainerMetrics.exactMatch, $0) },
    ].compactMap { $0 }
    return losses + accuracies + validation.details
  }
}
