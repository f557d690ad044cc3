extension TrainingSettings {
  /// Says why a run with these settings cannot leave what is asked of it; `nil` where it can.
  package func faultOfKeeping(weights: Bool, probabilities: Bool) -> String? {
    let isOfNumbers = task == .regression || dataset == .bundled(.curve)
    return Self.faultOfKeeping(
      weights: weights,
      by: tuning,
      probabilities: probabilities,
      ofNumbers: isOfNumbers
    )
  }

  static func faultOfKeeping(
    weights: Bool,
    by tuning: Tuning,
    probabilities: Bool,
    ofNumbers isOfNumbers: Bool
  ) -> String? {
    if weights, tuning == .neighbours {
      return
        "With tuning 'knn' training examples answer, and no weights say what they do; leave 'weights' out of 'keep'."
    }
    if probabilities, isOfNumbers {
      return "A number that is predicted has no probabilities; leave 'probabilities' out of 'keep'."
    }
    return nil
  }
}
