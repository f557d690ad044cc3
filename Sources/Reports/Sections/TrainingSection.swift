import Notation
import Statistics
import Sweeps

/// How the networks trained and what they saw, in figures.
struct TrainingSection: ReportSection {
  private let near: NearCells
  private let metrics: [Metric]
  private let curveSampleSize: Int?
  private let pictures: Pictures?
  /// For each run that might stop early, the phase of the training that patience ended last; 0 for none.
  private let stoppedPhases: [Int]

  init(_ findings: Findings) {
    near = NearCells(of: findings.evidence.records, spec: findings.evidence.spec)
    metrics = findings.evidence.metrics()
    curveSampleSize = findings.evidence.curveSampleSize
    pictures = findings.evidence.pictures
    let (spec, records) = (findings.evidence.spec, findings.evidence.records)
    stoppedPhases = records.compactMap { $0.final(.stoppedPhase, spec, as: .bookkeeping) }
      .compactMap { Int(exactly: $0) }
  }

  var sections: [Section] {
    let curves = TrainingCurves(near: near, metrics: metrics, sampleSize: curveSampleSize)
    let figures =
      curves.figures + [near.gaps].compactMap(\.self)
      + near.networkFigures(metrics, sampleSize: curveSampleSize)
      + [Reliability(near)?.figure].compactMap(\.self)
      + (pictures?.figures ?? [])
    let blocks = figures.map { Block.figure($0) } + (stopping.map { [.paragraph($0)] } ?? [])
    return blocks.isEmpty ? [] : [Section("How they trained", blocks)]
  }

  /// In which phase of the training runs stopped early.
  private var stopping: Prose? {
    guard !stoppedPhases.isEmpty else { return nil }
    let counts = Set(stoppedPhases).sorted().map { phase in
      let count = stoppedPhases.count { $0 == phase }.grouped
      return phase == 0 ? "no phase in \(count)" : "phase \(phase) last in \(count)"
    }
    return """
      Early stopping, over \(Numeral.counted(stoppedPhases.count, "run")): patience ended \
      \(counts.joined(separator: ", ")). Each phase of a training counts its own epochs without improvement.
      """
  }
}
