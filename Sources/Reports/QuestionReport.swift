import Experiments
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
    let question = Statistics.Question(asked)
    let design = evidence.design
    let result = PairedRuns(evidence.table, design: design).result(question)
    let metric = design.metric(named: question.metric)
    let forecasts = Forecasts(evidence)
    var sections = [Section("The question", [.paragraph(asked.sentence)])]
    if let votes = forecasts.flatMap({ evidence.votes(on: question, in: $0) }) {
      sections.append(votes)
    }
    if let textbook = forecasts?.scoring.textbook(on: question) {
      sections.append(
        Section(
          "The textbook",
          [.paragraph("It says \(strong: textbook.forecast.direction.rawValue).")]
        )
      )
    }
    sections.append(Section("The seeds", [.table(seedTable(result, metric))]))
    sections.append(
      Section(
        "The outcome",
        [
          .paragraph(
            Wording.sentence(
              question.factor,
              from: question.from,
              to: question.to,
              held: question.held,
              metric: metric,
              result: result
            )
          )
        ]
      )
    )
    return Report(
      title: "\(evidence.spec.name): \(id)",
      sections: sections,
      runs: evidence.runsTable
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

extension Evidence {
  /// The votes of both rounds as bars of characters; nil where nobody voted.
  fileprivate func votes(on question: Statistics.Question, in forecasts: Forecasts) -> Section? {
    let rounds = [("before", forecasts.scoring), ("after discussion", forecasts.afterDiscussion)]
    let lines = rounds.compactMap { name, scoring -> String? in
      let summary = scoring.questions.first { $0.question == question }
      guard let summary, summary.voters > 0 else { return nil }
      let bars = Direction.allCases.map { direction in
        let count = summary.votes[direction] ?? 0
        let word = direction.rawValue + String(repeating: " ", count: 5 - direction.rawValue.count)
        return "  \(word) \(String(repeating: "#", count: count)) \(count)"
      }
      return ([name] + bars).joined(separator: "\n")
    }
    return lines.isEmpty
      ? nil : Section("The votes", [.preformatted(lines.joined(separator: "\n"))])
  }
}
