package import Statistics

/// A question that a class is asked: what the runs are asked, a name for it, and words.
package struct AskedQuestion: Sendable, Equatable, Identifiable {
  /// By which answers name it; empty for a contrast that no question of the spec has.
  package let id: String
  package let question: Question
  /// The sentence that people read; empty where the spec has none.
  package let ask: String
  /// Whether it is one of the few that a lesson has time for.
  package let isForLesson: Bool

  package init(id: String, question: Question, ask: String = "", isForLesson: Bool = false) {
    self.id = id
    self.question = question
    self.ask = ask
    self.isForLesson = isForLesson
  }
}

/// What the textbook says about a question, as a forecaster with a fixed confidence.
package struct TextbookForecast: Sendable, Equatable {
  /// What it speaks of, in the asked question's own direction.
  package let asked: AskedQuestion
  package let direction: Direction
  /// Of the direction, in per cent, 34 to 100.
  package let confidencePercent: Int
  package let premise: Premise
  package let source: String
  /// Keys of the known ways in which the claim fails.
  package let failsWhen: [String]
}

extension Spec {
  /// The design of an analysis of these metrics: the axes as factors, and the declared questions.
  package func design(metrics: [Metric], seeds: SeedRule = .once) -> Design {
    Design(
      factors: axes.map { axis in
        Factor(
          name: axis.name,
          levels: axis.levels.map(\.text),
          isOrdered: axis.isOrdered,
          scores: axis.scores
        )
      },
      metrics: metrics,
      questions: questions.map(\.question),
      seeds: seeds,
      isPart: sample != nil
    )
  }

  /// What a rule of looks asks to know which cells get more seeds: the questions, or else every change from a baseline
  /// on the first metric, averaged over the settings of the other axes.
  package var decidingQuestions: [Question] {
    guard questions.isEmpty else { return questions.map(\.question) }
    return design(metrics: Array(metrics.prefix(1))).averageQuestions
  }

  /// What people are asked: the spec's questions, or every change from the baseline cell on the first metric.
  ///
  /// Empty where the spec has neither questions nor metrics.
  package var askedQuestions: [AskedQuestion] {
    guard questions.isEmpty else { return questions }
    return design(metrics: metrics).baselineQuestions.map { question in
      let isOnly = axis(named: question.factor)?.axis.levels.count == 2
      return AskedQuestion(
        id: isOnly ? question.factor : "\(question.factor) \(question.to)",
        question: question
      )
    }
  }

  /// What a lesson asks, in its order: the questions that are marked for it, or all where none is.
  package var lessonQuestions: [AskedQuestion] {
    let marked = askedQuestions.filter(\.isForLesson)
    return marked.isEmpty ? askedQuestions : marked
  }

  /// The declaration of a metric, or one without a threshold where the spec has none.
  package func metric(named name: String) -> Metric {
    metrics.first { $0.name == name }
      ?? Metric(name: name, delta: 0, measurand: vocabulary.measurand(of: name))
  }
}
