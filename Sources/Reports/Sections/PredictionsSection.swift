import Notation
import Sweeps
import Statistics

extension Evidence {
  /// What was predicted beside what was observed.
  ///
  /// - Parameters:
  ///   - forecasts: The scored predictions.
  ///   - ranksPeople: Whether people's scores are listed.
  /// - Returns: The table first, then what it teaches; scores only when no run is missing.
  func predictionSections(_ forecasts: Forecasts, ranksPeople: Bool) -> [Section] {
    var sections = [predictionTable(forecasts)]
    let scoring = forecasts.scoring
    if unfinished == 0 {
      sections += [surprises(scoring), calibration(scoring)].compactMap { $0 }
      if ranksPeople, let ranking = ranking(scoring) { sections.append(ranking) }
    }
    if let split = splitVotes(scoring) { sections.insert(split, at: 1) }
    if let textbook = textbook(scoring) { sections.append(textbook) }
    return sections
  }

  private func predictionTable(_ forecasts: Forecasts) -> Section {
    let scoring = forecasts.scoring
    let rows = scoring.questions.map { summary in
      [
        name(of: summary.question), votes(summary),
        votes(forecasts.afterDiscussion.questions.first { $0.question == summary.question }),
        summary.consensus.map(consensus) ?? "–",
        scoring.textbook(on: summary.question).map { $0.forecast.direction.rawValue } ?? "–",
        outcome(of: summary), rightShare(summary),
      ]
    }
    var blocks: [Block] = [
      .table(
        Table(
          columns: [
            .words("question"), .words("votes ↓ / – / ↑"), .words("after discussion"),
            .words("consensus"), .words("textbook"), .words("observed"), .words("class right"),
          ],
          rows: rows,
          note: """
            Votes count people who said down, none or up before the runs; round 1 is scored. The \
            consensus is the mean probability of down / none / up. A question that is not settled is \
            void for everybody.
            """
        )
      )
    ]
    blocks += standing.map { .paragraph($0) }
    return Section("Predictions", blocks)
  }

  private var standing: [Prose] {
    guard let predictions else { return [] }
    var lines: [Prose] = []
    if unfinished > 0 {
      lines.append("\(strong: "Provisional:") runs are missing, so nothing is scored yet.")
    }
    if case .extended(let from, let to) = predictions.change {
      lines.append(
        "\(strong: "Extended") from \(from) to \(to) seeds after the predictions were sealed."
      )
    }
    if !predictions.late.isEmpty {
      let people = Set(predictions.late.map(\.prediction.who)).count
      lines.append(
        "\(Numeral.counted(predictions.late.count, "prediction")) of \(people) people came after the first result: late, and not scored."
      )
    }
    let people = Set(predictions.eligible.map(\.prediction.who)).count
    lines.append(
      "\(Numeral.counted(predictions.eligible.count, "prediction")) of \(people) people, sealed before the first result; chain verified, head \(code: predictions.head)."
    )
    return lines
  }

  /// The spec's id of a question, else its change in words.
  func name(of question: Question) -> String {
    spec.questions.first { $0.question == question }?.id
      ?? "\(question.factor) \(question.from) → \(question.to)\(question.held): \(question.metric)"
  }

  private func votes(_ summary: QuestionSummary?) -> String {
    guard let summary, summary.voters > 0 else { return "–" }
    return Direction.allCases.map { "\(summary.votes[$0] ?? 0)" }.joined(separator: " / ")
  }

  private func consensus(_ belief: Belief) -> String {
    Direction.allCases.map { Numeral.fixed(belief[$0], decimals: 2) }.joined(separator: " / ")
  }

  private func outcome(of summary: QuestionSummary) -> String {
    let word = summary.outcome?.rawValue ?? "not settled"
    return unfinished > 0 ? word + " (provisional)" : word
  }

  private func rightShare(_ summary: QuestionSummary) -> String {
    guard unfinished == 0, let outcome = summary.outcome, summary.voters > 0 else { return "–" }
    return "\(summary.votes[outcome] ?? 0) of \(summary.voters)"
  }

