import Statistics

/// How the networks trained and what they saw, in figures.
struct TrainingSection: ReportSection {
  private let near: NearCells
  private let metrics: [Metric]
  private let curveSampleSize: Int?
  private let pictures: Pictures?

  init(_ findings: Findings) {
    near = NearCells(of: findings.evidence.records, spec: findings.evidence.spec)
    metrics = findings.evidence.metrics()
    curveSampleSize = findings.evidence.curveSampleSize
    pictures = findings.evidence.pictures
  }

  var sections: [Section] {
    let curves = TrainingCurves(near: near, metrics: metrics, sampleSize: curveSampleSize)
    let figures =
      curves.figures + [near.gaps].compactMap(\.self)
      + near.networkFigures(metrics, sampleSize: curveSampleSize)
      + [Reliability(near)?.figure].compactMap(\.self)
      + (pictures?.figures ?? [])
    return figures.isEmpty ? [] : [Section("How they trained", figures.map { .figure($0) })]
  }
}
