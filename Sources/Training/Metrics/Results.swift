/// The training and the validation set as a trained network sees them, and the metrics that follow.
struct Results {
  let training: Evaluation
  let validation: Evaluation

  var isFinite: Bool { training.loss.isFinite && validation.loss.isFinite }

  var metrics: [Metric] {
    let losses = [
      Metric("train_loss", training.loss),
      Metric("valid_loss", validation.loss),
      Metric("gap", validation.loss - training.loss),
    ]
    let accuracies = [
      training.accuracy.map { Metric("train_accuracy", $0) },
      validation.accuracy.map { Metric("accuracy", $0) },
      validation.accuracy.map { Metric("error_rate", 1 - $0) },
    ].compactMap { $0 }
    return losses + accuracies + validation.details
  }
}
