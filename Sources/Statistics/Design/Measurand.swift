/// What a metric measures, whatever a program calls it.
///
/// Who needs one number among those of a run asks for its measurand; the trainer's table alone knows the names.
package enum Measurand: Sendable {
  case trainLoss, validLoss
  /// Validation loss − training loss.
  case gap
  case trainAccuracy, accuracy, errorRate
  /// The mean top probability.
  case confidence
  /// Confidence − accuracy.
  case overconfidence
  /// The share of right answers, of predictions averaged over augmented draws.
  case augmentedAccuracy
  /// The share of right yes/no answers, where a probability above a threshold counts as a yes.
  case accuracyAtThreshold
  /// The share of answers that a linear model beside the network gives too.
  case linearAgreement
  /// The epoch whose network was kept.
  case bestEpoch
  /// The phase of the training that patience ended.
  case stoppedPhase
  /// Files that should have been pictures and could not be read.
  case leftOutFiles
  /// Rows of features, and decoded images, that were taken over from another run.
  case sharedFeatures, sharedImages

  /// The least and the greatest value there is, where a run can reach both.
  package var limits: ClosedRange<Double>? {
    switch self {
    case .trainAccuracy, .accuracy, .errorRate, .augmentedAccuracy, .accuracyAtThreshold,
      .linearAgreement:
      0...1
    default: nil
    }
  }
}

extension [MetricDescription] {
  /// What a number of a role is called that is of a measurand; nil where none does.
  package func name(of measurand: Measurand, as role: MetricDescription.Role = .result) -> String? {
    first { $0.measurand == measurand && $0.roles.contains(role) }?.name
  }

  /// What a printed number measures, nil for all that nobody asks for.
  package func measurand(of name: String) -> Measurand? {
    first { $0.name == name }?.measurand
  }
}
