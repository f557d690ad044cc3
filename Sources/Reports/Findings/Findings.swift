import Statistics

/// What the runs of a sweep say, worked out once for all that reports show of it.
struct Findings {
  let evidence: Evidence
  /// Whether people's scores are listed, which a class is spared unless it asks for them.
  let ranksPeople: Bool
  let design: Design
  let runs: PairedRuns
  let analysis: Analysis
  /// Nil where nobody predicted anything, the textbook neither.
  let forecasts: Forecasts?
  /// The changes that pair runs of different versions of a program.
  let mixed: MixedContrasts

  init(_ evidence: Evidence, ranksPeople: Bool = false) {
    self.evidence = evidence
    self.ranksPeople = ranksPeople
    design = evidence.design
    runs = PairedRuns(evidence.table, design: design)
    analysis = Analysis(runs)
    forecasts = Forecasts(evidence)
    mixed = MixedContrasts(evidence, design: design)
  }

  /// The predictions once they may be called right or wrong: nil while runs are missing.
  var finalForecasts: Forecasts? { evidence.isFinal ? forecasts : nil }
}
