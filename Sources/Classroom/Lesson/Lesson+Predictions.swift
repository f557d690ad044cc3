package import Sweeps

extension Lesson {
  /// What is to be sealed of a round of all questions: the answers of the ballots that are closed.
  ///
  /// People are named by their pseudonyms, which nobody else has and which stay whatever a person is called, so that
  /// the same answers give the same predictions as often as they are asked for.
  package func predictions(round: Int) -> [Prediction] {
    syllabus.questions.flatMap { question -> [Prediction] in
      let ballot = self[Ballot.ID(question.id, round: round)]
      guard ballot.state == .closed else { return [] }
      return present.compactMap { person in
        ballot.votes[person.id].map { vote in
          Prediction(
            who: person.pseudonym,
            round: round,
            asked: question,
            direction: vote.direction,
            confidencePercent: vote.confidencePercent,
            rationale: vote.reason
          )
        }
      }
    }
  }
}
