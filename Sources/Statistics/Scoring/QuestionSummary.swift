/// What a class said about one question, the textbook left out.
package struct QuestionSummary: Sendable, Equatable {
  package let question: Question
  package let outcome: Direction?
  package let votes: [Direction: Int]

  /// The direction with the most votes, unless two have as many.
  package let plurality: Direction?

  /// The mean of the beliefs; nil where nobody stated one.
  package let consensus: Belief?
  package let consensusBrier: Double?
  package let meanBrier: Double?

  package var voters: Int { votes.values.reduce(0, +) }

  /// The share of votes for the strongest direction; 1 where nobody voted.
  package var agreement: Double {
    voters == 0 ? 1 : Double(votes.values.max() ?? 0) / Double(voters)
  }

  /// Mean score minus the score of the mean, never negative: a crowd is no worse than its average
  /// member.
  ///
  /// Reference: Krogh, Vedelsby (1995), Neural network ensembles, cross validation, and active
  /// learning, NIPS 7.
  package var diversity: Double? {
    meanBrier.flatMap { mean in consensusBrier.map { mean - $0 } }
  }

  init(_ question: Question, outcome: Direction?, predictions: [ScoredForecast]) {
    let votes = Dictionary(
      uniqueKeysWithValues: Direction.allCases.map { direction in
        (direction, predictions.count { $0.forecast.direction == direction })
      }
    )
    let most = votes.values.max() ?? 0
    let leading = Direction.allCases.filter { votes[$0] == most }
    let beliefs = predictions.compactMap(\.forecast.belief)
    let consensus = beliefs.isEmpty ? nil : Belief(averaging: beliefs)
    self.question = question
    self.outcome = outcome
    self.votes = votes
    self.consensus = consensus
    plurality = most > 0 && leading.count == 1 ? leading[0] : nil
    consensusBrier = outcome.flatMap { consensus?.brier($0) }
    meanBrier = outcome.flatMap { outcome in
      beliefs.isEmpty ? nil : mean(beliefs.map { $0.brier(outcome) })
    }
  }
}
