import Notation
import Sweeps
import Statistics

extension Report {
  /// One question on one screen: the votes first, then the textbook, then the seeds and the outcome.
  ///
  /// - Parameters:
  ///   - id: The question's id in the spec.
  ///   - evidence: The spec and what became of its runs.
  /// - Returns: nil where the spec asks no such question.
  package static func question(_ id: String, of evidence: Evidence) -> Report? {
    guard let asked = evidence.spec.askedQuestions.first(where: { $0.id == id }) else { return nil }
    let question = asked.question
    let design = evidence.design
    let result = PairedRuns(evidence.table, design: design).result(question)
    let metric = design.metric(named: question.metric)
    let forecasts = Forecasts(evidence)
    var sections = [Section("The question", [.paragraph(asked.sentence)])]
    let votes = forecasts.map { forecasts in
      forecasts.votes(
        on: question,
        name: id,
        plain: [forecasts.voteBars(on: question)].compactMap(\.self).map { .preformatted($0) }
      )
    }
    if let votes, !votes.isEmpty {
      sections.append(Section("The votes", votes.map { .figure($0) }))
    }
    if let textbook = forecasts?.scoring.textbook(on: question) {
      sections.append(
        Section(
          "The textbook",
          [
            .disclosure(
              "What the textbook says",
              [.paragraph("It says \(strong: textbook.forecast.direction.rawValue).")]
            )
          ]
        )
      )
    }
    let slopes = SeedSlopes(question: question, metric: metric, result: result).figure
    sections.append(
      Section(
        "The seeds",
        [
          .disclosure(
            "What each seed says",
            [slopes.map { .figure($0) }, .table(seedTable(result, metric))].compactMap { $0 }
          )
        ]
      )
    )
    let swarm = forecasts.flatMap { forecasts in
      forecasts.scoring.questions.first { $0.question == question }.flatMap {
        forecasts.swarm(on: $0, name: id, isFinal: evidence.unfinished == 0)
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
    sections.append(
      Section(
        "The outcome",
        [
          .disclosure(
            "What came out",
            [.paragraph(sentence), swarm.map { .figure($0) }].compactMap { $0 }
          )
        ]
      )
    )
    return Report(
      title: "\(evidence.spec.name): \(id)",
      sections: sections,
      runs: evidence.runsTable,
      facts: evidence.facts(questions: [asked], forecasts: forecasts, findings: sections.last)
    )
  }

  private static func seedTable(_ result: ContrastResult, _ metric: Metric) -> Table {
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
