package import Statistics
package import Sweeps

/// What a lesson is about: the questions that are asked, in their order, and what the textbook says of them.
package struct Syllabus: Sendable, Equatable {
  /// The name of the sweep.
  package let title: String
  package let questions: [AskedQuestion]
  package let textbook: [TextbookForecast]
  package let metrics: [Metric]
  /// Whether the runs keep networks that can be tried at the end.
  package let keepsNetworks: Bool

  package init(
    title: String,
    questions: [AskedQuestion],
    textbook: [TextbookForecast],
    metrics: [Metric],
    keepsNetworks: Bool = false
  ) {
    self.title = title
    self.questions = questions
    self.textbook = textbook
    self.metrics = metrics
    self.keepsNetworks = keepsNetworks
  }

  /// Takes what a spec asks, or a part of it.
  ///
  /// - Parameters:
  ///   - spec: The sweep of the lesson.
  ///   - ids: The questions that the lesson has time for, in its order; empty for those that the
  ///     spec marks for a lesson.
  /// - Throws: `LessonRefusal.unknownQuestion` where the spec asks no such question.
  package init(_ spec: Spec, only ids: [String] = []) throws(LessonRefusal) {
    let all = spec.askedQuestions
    var chosen: [AskedQuestion] = []
    for id in ids {
      guard let question = all.first(where: { $0.id == id }) else {
        throw .unknownQuestion(id, known: all.map(\.id))
      }
      if !chosen.contains(question) { chosen.append(question) }
    }
    self.init(
      title: spec.name,
      questions: ids.isEmpty ? spec.lessonQuestions : chosen,
      textbook: spec.textbook,
      metrics: spec.metrics,
      keepsNetworks: spec.keep.contains(.weights) && spec.program == nil
    )
  }

  package func question(_ id: String) -> AskedQuestion? { questions.first { $0.id == id } }

  package func textbook(on id: String) -> TextbookForecast? {
    textbook.first { $0.asked.id == id }
  }

  /// What a question measures; without a threshold where nothing declares one.
  package func metric(of question: AskedQuestion) -> Metric {
    let name = question.question.metric
    return metrics.first { $0.name == name } ?? Metric(name: name, delta: 0)
  }
}
