import Notation
import Sweeps
import Statistics

extension Report {
  /// Writes the report of a sweep.
  ///
  /// - Parameters:
  ///   - evidence: The spec and what became of its runs.
  ///   - ranksPeople: Whether people's scores are listed, which a class is spared unless it asks for them.
  package init(of evidence: Evidence, ranksPeople: Bool = false) {
    let design = evidence.design
    let runs = PairedRuns(evidence.table, design: design)
    let analysis = Analysis(runs)
    let forecasts = Forecasts(evidence)
    let findings = analysis.findings(design)
    // What people voted is seen before what came out.
    var sections: [Section?] = [evidence.overview, forecasts.flatMap(evidence.votes), findings]
    if let forecasts {
      sections += evidence.predictionSections(forecasts, ranksPeople: ranksPeople)
    }
    sections += analysis.effectSections(design)
    sections += [
      evidence.training, evidence.levelMeans(analysis.effects, map: analysis.strongestPair(runs)),
      evidence.cells, evidence.spread(analysis.effects, runs), evidence.failures,
      evidence.sharedWork, evidence.methods,
    ]
    self.init(
      title: evidence.spec.name,
      sections: sections.compactMap { $0 },
      runs: evidence.runsTable,
      facts: evidence.facts(
        effects: analysis.effects,
        questions: forecasts == nil ? evidence.spec.questions : evidence.spec.askedQuestions,
        forecasts: forecasts,
        findings: findings
      )
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
