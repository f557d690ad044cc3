import Statistics

/// The answers to the questions in sentences.
struct AnswersSection: ReportSection {
  let analysis: Analysis
  let design: Design

  var sections: [Section] { asked.isEmpty ? [] : [Section("The answers in sentences", asked)] }

  private var asked: [Block] {
    let answers = analysis.answers.map { answer in
      EffectWording.sentence(
        answer.question.factor,
        from: answer.question.start,
        to: answer.question.end,
        held: answer.question.held,
        metric: design.metric(named: answer.question.metric),
        result: answer.result
      )
    }
    return answers.isEmpty
      ? [] : [.paragraph("Each answer holds in the cell that it names."), .list(answers)]
  }
}

extension AnswersSection {
  init(_ findings: Findings) {
    self.init(analysis: findings.analysis, design: findings.design)
  }
}

extension Design {
  /// The declaration of a metric, or one without a threshold where the design has none.
  func metric(named name: String) -> Metric {
    metrics.first { $0.name == name } ?? Metric(name: name, delta: 0)
  }
}

extension Question {
  /// What is held fixed, as it follows the change: ", with dropout 0 and tuning full".
  package var held: String {
    guard !at.isEmpty else { return "" }
    let parts = at.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    let list =
      parts.count == 1
      ? parts[0]
      : parts.dropLast().joined(separator: ", ") + " and " + parts[parts.count - 1]
    return ", with " + list
  }
}
