import Notation

extension Spec {
  /// What people are asked: the spec's questions, or every change from the baseline cell on the first metric.
  ///
  /// Empty where the spec has neither questions nor metrics.
  package var askedQuestions: [Question] {
    guard questions.isEmpty, let metric = metrics.first else { return questions }
    return axes.flatMap { axis in
      let held = axes.filter { $0.name != axis.name }
        .map { Question.Setting(factor: $0.name, level: $0.baseline.text) }
      return axis.levels.dropFirst().map { level in
        Question(
          id: axis.levels.count == 2 ? axis.name : "\(axis.name) \(level.text)",
          factor: axis.name,
          from: axis.baseline.text,
          to: level.text,
          metric: metric.name,
          at: held,
          ask: ""
        )
      }
    }
  }
}
