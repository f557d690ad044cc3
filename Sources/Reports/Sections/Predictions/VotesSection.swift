import Statistics
import Sweeps

/// What people voted, question by question, each with its answer behind a click.
struct VotesSection: ReportSection {
  private let spec: Spec
  private let forecasts: Forecasts?
  private let isFinal: Bool

  init(_ findings: Findings) {
    spec = findings.evidence.spec
    forecasts = findings.forecasts
    isFinal = findings.evidence.isFinal
  }

  var sections: [Section] {
    guard let forecasts else { return [] }
    let blocks = forecasts.scoring.questions.flatMap { summary -> [Block] in
      let name = spec.name(of: summary.question)
      let swarm = forecasts.swarm(on: summary, name: name, isFinal: isFinal)
      let answer = swarm.map { Block.disclosure("What came out", [.figure($0)]) }
      return forecasts.votes(on: summary.question, name: name).map { .figure($0) }
        + [answer].compactMap(\.self)
    }
    return blocks.isEmpty ? [] : [Section("The votes", blocks)]
  }
}