  /// What a class does not agree on is worth a discussion before the outcome is looked at.
  private func splitVotes(_ scoring: Scoring) -> Section? {
    let split = scoring.splitVotes.filter { $0.voters > 1 }
    guard !split.isEmpty else { return nil }
    return Section(
      "Worth discussing",
      [
        .paragraph("Fewer than 70 % of the votes agree on:"),
        .list(
          split.map { "\(strong: name(of: $0.question)): \(votes($0)) said down / none / up." }
        ),
      ]
    )
  }

  private func surprises(_ scoring: Scoring) -> Section? {
    let surprising = scoring.mostSurprising.prefix(3)
    guard !surprising.isEmpty else { return nil }
    return Section(
      "Most surprising",
      [
        .list(
          surprising.map { summary in
            """
            \(strong: name(of: summary.question)): the class leaned \
            \(summary.plurality?.rawValue ?? "both ways"), observed \
            \(summary.outcome?.rawValue ?? "not settled"). Explain: ______________________________
            """
          }
        )
      ]
    )
  }

  /// Below this many scored predictions a calibration curve is noise.
  private static let calibrationMinimum = 20

  private func calibration(_ scoring: Scoring) -> Section? {
    let scored = scoring.calibration.reduce(0) { $0 + $1.count }
    guard scored >= Self.calibrationMinimum else { return nil }
    let rows = scoring.calibration.filter { $0.count > 0 }.map { bin in
      [
        "\(Int(bin.lower * 100))–\(Int(bin.upper * 100)) %", "\(bin.count)",
        bin.meanConfidence.map { Numeral.fixed($0 * 100, decimals: 0) + " %" } ?? "–",
        bin.shareRight.map { Numeral.fixed($0 * 100, decimals: 0) + " %" } ?? "–",
        bin.wilson95.map {
          Numeral.fixed($0.lower * 100, decimals: 0) + " to "
            + Numeral.fixed($0.upper * 100, decimals: 0) + " %"
        } ?? "–",
      ]
    }
    let excess = scoring.overconfidence ?? 0
    return Section(
      "How sure, and how often right",
      [
        .table(
          Table(
            columns: [
              .words("stated confidence"), .numbers("n"), .numbers("mean"), .numbers("right"),
              .words("95 % CI (Wilson)"),
            ],
            rows: rows
          )
        ),
        .paragraph(
          """
          Over \(Numeral.counted(scored, "scored prediction")) the class was \
          \(Numeral.fixed(abs(excess) * 100, decimals: 0)) points \
          \(excess > 0 ? "surer than right: over-confident" : "less sure than right"), \
          just as a network can be.
          """
        ),
      ]
    )
  }

  private func textbook(_ scoring: Scoring) -> Section? {
    let entries = spec.textbook.compactMap { forecast in
      scoring.textbook(on: forecast.asked.question).map { (forecast, $0) }
    }
    guard !entries.isEmpty else { return nil }
    return Section("The textbook", [.list(entries.map(line))])
  }

  private func line(_ textbook: TextbookForecast, _ scored: ScoredForecast) -> Prose {
    let head: Prose = """
      \(strong: name(of: scored.forecast.question)): said \(textbook.direction.rawValue) \
      (\(textbook.confidencePercent) %), \(strong: words(scored.verdict)). Source: \(textbook.source).
      """
    guard scored.verdict != .right else { return head }
    let candidates = textbook.failsWhen.compactMap(TextbookFailures.failure)
    guard !candidates.isEmpty else { return head }
    let reasons = candidates.map { "\($0.key) \($0.explanation) (\($0.source))" }
    return head
      + " Known ways in which it fails, as candidates and not as causes: \(reasons.joined(separator: " "))"
  }

  private func words(_ verdict: Verdict) -> String {
    switch verdict {
    case .right: "right"
    case .wrong: "wrong"
    case .notSettled: "not settled"
    case .premiseNotMet: "premise not met: the baseline does not over-fit"
    }
  }
}

extension Scoring {
  /// What the textbook said about a question.
  func textbook(on question: Question) -> ScoredForecast? {
    predictions.first { $0.forecast.who == Scoring.textbook && $0.forecast.question == question }
  }
}
