/// How one forecaster did over all questions.
package struct PersonSummary: Sendable, Equatable {
  package let who: String
  package let predictions: Int
  package let right: Int
  package let wrong: Int
  package let notSettled: Int

  /// How many have a score: settled, and stated with a confidence.
  package let scored: Int
  package let meanBrier: Double?
  package let meanPoints: Double?

  /// How much better than the textbook, in Brier score, on the settled questions that both
  /// answered.
  package let versusTextbook: Double?

  /// How much better than the others on the same question, averaged over questions.
  package let versusPeers: Double?

  /// 1 is perfect, 0 is what knowing nothing gets.
  package var skill: Double? { meanBrier.map { 1 - $0 / (2.0 / 3) } }

  /// - Parameters:
  ///   - who: Name of the forecaster.
  ///   - own: All that the forecaster predicted, at least one.
  ///   - textbook: What the textbook predicted and got a score for, by question.
  ///   - peers: The scored predictions of everybody but the textbook, by question.
  init(
    _ who: String,
    _ own: [ScoredForecast],
    textbook: [Question: ScoredForecast],
    peers: [Question: [ScoredForecast]]
  ) {
    let settled = own.compactMap { prediction in
      prediction.brier.map { (prediction.forecast.question, $0) }
    }
    let leads = settled.compactMap { question, brier in
      textbook[question]?.brier.map { $0 - brier }
    }
    let margins = settled.compactMap { question, brier in
      let others = (peers[question] ?? []).filter { $0.forecast.who != who }.compactMap(\.brier)
      return others.isEmpty ? nil : mean(others) - brier
    }
    self.who = who
    predictions = own.count
    right = own.count { $0.verdict == .right }
    wrong = own.count { $0.verdict == .wrong }
    notSettled = own.count { $0.verdict == .notSettled }
    scored = settled.count
    meanBrier = settled.isEmpty ? nil : mean(settled.map(\.1))
    meanPoints = settled.isEmpty ? nil : mean(settled.map { points(brier: $0.1) })
    versusTextbook = leads.isEmpty ? nil : mean(leads)
    versusPeers = margins.isEmpty ? nil : mean(margins)
  }
}
