import Statistics
import Sweeps

/// What the textbook said, and how it is known to fail where it was not right.
struct TextbookSection: ReportSection {
  private let spec: Spec
  private let forecasts: Forecasts?

  init(_ findings: Findings) {
    spec = findings.evidence.spec
    forecasts = findings.forecasts
  }

  var sections: [Section] {
    guard let forecasts else { return [] }
    let entries = spec.textbook.compactMap { forecast in
      forecasts.scoring.textbook(on: forecast.asked.question).map { (forecast, $0) }
    }
    guard !entries.isEmpty else { return [] }
    return [Section("The textbook", [.list(entries.map(line))])]
  }

  private func line(_ textbook: TextbookForecast, _ scored: ScoredForecast) -> Prose {
    let head: Prose = """
      \(strong: spec.name(of: scored.forecast.question)): said \(textbook.direction.rawValue) \
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
