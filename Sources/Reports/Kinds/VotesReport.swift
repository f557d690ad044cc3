import Statistics
import Sweeps

/// What people voted, before anything ran: no result, no verdict, and nothing that the textbook says.
package struct VotesReport: Report {
  private let evidence: Evidence
  private let forecasts: Forecasts?
  private let reasons: [Reason]

  /// - Parameter evidence: The spec and the predictions; runs are not looked at.
  package init(of evidence: Evidence) {
    let votes = Evidence(
      spec: evidence.spec,
      records: [],
      planned: evidence.planned,
      excludedCells: evidence.excludedCells,
      provenance: [],
      predictions: evidence.predictions
    )
    self.evidence = votes
    forecasts = Forecasts(votes)
    reasons = Reason.all(in: votes)
  }

  package var title: String { "\(evidence.spec.name): the votes" }

  package var subject: ReportSubject? { ReportSubject(.votes, of: evidence) }

  package var sections: [Section] {
    let people = Set((evidence.predictions?.eligible ?? []).map(\.prediction.who)).count
    let lead = Section(
      "The votes",
      [
        .paragraph(
          people == 0
            ? "Nobody has predicted anything yet."
            : "\(people) \(people == 1 ? "person" : "people") predicted. Nothing is revealed by this: no result is shown."
        )
      ]
    )
    return [lead] + evidence.spec.askedQuestions.compactMap(section)
  }

  private func section(_ asked: AskedQuestion) -> Section? {
    guard let forecasts else { return nil }
    let bars = forecasts.voteBars(on: asked.question)
    guard !bars.isEmpty else { return nil }
    let figures = forecasts.votes(
      on: asked.question,
      name: asked.id,
      plain: [.preformatted(bars)]
    )
    let why = reasons.filter { $0.question == asked.question }.map { reason -> Prose in
      "\(strong: reason.who) (\(reason.answer)): \(reason.text)"
    }
    return Section(
      asked.id,
      [.paragraph(asked.sentence)] + figures.map { .figure($0) }
        + (why.isEmpty
          ? [] : [.disclosure("\(Numeral.counted(why.count, "reason"))", [.list(why)])])
    )
  }
}
