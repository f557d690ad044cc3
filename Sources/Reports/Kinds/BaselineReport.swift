import Statistics
import Sweeps

/// The baseline cell alone, for the recap before anything is revealed: no effect is shown.
package struct BaselineReport: Report {
  /// The runs of the baseline cell.
  private let evidence: Evidence
  private let cell: String

  /// - Parameter evidence: The spec and what became of its runs.
  package init(of evidence: Evidence) {
    let axes = evidence.spec.axes
    let levels = axes.map(\.baseline.text)
    self.evidence = Evidence(
      spec: evidence.spec,
      records: evidence.records.filter { $0.run.levels == levels },
      planned: evidence.spec.seeds.count,
      excludedCells: 0,
      provenance: evidence.provenance,
      curves: evidence.curves
    )
    cell = zip(axes, levels).map { "\($0.name) \($1)" }.joined(separator: ", ")
  }

  package var title: String { "\(evidence.spec.name): the baseline" }

  package var sections: [Section] {
    let baseline = Section(
      "The baseline cell",
      [
        .paragraph("\(strong: cell). Nothing else is shown; predictions stay open."),
        .table(table),
      ]
    )
    return [baseline, curves, premise].compactMap(\.self)
  }

  package var subject: ReportSubject? { ReportSubject(.baseline, of: evidence) }

  package var runs: RunsTable? { evidence.runsTable }

  package var facts: Facts { SweepFacts(evidence).facts }

  /// What a recap looks at, whether or not the spec declares it.
  private static let recapMeasurands: [Measurand] = [
    .trainLoss, .validLoss, .gap, .trainAccuracy, .accuracy, .confidence, .overconfidence,
  ]

  private var table: Table {
    let finished = evidence.records.filter { $0.status == .ok }
    let declared = evidence.metrics().map(\.name)
    let usual = Self.recapMeasurands.compactMap { evidence.spec.vocabulary.name(of: $0) }
    let names = declared + usual.filter { !declared.contains($0) }
    let rows: [[String]] = names.compactMap { name in
      let values = finished.compactMap { $0.measurements.final[name] }.filter(\.isFinite)
      guard !values.isEmpty else { return nil }
      let spread = values.count > 1 ? standardDeviation(values) : nil
      return [name, Numeral.meanAndSpread(mean(values), spread), "\(values.count)"]
    }
    return Table(
      columns: [.words("metric"), .numbers("mean ± sd"), .numbers("n")],
      rows: rows,
      note: "Mean ± standard deviation over seeds."
    )
  }

  /// Its learning curves, where they were gathered.
  private var curves: Section? {
    let figures = TrainingCurves(
      near: NearCells(of: evidence.records, spec: evidence.spec),
      metrics: evidence.metrics(),
      sampleSize: evidence.curveSampleSize
    ).figures
    return figures.isEmpty ? nil : Section("How it learns", figures.map { .figure($0) })
  }

  /// Whether the baseline over-fits, which most of the textbook takes for granted.
  private var premise: Section? {
    let finished = evidence.records.filter { $0.status == .ok }
    func values(_ measurand: Measurand) -> [Double] {
      finished.compactMap { $0.final(measurand, evidence.spec) }
    }
    let accuracy = values(.trainAccuracy)
    let gaps = values(.gap)
    guard !accuracy.isEmpty, !gaps.isEmpty else { return nil }
    return Section(
      "Does it over-fit?",
      [
        .paragraph(
          """
          Training accuracy \(Numeral.significant(mean(accuracy) * 100)) %, gap between validation and \
          training loss \(Numeral.significant(mean(gaps))), means of \
          \(Numeral.counted(finished.count, "seed")). A network that over-fits has a training accuracy near \
          100 % and a gap well above 0: only then is there something for a regularizer to gain.
          """
        )
      ]
    )
  }
}
