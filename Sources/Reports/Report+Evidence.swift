import Experiments
import Statistics

extension Report {
  /// Writes the report of a sweep.
  ///
  /// - Parameter evidence: The spec and what became of its runs.
  package init(of evidence: Evidence) {
    let design = evidence.design
    let analysis = Analysis(PairedRuns(evidence.table, design: design))
    var sections: [Section?] = [evidence.overview, analysis.findings(design)]
    if let forecasts = Forecasts(evidence) { sections += evidence.predictionSections(forecasts) }
    sections += analysis.effectSections(design)
    sections += [
      evidence.levelMeans(analysis.effects), evidence.cells, evidence.failures, evidence.methods,
    ]
    self.init(
      title: evidence.spec.name,
      sections: sections.compactMap { $0 },
      runs: evidence.runsTable
    )
  }
}

extension Analysis {
  /// The effects per metric, the differences they rest on, doses, and interactions.
  func effectSections(_ design: Design) -> [Section] {
    effects.map { $0.section(alpha: design.alpha) }
      + [perSeed(design), doseResponse(design), interactions(design)].compactMap { $0 }
  }
}
