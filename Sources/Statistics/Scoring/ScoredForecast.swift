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

extension ScoredForecast: Encodable {
  private enum CodingKeys: String, CodingKey {
    case id, who, question, estimate, outcome, verdict, leaning, probs, brier, points, rps
    case isRuledOut = "predicted_ruled_out"
    case logScore = "log_score"
    case rangeHit = "interval_hit"
    case rangeVerdict = "interval_verdict"
    case rangeScore = "interval_score"
  }

  package func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: CodingKeys.self)
    try object.encode(forecast.id, forKey: .id)
    try object.encode(forecast.who, forKey: .who)
    try object.encode(forecast.question, forKey: .question)
    try object.encode(number: estimate, forKey: .estimate)
    try object.encode(outcome, forKey: .outcome)
    try object.encode(verdict, forKey: .verdict)
    try object.encode(leaning, forKey: .leaning)
    try object.encode(isRuledOut, forKey: .isRuledOut)
    try object.encode(forecast.belief, forKey: .probs)
    try object.encode(number: brier, forKey: .brier)
    try object.encode(number: points, forKey: .points)
    try object.encode(number: logScore, forKey: .logScore)
    try object.encode(number: rankedScore, forKey: .rps)
    try object.encode(rangeHit, forKey: .rangeHit)
    try object.encode(rangeVerdict, forKey: .rangeVerdict)
    try object.encode(number: rangeScore, forKey: .rangeScore)
  }
}
