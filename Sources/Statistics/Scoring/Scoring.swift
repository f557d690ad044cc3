/// The predictions of a class beside the outcomes: by prediction, by question, by person, and how
/// calibrated.
package struct Scoring: Sendable, Equatable {
  /// The name that textbooks predict under; it is a forecaster like others, outside consensus,
  /// peers and calibration.
  package static let textbook = "textbook"

  package let predictions: [ScoredForecast]
  package let questions: [QuestionSummary]
  package let people: [PersonSummary]
  package let calibration: [CalibrationBin]

  /// Mean confidence minus the share of right predictions, over the scored ones; nil where there
  /// are none.
  package let overconfidence: Double?

  /// Scores what was said about the runs of one design.
  package init(_ forecasts: [Forecast], runs: PairedRuns) {
    var answers: [Question: ContrastResult] = [:]
    let deltas = Dictionary(runs.design.metrics.map { ($0.name, $0.delta) }) { first, _ in first }
    self.init(
      forecasts.map { forecast in
        let question = forecast.question
        let result = answers[question] ?? runs.result(question)
        answers[question] = result
        return ScoredForecast(
          forecast,
          result: result,
          delta: deltas[question.metric] ?? 0,
          premiseHolds: forecast.premise?.holds(for: question, in: runs) ?? nil
        )
      }
    )
  }

  /// Summarizes scored predictions, which may come from several designs whose questions differ.
  ///
  /// - Parameter scored: In the order in which questions and people are to appear; one person's
  ///   prediction for a question is in it once.
  package init(_ scored: [ScoredForecast]) {
    let people = scored.filter { $0.forecast.who != Self.textbook }
    let confident = people.filter { $0.brier != nil }
    self.predictions = scored
    questions = grouped(scored, by: \.forecast.question).map { question, all in
      QuestionSummary(
        question,
        outcome: all[0].outcome,
        predictions: all.filter { $0.forecast.who != Self.textbook }
      )
    }
    let others = Dictionary(grouping: confident, by: \.forecast.question)
    let textbook = Dictionary(
      scored.filter { $0.forecast.who == Self.textbook && $0.brier != nil }
        .map { ($0.forecast.question, $0) }
    ) { _, last in last }
    self.people = grouped(scored, by: \.forecast.who).map { who, own in
      PersonSummary(
        who,
        own,
        textbook: who == Self.textbook ? [:] : textbook,
        peers: who == Self.textbook ? [:] : others
      )
    }
    calibration = CalibrationBin.bins(confident)
    overconfidence =
      confident.isEmpty
      ? nil
      : mean(confident.compactMap(\.confidence))
        - mean(confident.map { $0.verdict == .right ? 1 : 0 })
  }

  /// The questions that have an outcome and scores, those that the class got most wrong first.
  ///
  /// Equal mean scores are ordered by how much the votes were split.
  package var mostSurprising: [QuestionSummary] {
    questions.enumerated().filter { $0.element.meanBrier != nil }
      .sorted { first, second in
        let one = (first.element.meanBrier ?? 0, -first.element.agreement, -first.offset)
        let two = (second.element.meanBrier ?? 0, -second.element.agreement, -second.offset)
        return one > two
      }
      .map(\.element)
  }

  /// The questions worth discussing before the reveal: fewer than 70 % of the votes agree.
  package var splitVotes: [QuestionSummary] {
    questions.filter { $0.agreement < 0.7 }
  }
}

/// Groups in the order in which the keys first appear.
private func grouped<Key: Hashable>(
  _ predictions: [ScoredForecast],
  by key: (ScoredForecast) -> Key
) -> [(Key, [ScoredForecast])] {
  var indexes: [Key: Int] = [:]
  var groups: [(Key, [ScoredForecast])] = []
  for prediction in predictions {
    let name = key(prediction)
    if let index = indexes[name] {
      groups[index].1.append(prediction)
    } else {
      indexes[name] = groups.count
      groups.append((name, [prediction]))
    }
  }
  return groups
}

extension ScoredForecast {
  /// The probability of the stated direction.
  package var confidence: Double? { forecast.belief.map { $0[forecast.direction] } }
}
