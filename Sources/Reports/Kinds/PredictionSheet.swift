package import Statistics
package import Sweeps

/// A blank sheet on which people predict: paper as Markdown, and a spreadsheet with a row for each person as CSV.
package struct PredictionSheet: Report {
  private let spec: Spec
  private let questions: [AskedQuestion]

  /// - Parameters:
  ///   - spec: The spec whose questions are asked.
  ///   - questions: The questions in their order.
  package init(of spec: Spec, questions: [AskedQuestion]) {
    self.spec = spec
    self.questions = questions
  }

  package var title: String { "Predictions: \(spec.name)" }

  /// The spreadsheet, without a row yet.
  package var runs: RunsTable? {
    let header = ["who"] + questions.flatMap { PredictionImport.columns(of: $0.id) }
    return RunsTable(header: header, count: 0) { _ in [] }
  }

  package var sections: [Section] {
    var blocks: [Block] = []
    if let question = spec.question { blocks.append(.paragraph("\(strong: question)")) }
    blocks.append(
      .paragraph(
        """
        Write your prediction down before the runs, by yourself. For each question tick one answer, \
        say how sure you are, and give your reason in one sentence. A change smaller than the one \
        stated counts as no change that matters.
        """
      )
    )
    blocks.append(
      .paragraph("Pseudonym: ______________________   Round: 1 (before) / 2 (after the discussion)")
    )
    let entries = questions.enumerated().map { number, question in
      Section(
        "\(number + 1). \(question.id)",
        Self.entry(question, metric: spec.metric(named: question.question.metric))
      )
    }
    return [Section("Before the runs", blocks)] + entries
  }

  private static func entry(_ question: AskedQuestion, metric: Metric) -> [Block] {
    let answers = [Direction.up, .down, .none].map { direction in
      Prose("( ) " + metric.answer(direction))
    }
    return [
      .paragraph(question.sentence),
      .list(answers),
      .paragraph("How sure: ( ) not sure (45 %)  ( ) sure (65 %)  ( ) very sure (85 %)  or ____ %"),
      .paragraph("Because: ____________________________________________________________"),
    ]
  }
}

extension AskedQuestion {
  /// What is asked, in words: the spec's own, or the change and what is held fixed.
  package var sentence: Prose {
    let (factor, from, to) = (question.factor, question.from, question.to)
    let metric = question.metric
    return ask.isEmpty
      ? "\(code: factor) goes from \(strong: from) to \(strong: to)\(question.held). What does \(code: metric) do?"
      : "\(ask) (\(code: "\(factor) \(from) → \(to)")\(question.held); \(code: metric))"
  }
}

extension Metric {
  /// An answer in words, with the smallest change that matters and whether it is good news.
  package func answer(_ direction: Direction) -> String {
    switch direction {
    case .up: "goes up by more than \(deltaText)" + judgement(rises: true)
    case .down: "goes down by more than \(deltaText)" + judgement(rises: false)
    case .none: "changes by less than \(deltaText), if at all"
    }
  }

  private func judgement(rises: Bool) -> String {
    switch better {
    case .lower: rises ? " (worse)" : " (better)"
    case .higher: rises ? " (better)" : " (worse)"
    case .zero, .none: ""
    }
  }
}
