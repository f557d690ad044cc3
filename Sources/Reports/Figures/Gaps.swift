import Charts
import Notation
import Statistics
import Sweeps

extension NearCells {
  /// Training beside validation loss, and what lies between them.
  ///
  /// nil where no run measured both.
  var gaps: Figure? {
    let gaps = cells.compactMap { LossGap($0, spec) }
    guard let first = gaps.first,
      let smallest = gaps.min(by: { ($0.gap.mean ?? 0) < ($1.gap.mean ?? 0) })
    else { return nil }
    let contrast =
      smallest.name == first.name
      ? "" : ", and smallest with \(smallest.name): \(smallest.text(smallest.gap))"
    return Figure(
      name: "gaps",
      title: """
        The gap between validation and training loss is \(first.text(first.gap)) at the \
        \(first.name)\(contrast) (\(Numeral.counted(first.gap.values.count, "seed")))
        """,
      label: gaps.map { gap in
        "\(gap.name): training \(gap.text(gap.train)), validation \(gap.text(gap.valid)), gap "
          + gap.text(gap.gap)
      }.joined(separator: "; ") + ".",
      chart: GapBars(rows: gaps.map(\.row), xLabel: "loss"),
      data: Table(
        columns: [.words("cell")]
          + first.names.flatMap { name in
            [Table.Column.numbers(name), .numbers("95 % CI")]
          } + [.numbers("n")],
        rows: gaps.map { gap in
          [gap.name]
            + [gap.train, gap.valid, gap.gap].flatMap { gap.metric.cells($0).prefix(2) }
            + ["\(gap.gap.values.count)"]
        }
      ),
      note: """
        The baseline, and every cell that one level sets apart from it. Dots are seeds, bars 95 % t \
        intervals over seeds; the gap is the mean of the seeds' own gaps ± half the width of its \
        interval. A smaller gap is not the goal: look at the validation loss.\(note)
        """
    )
  }
}

/// The two losses of a cell and the gap of each seed.
private struct LossGap {
  let name: String
  let train: SeedMean
  let valid: SeedMean
  let gap: SeedMean
  /// What the program calls training loss, validation loss and gap.
  let names: [String]
  let metric = Metric(name: "loss", delta: 0)

  init?(_ cell: NearCell, _ spec: Spec) {
    names = [Measurand.trainLoss, .validLoss, .gap].compactMap { spec.vocabulary.name(of: $0) }
    let pairs = cell.runs.compactMap { run -> (Double, Double)? in
      guard let train = run.final(.trainLoss, spec), let valid = run.final(.validLoss, spec),
        train.isFinite, valid.isFinite
      else { return nil }
      return (train, valid)
    }
    guard !pairs.isEmpty else { return nil }
    name = cell.name
    train = SeedMean(pairs.map(\.0))
    valid = SeedMean(pairs.map(\.1))
    gap = SeedMean(pairs.map { $1 - $0 })
  }

  func text(_ sample: SeedMean) -> String { metric.text(sample) }

  var row: GapBars.Row {
    let half = gap.interval.map { ($0.upper - $0.lower) / 2 }
    let words = gap.mean.map { Numeral.meanAndSpread($0, half) } ?? "–"
    return GapBars.Row(
      label: name,
      train: metric.group(train),
      valid: metric.group(valid),
      gap: words.hasPrefix("−") ? words : "+" + words
    )
  }
}
