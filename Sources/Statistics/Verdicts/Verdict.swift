/// What became of a prediction.
package enum Verdict: String, Sendable, CaseIterable {
  case right, wrong
  case notSettled = "not_settled"

  /// The baseline does not do what the textbook takes for granted; the prediction was not meant for
  /// it.
  case premiseNotMet = "premise_not_met"

  package init(_ predicted: Direction, outcome: Direction?) {
    guard let outcome else {
      self = .notSettled
      return
    }
    self = predicted == outcome ? .right : .wrong
  }

  /// A predicted range against the interval of the runs: right if it holds it all, wrong if they
  /// are apart.
  package init(_ predicted: Interval, confidence95: Interval) {
    self =
      predicted.contains(confidence95)
      ? .right : predicted.overlaps(confidence95) ? .notSettled : .wrong
  }
}

/// Where the runs of a question that is not settled lean, seen from the prediction.
package enum Leaning: String, Sendable, CaseIterable {
  case right = "leaning_right"
  case wrong = "leaning_wrong"
}

/// Why a question is not settled.
package enum OpenReason: String, Sendable, CaseIterable {
  case noPairs, singleSeed, zeroVariance

  /// Runs were lost on one side alone, or settings in some seeds alone.
  case runsLost

  /// Nothing changed at all, and with δ = 0 "none" can never be shown.
  case identicalWithoutDelta

  /// The interval has room on both sides of the threshold.
  case crossesDelta

  /// The question is open, yet the predicted direction is already excluded.
  case predictionRuledOut

  /// - Returns: nil for a contrast that is settled.
  package init?(_ result: ContrastResult, predicted: Direction) {
    guard result.outcome == nil else { return nil }
    guard result.missing.reason == nil || result.status == .noPairs else {
      self = .runsLost
      return
    }
    switch result.status {
    case .noPairs: self = .noPairs
    case .singleSeed: self = .singleSeed
    case .zeroVariance: self = .zeroVariance
    case .identical: self = .identicalWithoutDelta
    case .ok: self = result.ruledOut.contains(predicted) ? .predictionRuledOut : .crossesDelta
    }
  }
}
