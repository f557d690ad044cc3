import Notation
import Statistics
import Sweeps

/// What one person predicted beside what came out, for that person.
package struct PersonReport: Report {
  private let who: String
  private let spec: Spec
  private let isFinal: Bool
  package let subject: ReportSubject?
  private let forecasts: Forecasts
  /// What the person said in the first round.
  private let own: [ScoredForecast]
  private let reasons: [Reason]

  /// Nil where nobody of that name predicted anything in time.
  ///
  /// - Parameters:
  ///   - who: The pseudonym.
  ///   - evidence: The spec and what became of its runs.
  package init?(_ who: String, of evidence: Evidence) {
    guard let forecasts = Forecasts(evidence) else { return nil }
    let own = forecasts.scoring.predictions.filter { $0.forecast.who == who }
    guard !own.isEmpty else { return nil }
    self.who = who
    self.own = own
    self.forecasts = forecasts
    reasons = Reason.all(in: evidence).filter { $0.who == who }
    spec = evidence.spec
    isFinal = evidence.isFinal
    subject = ReportSubject(.person(who), of: evidence)
  }

  package var title: String { "\(spec.name): \(who)" }

  package var sections: [Section] {
    var blocks: [Block] = [.table(predictions)]
    if !reasons.isEmpty {
      blocks.append(
        .list(
          reasons.map {
            "\(strong: spec.name(of: $0.question)) (\($0.answer)): \($0.text)" as Prose
          }
        )
      )
    }
    let said = Section("What you said", blocks)
    let person = forecasts.scoring.people.first { $0.who == who }
    return [said] + (isFinal ? person.map { [score($0, of: forecasts.scoring)] } ?? [] : [])
  }

  private var predictions: Table {
    Table(
      columns: [
        .words("question"), .words("you said"), .numbers("how sure"), .words("after discussion"),
        .words("observed"), .words("verdict"), .numbers("points"),
      ],
      rows: own.map { scored in
        let later = forecasts.afterDiscussion.predictions.first {
          $0.forecast.who == scored.forecast.who && $0.forecast.question == scored.forecast.question
        }
        return [
          spec.name(of: scored.forecast.question), scored.forecast.direction.rawValue,
          scored.confidence.map { Numeral.fixed($0 * 100, decimals: 0) + " %" } ?? "–",
          later.map { $0.forecast.direction.rawValue } ?? "–",
          (scored.outcome?.rawValue ?? "not settled") + (isFinal ? "" : " (provisional)"),
          isFinal ? verdict(scored) : "–",
          isFinal ? scored.points.map { Numeral.fixed($0, decimals: 0) } ?? "–" : "–",
        ]
      },
      note: """
        The first round is scored. 100 points are certain and right, 0 is what knowing nothing gets; a \
        question that is not settled is void.
        """
    )
  }

  private func verdict(_ scored: ScoredForecast) -> String {
    switch scored.verdict {
    case .right: "right"
    case .wrong: "wrong"
    case .notSettled: "not settled"
    case .premiseNotMet: "premise not met"
    }
  }

  private func score(_ person: PersonSummary, of scoring: Scoring) -> Section {
    let others = scoring.people.filter { $0.who != Scoring.textbook }.compactMap(\.meanPoints)
    var blocks: [Block] = []
    if let points = person.meanPoints, !others.isEmpty {
      blocks.append(
        .paragraph(
          """
          \(strong: Numeral.fixed(points, decimals: 0)) points on average over \
          \(Numeral.counted(person.scored, "scored prediction")); the class has \
          \(Numeral.fixed(mean(others), decimals: 0)), mean of \(others.count.grouped) people.
          """
        )
      )
    }
    blocks.append(.table(.scores(of: [person])))
    return Section("Your score", blocks)
  }
}
