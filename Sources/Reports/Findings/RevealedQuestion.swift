package import Statistics
package import Sweeps

/// What the runs say about one question, and nothing of what they say about another.
///
/// It holds differences and no values of runs: two values that stand in two questions could be subtracted.
package struct RevealedQuestion: Sendable {
  /// What the textbook said beforehand, beside what came out.
  package struct Textbook: Sendable {
    package let forecast: TextbookForecast
    package let verdict: Verdict
    /// Known ways in which it fails, as candidates and not as causes; none where it was right.
    package let failures: [TextbookFailures.Failure]
  }

  /// The change in one seed, everything else equal.
  package struct Difference: Sendable, Equatable {
    package let seed: Int
    /// On the scale of the analysis; ``RevealedQuestion/text`` writes it.
    package let change: Double
  }

  package let asked: AskedQuestion
  /// What was measured, with the smallest change that matters.
  package let metric: Metric
  /// nil where the spec quotes none.
  package let textbook: Textbook?
  /// By ascending seed.
  package let differences: [Difference]
  /// The mean of the differences, on the scale of the analysis; nil where nothing could be compared.
  package let estimate: Double?
  /// Its 95 % interval, on the same scale; nil below two seeds that differ.
  package let interval: Interval?
  /// What came out; nil where the runs do not settle it.
  package let outcome: Direction?
  /// What came out in one or two words, and in a sentence.
  package let verdict: String
  package let sentence: Prose
  /// Writes changes in the metric's unit.
  package let text: EffectText
  /// How many settings of the other axes each difference is averaged over.
  package let settingCount: Int
  /// Whether no run of the sweep is missing.
  package let isFinal: Bool
  /// Before the change and after it; empty where they would give away a question that is sealed.
  package let curves: [ArmCurve]

  /// How many seeds the estimate is the mean of.
  package var seedCount: Int { differences.count }

  /// What the interval is of: "95 % t interval of the mean difference, over 6 seeds".
  package var coverage: String {
    let settings = settingCount > 1 ? ", each averaged over \(settingCount) settings" : ""
    return "95 % t interval of the mean difference, over \(Numeral.counted(seedCount, "seed"))"
      + settings
  }

  /// - Parameters:
  ///   - asked: The question.
  ///   - evidence: The spec and what became of its runs.
  ///   - showsCurves: Whether the curves of what it compares give no sealed question away.
  /// - Throws: What reading curves throws.
  package init(_ asked: AskedQuestion, of evidence: Evidence, showsCurves: Bool) throws {
    let design = evidence.design
    let question = asked.question
    let result = PairedRuns(evidence.table, design: design).result(question)
    let metric = design.metric(named: question.metric)
    self.asked = asked
    self.metric = metric
    textbook = Textbook(on: question, in: evidence)
    differences = zip(result.seeds, result.perSeed).map(Difference.init)
    estimate = result.estimate
    interval = result.test?.confidence95
    outcome = result.outcome
    verdict = EffectWording.outcome(result)
    sentence = EffectWording.sentence(
      question.factor,
      from: question.from,
      to: question.to,
      held: question.held,
      metric: metric,
      result: result
    )
    text = EffectText(result, of: metric)
    settingCount = result.settings.total
    isFinal = evidence.isFinal
    curves = showsCurves ? try ArmCurve.curves(of: question, in: evidence) : []
  }
}

extension RevealedQuestion.Textbook {
  fileprivate init?(on question: Question, in evidence: Evidence) {
    guard let forecast = evidence.spec.textbook.first(where: { $0.asked.question == question }),
      let scored = Forecasts(evidence)?.scoring.textbook(on: question)
    else { return nil }
    self.forecast = forecast
    verdict = scored.verdict
    failures =
      scored.verdict == .right ? [] : forecast.failsWhen.compactMap(TextbookFailures.failure)
  }
}
