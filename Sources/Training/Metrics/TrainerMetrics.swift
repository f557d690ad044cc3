package import Statistics

/// The one table of what a run prints; a test holds it against runs of every task.
package enum TrainerMetrics {
  package static let all: [MetricDescription] =
    [trainLoss, validLoss, trainAccuracy, accuracy, errorRate, exactMatch, gap]
    + ClassificationMetrics.all.map(\.description)
    + [
      runningLoss, initialLoss, weightNorm, shrink, parametersTrained, parametersTotal, seconds,
      augmentedAccuracy, testAccuracy, testLoss, linearAgreement, squaredError, absoluteError,
      sharedFeatures, sharedImages, bestEpoch, stoppedPhase, leftOutFiles, accuracyOfPart,
      accuracyAtThreshold, curveTrainLoss,
      curveValidLoss, curveAccuracy,
    ]

  private static let ofAnswers = "for the tasks single and multi"

  // MARK: Results

  package static let trainLoss = MetricDescription(
    "train_loss",
    unit: "nats",
    better: .lower,
    measurand: .trainLoss,
    "mean loss on the whole training set with its true labels, in evaluation mode; for regression the mse"
  )
  package static let validLoss = MetricDescription(
    "valid_loss",
    unit: "nats",
    better: .lower,
    measurand: .validLoss,
    "mean loss on the validation set; for regression the mse"
  )
  package static let gap = MetricDescription(
    "gap",
    unit: "nats",
    better: .none,
    measurand: .gap,
    "valid_loss − train_loss"
  )
  package static let trainAccuracy = MetricDescription(
    "train_accuracy",
    unit: "share",
    better: .higher,
    measurand: .trainAccuracy,
    appears: ofAnswers,
    "right answers on the whole training set, by its true labels"
  )
  package static let accuracy = MetricDescription(
    "accuracy",
    unit: "share",
    better: .higher,
    measurand: .accuracy,
    appears: ofAnswers,
    "right answers on the validation set; for multi of all its labels"
  )
  package static let errorRate = MetricDescription(
    "error_rate",
    unit: "share",
    better: .lower,
    measurand: .errorRate,
    appears: ofAnswers,
    "1 − accuracy"
  )
  static let exactMatch = MetricDescription(
    "exact_match",
    unit: "share",
    better: .higher,
    appears: ofAnswers,
    "validation examples of which every answer is right; for single the same as accuracy"
  )
  static let accuracyOfPart = MetricDescription(
    "accuracy[*]",
    unit: "share",
    better: .higher,
    appears: ofAnswers,
    "right answers about one class (single) or one label (multi)"
  )
  static let accuracyAtThreshold = MetricDescription(
    "accuracy@*",
    unit: "share",
    better: .higher,
    measurand: .accuracyAtThreshold,
    appears: "for the task multi",
    "right answers where a probability above this threshold counts as a yes"
  )
  static let squaredError = MetricDescription(
    "mse",
    unit: "squared deviations of the target",
    better: .lower,
    appears: "for the task regression",
    "mean squared error on the validation set"
  )
  static let absoluteError = MetricDescription(
    "mae",
    unit: "deviations of the target",
    better: .lower,
    appears: "for the task regression",
    "mean absolute error on the validation set"
  )
  static let augmentedAccuracy = MetricDescription(
    "accuracy_tta",
    unit: "share",
    better: .higher,
    measurand: .augmentedAccuracy,
    appears: "where the setting tta asks for it",
    "accuracy of predictions averaged over augmented draws of each validation image"
  )
  static let testLoss = MetricDescription(
    "test_loss",
    unit: "nats",
    better: .lower,
    appears: "where the setting test asks for it",
    "mean loss on the test set"
  )
  static let testAccuracy = MetricDescription(
    "test_accuracy",
    unit: "share",
    better: .higher,
    appears: "where the setting test asks for it",
    "right answers on the test set"
  )
  static let linearAgreement = MetricDescription(
    "linear_agreement",
    unit: "share",
    better: .none,
    measurand: .linearAgreement,
    roles: [.result, .curve],
    appears: "for the task single with curves, unless the model is linear or first_size is set",
    sampleSize: curveSize,
    "validation images that a linear model trained beside the network classifies alike"
  )

  // MARK: Points of the curves

  /// Examples of each set that a point of the curves is measured on.
  package static let curveSize = 300

  private static let withCurves = "where evaluate_every is not 0 and tuning makes steps"

  static let curveTrainLoss = MetricDescription(
    "curve_train_loss",
    unit: "nats",
    better: .lower,
    measurand: .trainLoss,
    roles: [.curve],
    appears: withCurves,
    sampleSize: curveSize,
    "train_loss on a fixed stratified sample, the last point on all examples"
  )
  static let curveValidLoss = MetricDescription(
    "curve_valid_loss",
    unit: "nats",
    better: .lower,
    measurand: .validLoss,
    roles: [.curve],
    appears: withCurves,
    sampleSize: curveSize,
    "valid_loss on a fixed stratified sample, the last point on all examples"
  )
  static let curveAccuracy = MetricDescription(
    "curve_accuracy",
    unit: "share",
    better: .higher,
    measurand: .accuracy,
    roles: [.curve],
    appears: ofAnswers + ", where evaluate_every is not 0",
    sampleSize: curveSize,
    "accuracy on a fixed stratified sample, the last point on all examples"
  )

  // MARK: How the run went

  package static let runningLoss = MetricDescription(
    "running_loss",
    unit: "nats",
    better: .none,
    roles: [.bookkeeping, .curve],
    appears: "where tuning makes steps",
    "smoothed loss of the training batches, which other tools print as train loss"
  )
  package static let initialLoss = MetricDescription(
    "initial_loss",
    unit: "nats",
    better: .none,
    roles: [.bookkeeping],
    appears: "where tuning makes steps",
    "loss of the first batch before its step"
  )
  static let weightNorm = MetricDescription(
    "weight_norm",
    unit: "the weights'",
    better: .none,
    roles: [.bookkeeping],
    "length of all weights as one vector"
  )
  package static let shrink = MetricDescription(
    "shrink",
    unit: "",
    better: .none,
    roles: [.bookkeeping],
    "sum over the steps of the head's learning rate × weight decay"
  )
  static let parametersTrained = MetricDescription(
    "parameters_trained",
    unit: "numbers",
    better: .none,
    roles: [.bookkeeping],
    "parameters that the last steps changed"
  )
  static let parametersTotal = MetricDescription(
    "parameters_total",
    unit: "numbers",
    better: .none,
    roles: [.bookkeeping],
    "parameters of the network"
  )
  static let bestEpoch = MetricDescription(
    "best_epoch",
    unit: "epochs",
    better: .none,
    measurand: .bestEpoch,
    roles: [.bookkeeping],
    appears: "with early stopping",
    "the epoch that early stopping went back to"
  )
  static let stoppedPhase = MetricDescription(
    "stopped_phase",
    unit: "number of the phase",
    better: .none,
    measurand: .stoppedPhase,
    roles: [.bookkeeping],
    appears: "with early stopping",
    "the last phase of the training that patience ended, counted from 1; 0 where it ended none"
  )
  static let leftOutFiles = MetricDescription(
    "left_out_files",
    unit: "files",
    better: .none,
    measurand: .leftOutFiles,
    roles: [.bookkeeping],
    appears: "for folders of pictures",
    "files in the folder that could not be read as pictures"
  )
  package static let sharedFeatures = MetricDescription(
    "shared_features",
    unit: "rows",
    better: .none,
    measurand: .sharedFeatures,
    roles: [.bookkeeping],
    appears: "where runs share a cache",
    "rows of features that another run had worked out"
  )
  package static let sharedImages = MetricDescription(
    "shared_images",
    unit: "images",
    better: .none,
    measurand: .sharedImages,
    roles: [.bookkeeping],
    appears: "where runs share a cache",
    "images that another run had decoded"
  )
  package static let seconds = MetricDescription(
    "seconds",
    unit: "s",
    better: .none,
    roles: [.bookkeeping],
    "duration of the training"
  )
}

/// One measured number and what it is called.
package struct MetricValue: Sendable, Equatable {
  /// The name, such as `valid_loss` or `accuracy[7]`.
  package let name: String
  package let value: Double

  package init(_ metric: MetricDescription, _ value: Double) {
    precondition(!metric.isPattern, "'\(metric.name)' needs what it is of")
    name = metric.name
    self.value = value
  }

  /// A number of one class, label or threshold.
  init(_ pattern: MetricDescription, of part: String, _ value: Double) {
    name = pattern.name.split(separator: "*", omittingEmptySubsequences: false)
      .joined(separator: part)
    self.value = value
  }
}
