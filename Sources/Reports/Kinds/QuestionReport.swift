import Statistics
import Sweeps

/// One question on one screen: the votes first, then the textbook, then the seeds and the outcome.
///
/// While others are sealed it tells differences and no value of a run: two values that stand in two questions could be
/// subtracted.
package struct QuestionReport: Report {
  private let asked: AskedQuestion
  private let question: Question
  private let evidence: Evidence
  private let metric: Metric
  private let result: ContrastResult
  private let forecasts: Forecasts?
  private let isAlone: Bool

  /// Nil where the spec asks no such question.
  ///
  /// - Parameters:
  ///   - id: The question's id in the spec.
  ///   - evidence: The spec and what became of its runs.
  ///   - isAlone: Whether other questions are sealed.
  package init?(_ id: String, of evidence: Evidence, isAlone: Bool = false) {
    guard let asked = evidence.spec.askedQuestions.first(where: { $0.id == id }) else { return nil }
    let design = evidence.design
    self.asked = asked
    self.evidence = evidence
    self.isAlone = isAlone
    question = asked.question
    result = PairedRuns(evidence.table, design: design).result(question)
    metric = design.metric(named: question.metric)
    forecasts = Forecasts(evidence)
  }

  package var title: String { "\(evidence.spec.name): \(asked.id)" }

  package var sections: [Section] {
    [
      Section("The question", [.paragraph(asked.sentence)]), votes, textbook, seeds, outcome,
    ].compactMap(\.self)
  }

  package var subject: ReportSubject? { ReportSubject(.question(asked.id), of: evidence) }

  package var runs: RunsTable? { isAlone ? nil : evidence.runsTable }

  package var facts: Facts {
    isAlone ? Facts(title: title, sections: sections) : wholeFacts
  }

  private var wholeFacts: Facts {
    SweepFacts(evidence, questions: [asked], forecasts: forecasts, answers: [outcome]).facts
  }

  private var votes: Section? {
    guard let forecasts else { return nil }
    let figures = forecasts.votes(
      on: question,
      name: asked.id,
      plain: [.preformatted(forecasts.voteBars(on: question))]
    )
    return figures.isEmpty ? nil : Section("The votes", figures.map { .figure($0) })
  }

  private var textbook: Section? {
    (forecasts?.scoring.textbook(on: question)).map { textbook in
      Section(
        "The textbook",
        [
          .disclosure(
            "What the textbook says",
            [.paragraph("It says \(strong: textbook.forecast.direction.rawValue).")]
          )
        ]
      )
    }
  }

  private var seeds: Section {
    let slopes =
      isAlone ? nil : SeedSlopes(question: question, metric: metric, result: result).figure
    return Section(
      "The seeds",
      [
        .disclosure(
          "What each seed says",
          [slopes.map { .figure($0) }, .table(seedTable)].compactMap(\.self)
        )
      ]
    )
  }

  private var outcome: Section {
    let swarm = forecasts.flatMap { forecasts in
      forecasts.scoring.questions.first { $0.question == question }.flatMap {
        forecasts.swarm(on: $0, name: asked.id, isFinal: evidence.isFinal)
      }
    }
    let sentence = EffectWording.sentence(
      question.factor,
      from: question.from,
      to: question.to,
      held: question.held,
      metric: metric,
      result: result
    )
    return Section(
      "The outcome",
      [
        .disclosure(
          "What came out",
          [.paragraph(sentence), swarm.map { .figure($0) }].compactMap(\.self)
        )
      ]
    )
  }

  private var seedTable: Table {
    let size = (result.spread ?? abs(result.estimate ?? 0)) * metric.displayFactor
    let decimals = Numeral.decimals(for: size)
    return Table(
      columns: [.words("seed"), .numbers("difference")],
      rows: zip(result.seeds, result.perSeed).map { seed, difference in
        ["\(seed)", Numeral.signed(difference * metric.displayFactor, decimals: decimals)]
      },
      note: """
        The run after the change minus the run before it, everything else equal; smallest change that \
        matters ±\(metric.deltaText).
        """
    )
  }
}
