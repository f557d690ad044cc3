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

  package let factors: [Factor]

  /// What the design's rule of looks makes of the runs; nil where all seeds are looked at once.
  package let looks: LookSequence?

  /// nil when no predictions were handed in.
  package let scoring: Scoring?

  package init(_ runs: PairedRuns, predictions: [Forecast]? = nil) {
    factors = runs.design.factors
    looks = runs.looks
    effects = runs.effects()
    answers = runs.design.questions.map { Answer(question: $0, result: runs.result($0)) }
    scoring = predictions.map { Scoring($0, runs: runs) }
  }
}
