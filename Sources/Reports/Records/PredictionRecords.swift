import Foundation
import Notation
import Statistics
import Sweeps

/// One record per prediction that was sealed, in the order of the chain: what was said, why, and whether it was right.
///
/// Late ones have no verdict, and while runs are missing none has.
struct PredictionRecords {
  private let links: [(link: PredictionChain.Link, isLate: Bool)]
  private let scored: [String: ScoredForecast]

  init(_ evidence: Evidence, _ forecasts: Forecasts?) {
    // Without forecasts nothing of what people said is shown.
    let standing = forecasts == nil ? nil : evidence.predictions
    links =
      ((standing?.eligible ?? []).map { ($0, false) } + (standing?.late ?? []).map { ($0, true) })
      .sorted { $0.link.line < $1.link.line }
    let all = forecasts.map { $0.scoring.predictions + $0.afterDiscussion.predictions } ?? []
    scored =
      !evidence.isFinal
      ? [:] : Dictionary(all.map { ($0.forecast.id, $0) }) { first, _ in first }
  }

  func write(to take: (JSONMembers) throws -> Void) throws {
    for (link, isLate) in links { try take(record(link, isLate: isLate)) }
  }

  private func record(_ link: PredictionChain.Link, isLate: Bool) -> JSONMembers {
    let prediction = link.prediction
    let question = prediction.asked.question
    let scored = isLate ? nil : scored[Forecast.id(line: link.line)]
    var members = JSONMembers()
    members.append("who", .string(prediction.who))
    members.append("round", JSON(prediction.round))
    members.append("question", .string(prediction.asked.id))
    members.append("factor", .string(question.factor))
    members.append("from", .string(question.from))
    members.append("to", .string(question.to))
    members.append("metric", .string(question.metric))
    members.append("direction", .string(prediction.direction.rawValue))
    members.append("confidence_pct", JSON(prediction.confidencePercent))
    members.append("rationale", .string(prediction.rationale))
    members.append("sealed_at", .string(link.sealedAt.formatted(.iso8601)))
    members.append("late", .boolean(isLate))
    members.append("outcome", JSON(scored?.outcome?.rawValue))
    members.append("verdict", JSON(scored?.verdict.rawValue))
    members.append("brier", JSON(scored?.brier))
    members.append("points", JSON(scored?.points))
    return members
  }
}
