/// The whole analysis of a table of runs, as `sweep effects` prints it in JSON.
package struct Analysis: Sendable, Equatable {
  /// A question of the design and what the runs say.
  package struct Answer: Sendable, Equatable {
    package let question: Question
    package let result: ContrastResult

    package init(question: Question, result: ContrastResult) {
      self.question = question
      self.result = result
    }
  }

  /// One per metric, in the design's order.
  package let effects: [Effects]
  package let answers: [Answer]

  /// nil when no predictions were handed in.
  package let scoring: Scoring?

  package init(_ runs: PairedRuns, predictions: [Forecast]? = nil) {
    effects = runs.effects()
    answers = runs.design.questions.map { Answer(question: $0, result: runs.result($0)) }
    scoring = predictions.map { Scoring($0, runs: runs) }
  }
}

extension Analysis: Encodable {
  private enum CodingKeys: CodingKey { case effects, questions, scoring }

  private struct MetricName: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// Writes the effects by metric; `questions` only where the design asks any.
  package func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: CodingKeys.self)
    var byMetric = object.nestedContainer(keyedBy: MetricName.self, forKey: .effects)
    for effects in effects {
      try byMetric.encode(effects, forKey: MetricName(stringValue: effects.metric.name))
    }
    if !answers.isEmpty { try object.encode(answers, forKey: .questions) }
    try object.encode(scoring, forKey: .scoring)
  }
}

extension Analysis.Answer: Encodable {
  private enum CodingKeys: CodingKey { case factor, contrast, from, to, metric, at }

  /// Writes the question's keys beside those of the result; `contrast` only for a trend.
  package func encode(to encoder: any Encoder) throws {
    try result.encode(to: encoder)
    var object = encoder.container(keyedBy: CodingKeys.self)
    try object.encode(question.factor, forKey: .factor)
    if question.kind == .trend { try object.encode(question.kind.rawValue, forKey: .contrast) }
    try object.encode(question.from, forKey: .from)
    try object.encode(question.to, forKey: .to)
    try object.encode(question.metric, forKey: .metric)
    try object.encode(question.at, forKey: .at)
  }
}
