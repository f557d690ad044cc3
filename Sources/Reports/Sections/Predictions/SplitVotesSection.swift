import Statistics
import Sweeps

/// What a class does not agree on, which is worth a discussion before the outcome is looked at.
struct SplitVotesSection: ReportSection {
  private let spec: Spec
  private let forecasts: Forecasts?

  init(_ findings: Findings) {
    spec = findings.evidence.spec
    forecasts = findings.forecasts
  }

  var sections: [Section] {
    guard let forecasts else { return [] }
    let split = forecasts.scoring.splitVotes.filter { $0.voters > 1 }
    guard !split.isEmpty else { return [] }
    let section = Section(
      "Worth discussing",
      [
        .paragraph("Fewer than 70 % of the votes agree on:"),
        .list(
          split.map {
            "\(strong: spec.name(of: $0.question)): \($0.votesText) said down / none / up."
          }
        ),
      ]
    )
    return [section]
  }
}
