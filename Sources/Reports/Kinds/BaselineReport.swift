import Notation
import Sweeps
import Statistics

extension Report {
  /// The baseline cell alone, for the recap before anything is revealed.
  ///
  /// - Parameter evidence: The spec and what became of its runs.
  /// - Returns: A report without any effect.
  package static func baseline(of evidence: Evidence) -> Report {
    let levels = evidence.spec.axes.map(\.baseline.text)
    let runs = evidence.records.filter { $0.run.levels == levels }
    let own = Evidence(
      spec: evidence.spec,
      records: runs,
      planned: evidence.spec.seeds.count,
      excludedCells: 0,
      provenance: evidence.provenance,
      curves: evidence.curves,
      trainerMetrics: evidence.trainerMetrics
    )
    let cell = zip(evidence.spec.axes, levels).map { "\($0.name) \($1)" }.joined(separator: ", ")
    return Report(
      title: "\(evidence.spec.name): the baseline",
      sections: [
        Section(
          "The baseline cell",
          [
            .paragraph("\(strong: cell). Nothing else is shown; predictions stay open."),
            .table(own.baselineTable),
          ]
        ), own.premise,
      ].compactMap { $0 },
      runs: own.runsTable,
      facts: own.facts()
    )
  }
}

extension Evidence {
  /// What a recap looks at, whether or not the spec declares it.
  private static let recapMetrics = [
    "train_loss", "valid_loss", "gap", "train_accuracy", "accuracy", "confidence", "overconfidence",
  ]

  fileprivate var baselineTable: Table {
    let finished = records.filter { $0.status == .ok }
    let declared = metrics().map(\.name)
    let names = declared + Self.recapMetrics.filter { !declared.contains($0) }
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

  /// Whether the baseline over-fits, which most of the textbook takes for granted.
  fileprivate var premise: Section? {
    let finished = records.filter { $0.status == .ok }
    let accuracy = finished.compactMap { $0.measurements.final["train_accuracy"] }
    let gaps = finished.compactMap { $0.measurements.final["gap"] }
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
