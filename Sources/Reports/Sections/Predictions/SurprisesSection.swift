import Statistics
import Sweeps

/// The outcomes that a class leaned farthest away from.
struct SurprisesSection: ReportSection {
  private let spec: Spec
  private let forecasts: Forecasts?

  init(_ findings: Findings) {
    spec = findings.evidence.spec
    forecasts = findings.finalForecasts
  }

  var sections: [Section] {
    guard let forecasts else { return [] }
    let surprising = forecasts.scoring.mostSurprising.prefix(3)
    guard !surprising.isEmpty else { return [] }
    let section = Section(
      "Most surprising",
      [
        .list(
          surprising.map { summary in
            """
            \(strong: spec.name(of: summary.question)): the class leaned \
            \(summary.plurality?.rawValue ?? "both ways"), observed \
            \(summary.outcome?.rawValue ?? "not settled"). Explain: ______________________________
            """
          }
        )
      ]
    )
    return [section]
  }
}
