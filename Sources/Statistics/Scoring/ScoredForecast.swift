/// One prediction beside the answer of the runs.
package struct ScoredForecast: Sendable, Equatable {
  package let forecast: Forecast
  package let estimate: Double?
  package let outcome: Direction?
  package let verdict: Verdict

  /// nil for a verdict that needs none.
  package let reason: OpenReason?
  package let leaning: Leaning?
  package let isRuledOut: Bool

  /// nil without a confidence, and where the question is void.
  package let brier: Double?
  package let logScore: Double?
  package let rankedScore: Double?

  package let rangeHit: Bool?
  package let rangeVerdict: Verdict?

  /// The score of the predicted range, in units of δ where δ is not 0.
  package let rangeScore: Double?

  package var points: Double? { brier.map { Statistics.points(brier: $0) } }

  /// - Parameters:
  ///   - prediction: What was said beforehand.
  ///   - result: The answer of the runs to its question.
  ///   - delta: The threshold of its metric, on the scale of the analysis.
  ///   - premiseHolds: nil where it cannot be told, which counts as met.
  init(
    _ prediction: Forecast,
    result: ContrastResult,
    delta: Double,
    premiseHolds: Bool?
  ) {
    let isMeant = premiseHolds ?? true
    let decided = isMeant ? result.outcome : nil
    let scored = prediction.belief.flatMap { belief in decided.map { (belief, $0) } }
    forecast = prediction
    estimate = result.estimate
    outcome = result.outcome
    verdict = isMeant ? Verdict(prediction.direction, outcome: result.outcome) : .premiseNotMet
    reason = isMeant ? OpenReason(result, predicted: prediction.direction) : nil
    isRuledOut = result.ruledOut.contains(prediction.direction)
    brier = scored.map { $0.brier($1) }
    logScore = scored.map { $0.logScore($1) }
    rankedScore = scored.map { $0.rankedScore($1) }
    if result.outcome == nil, let lean = result.lean, prediction.direction != .none {
      leaning = lean == prediction.direction ? .right : .wrong
    } else {
      leaning = nil
    }
    let range = prediction.range
    rangeHit = range.flatMap { range in result.estimate.map { range.interval.contains($0) } }
    rangeVerdict = range.flatMap { range in
      result.test.map { Verdict(range.interval, confidence95: $0.confidence95) }
    }
    rangeScore = range.flatMap { range in
      result.estimate.map { range.score($0) / (delta > 0 ? delta : 1) }
    }
  }
}
