import Statistics
import Sweeps

/// What was predicted beside what was observed.
struct PredictionsSection: ReportSection {
  private let spec: Spec
  private let forecasts: Forecasts?
  private let predictions: PredictionStanding?
  private let isFinal: Bool

  init(_ findings: Findings) {
    spec = findings.evidence.spec
    forecasts = findings.forecasts
    predictions = findings.evidence.predictions
    isFinal = findings.evidence.isFinal
  }

  var sections: [Section] {
    // The textbook alone stands in the first table of the report.
    guard let forecasts, let predictions else { return [] }
    let scoring = forecasts.scoring
    let rows = scoring.questions.map { summary in
      [
        spec.name(of: summary.question), summary.votesText,
        forecasts.afterDiscussion.questions.first { $0.question == summary.question }?.votesText
          ?? "–",
        summary.consensus.map(consensus) ?? "–",
        scoring.textbook(on: summary.question).map { $0.forecast.direction.rawValue } ?? "–",
        outcome(of: summary), rightShare(summary),
      ]
    }
    var blocks: [Block] = [
      .table(
        Table(
          columns: [
            .words("question"), .words("votes ↓ / – / ↑"), .words("after discussion"),
            .words("consensus"), .words("textbook"), .words("observed"), .words("class right"),
          ],
          rows: rows,
          note: """
            Votes count people who said down, none or up before the runs; round 1 is scored. The \
            consensus is the mean probability of down / none / up. A question that is not settled is \
            void for everybody.
            """
        )
      )
    ]
    blocks += remarks(predictions).map { .paragraph($0) }
    return [Section("Predictions", blocks)]
  }

  private func remarks(_ predictions: PredictionStanding) -> [Prose] {
    var lines: [Prose] = []
    if !isFinal {
      lines.append("\(strong: "Provisional:") runs are missing, so nothing is scored yet.")
    }
    if case .extended(let from, let to) = predictions.change {
      lines.append(
        "\(strong: "Extended") from \(from) to \(to) seeds after the predictions were sealed."
      )
    }
    if !predictions.late.isEmpty {
      let people = Set(predictions.late.map(\.prediction.who)).count
      lines.append(
        "\(Numeral.counted(predictions.late.count, "prediction")) of \(people) people came after the first result: late, and not scored."
      )
    }
    let people = Set(predictions.eligible.map(\.prediction.who)).count
    lines.append(
      "\(Numeral.counted(predictions.eligible.count, "prediction")) of \(people) people, sealed before the first result; chain verified, head \(code: predictions.head)."
    )
    return lines
  }

  private func consensus(_ belief: Belief) -> String {
    Direction.allCases.map { Numeral.fixed(belief[$0], decimals: 2) }.joined(separator: " / ")
  }

  private func outcome(of summary: QuestionSummary) -> String {
    let word = summary.outcome?.rawValue ?? "not settled"
    return isFinal ? word : word + " (provisional)"
  }

  private func rightShare(_ summary: QuestionSummary) -> String {
    guard isFinal, let outcome = summary.outcome, summary.voters > 0 else { return "–" }
    return "\(summary.votes[outcome] ?? 0) of \(summary.voters)"
  }
}

extension Spec {
  /// The id of a question, else its change in words.
  func name(of question: Question) -> String {
    questions.first { $0.question == question }?.id
      ?? "\(question.factor) \(question.from) → \(question.to)\(question.held): \(question.metric)"
  }
}

extension QuestionSummary {
  /// The votes as down / none / up.
  var votesText: String {
    guard voters > 0 else { return "–" }
    return Direction.allCases.map { "\(votes[$0] ?? 0)" }.joined(separator: " / ")
  }
}

extension Scoring {
  /// What the textbook said about a question.
  func textbook(on question: Question) -> ScoredForecast? {
    predictions.first { $0.forecast.who == Scoring.textbook && $0.forecast.question == question }
  }
}
