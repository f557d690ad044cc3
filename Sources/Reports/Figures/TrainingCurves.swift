import Charts
import Notation
import Statistics
import Sweeps

/// Training and validation over the epochs: the baseline and what each single level makes of it.
struct TrainingCurves {
  let near: NearCells
  /// The metrics of the analysis, for programs that print no losses by the usual names.
  let metrics: [Metric]
  /// How many images of a set a point is measured on; nil for all of them.
  let sampleSize: Int?

  /// Losses, and beside them how often the networks were right; empty where the curves were not read or no program
  /// printed any.
  var figures: [Figure] {
    let losses = near.cells.compactMap { cell in
      (curves(of: self.losses, in: cell) ?? otherCurves(in: cell)).map { (cell: cell, curves: $0) }
    }
    let accuracies = near.cells.compactMap { cell in
      curves(of: self.accuracies, in: cell).map { (cell: cell, curves: $0) }
    }
    let drawn = Set(losses.flatMap(\.curves).map(\.name))
    let isOther = accuracies.flatMap(\.curves).contains { !drawn.contains($0.name) }
    return [
      figure("curves", losses), isOther ? figure("curves-accuracy", accuracies) : nil,
    ].compactMap(\.self)
  }

  private typealias Panel = (cell: NearCell, curves: [SeedCurves])

  private func figure(_ name: String, _ panels: [Panel]) -> Figure? {
    guard let first = panels.first, let last = first.curves.last else { return nil }
    let all = panels.flatMap(\.curves)
    return Figure(
      name: name,
      title: title(first.cell, first.curves),
      label: panels.map { panel in
        "\(panel.cell.name): "
          + panel.curves.map { "\($0.name) ends at \($0.endText)" }.joined(separator: ", ")
      }.joined(separator: "; ") + ".",
      chart: LearningCurves(
        panels: panels.map { panel in
          LearningCurves.Panel(title: panel.cell.name, series: panel.curves.map(\.series))
        },
        xLabel: last.unit,
        yLabel: Set(all.map(\.name)).count == 1 ? last.name : Self.commonName(all.map(\.name)),
        panelLimit: NearCells.limit,
        lineLimit: Self.lineLimit
      ),
      data: Table(
        columns: [
          .words("cell"), .words("curve"), .numbers("best mean"), .numbers("at"),
          .numbers("last mean"), .numbers("95 % CI"), .numbers("n"),
        ],
        rows: panels.flatMap { panel in panel.curves.map { [panel.cell.name] + $0.cells } }
      ),
      note: """
        A thin line is one seed, the thick line the mean over seeds and the band its 95 % t interval at \
        each \(last.unit), not the spread of the runs.\(sampleNote)\(SeedCurves.thinningNote(all))\(near.note)
        """
    )
  }

  /// The first of these that a program prints is drawn.
  ///
  /// Those that the trainer's words do not have are what Keras prints, and what is common in PyTorch.
  private var losses: [[String]] {
    names(.trainLoss, .validLoss)
      + [["loss", "val_loss"], names(.trainLoss, .validLoss)[1].prefix(1) + ["val_loss"]]
  }

  private var accuracies: [[String]] {
    names(.trainAccuracy, .accuracy) + [["accuracy", "val_accuracy"]]
  }

  /// What the trainer calls them as points of curves, and as results.
  private func names(_ measurands: Measurand...) -> [[String]] {
    [MetricDescription.Role.curve, .result].map { role in
      measurands.compactMap { near.spec.vocabulary.name(of: $0, as: role) }
    }
  }

  private func curves(of names: [[String]], in cell: NearCell) -> [SeedCurves]? {
    names.map { names in names.compactMap { curves(of: $0, in: cell) } }.first { !$0.isEmpty }
  }

  private static let lineLimit = 20

  private var sampleNote: String {
    sampleSize.map {
      " Measured on \($0.grouped) images of each set, the last point on all of them."
    } ?? ""
  }

  /// Programs that print no losses by these names: the first declared metric that has a curve.
  private func otherCurves(in cell: NearCell) -> [SeedCurves]? {
    metrics.lazy.compactMap { curves(of: $0.name, in: cell) }.first.map { [$0] }
  }

  /// The curves of a metric, by the name of the result that its points are measured like.
  private func curves(of metric: String, in cell: NearCell) -> SeedCurves? {
    let vocabulary = near.spec.vocabulary
    let result = vocabulary.measurand(of: metric).flatMap { vocabulary.name(of: $0) }
    return SeedCurves(metric, named: result ?? metric, in: cell)
  }

  private func title(_ cell: NearCell, _ curves: [SeedCurves]) -> Prose {
    let ends = curves.map { "\($0.name) ends at \($0.endText)" }.joined(separator: ", ")
    let turn = curves.last.flatMap(\.turnText).map { "; \($0)" } ?? ""
    let seeds = Numeral.counted(curves.map(\.seedCount).max() ?? 0, "seed")
    return "\(cell.name): \(ends)\(turn) (\(seeds))"
  }

  private static func commonName(_ names: [String]) -> String {
    names.allSatisfy { $0.hasSuffix("loss") } ? "loss" : names[0]
  }
}

/// One measured quantity along the training, for all seeds of a cell.
private struct SeedCurves {
  let name: String
  let unit: String
  /// The epochs or steps that are drawn, ascending.
  let positions: [Double]
  /// How many there are before thinning.
  let positionCount: Int
  /// One array per seed: its value at each drawn position, nil where it has none.
  let values: [[Double?]]

  /// Positions of one curve that are drawn.
  private static let positionLimit = 60

  /// - Returns: nil where no run has such a curve.
  init?(_ metric: String, named name: String, in cell: NearCell) {
    let curves = cell.runs.map { run in
      run.measurements.curve.compactMap { point in
        point.metrics[metric].flatMap { $0.isFinite ? (point, $0) : nil }
      }
    }.filter { !$0.isEmpty }
    guard let unit = curves.first?.first?.0.unit else { return nil }
    let all = Set(curves.flatMap { $0.map(\.0.position) }).sorted()
    let drawn = Self.thinned(all)
    self.name = name
    self.unit = unit.rawValue
    positions = drawn
    positionCount = all.count
    values = curves.map { curve in
      let byPosition = Dictionary(curve.map { ($0.0.position, $0.1) }) { _, last in last }
      return drawn.map { byPosition[$0] }
    }
  }

  private var metric: Metric { Metric(name: name, delta: 0) }

  /// Over the seeds, at each drawn position.
  private var samples: [SeedMean] {
    positions.indices.map { place in SeedMean(values.compactMap { metric.analyzed($0[place]) }) }
  }

  /// Evenly chosen positions, the first and the last among them.
  private static func thinned(_ positions: [Double]) -> [Double] {
    guard positions.count > positionLimit else { return positions }
    return (0..<positionLimit).map { positions[$0 * (positions.count - 1) / (positionLimit - 1)] }
  }

  static func thinningNote(_ curves: [SeedCurves]) -> String {
    guard let most = curves.map(\.positionCount).max(), most > positionLimit else { return "" }
    return " \(positionLimit) of \(most.grouped) points of each curve are drawn."
  }

  var seedCount: Int { values.count }

  var series: LearningCurves.Series {
    let samples = samples
    let bands = zip(positions, samples).compactMap { position, sample in
      sample.interval.map { (position, metric.drawn($0)) }
    }
    return LearningCurves.Series(
      name: name,
      seeds: values.map { seed in
        zip(positions, seed).compactMap { position, value in
          value.map { Point(x: position, y: $0) }
        }
      },
      mean: zip(positions, samples).compactMap { position, sample in
        sample.mean.map { Point(x: position, y: metric.drawn($0)) }
      },
      lower: bands.map { Point(x: $0, y: $1.lower) },
      upper: bands.map { Point(x: $0, y: $1.upper) }
    )
  }

  var endText: String { samples.last.map(metric.text) ?? "–" }

  /// Of losses less is better, of accuracies more.
  private var isLoss: Bool { name.contains("loss") }

  private var best: (position: Double, sample: SeedMean)? {
    isLoss
      ? zip(positions, samples).min { ($0.1.mean ?? .infinity) < ($1.1.mean ?? .infinity) }
      : zip(positions, samples).max { ($0.1.mean ?? -.infinity) < ($1.1.mean ?? -.infinity) }
  }

  /// Where a curve turned again: what over-fitting looks like.
  var turnText: String? {
    guard let best, let last = positions.last, best.position < last else { return nil }
    return "it was \(isLoss ? "lowest" : "highest") at \(unit) \(Numeral.plain(best.position)), "
      + metric.meanText(best.sample)
  }

  var cells: [String] {
    let best = best.map {
      [metric.meanText($0.sample), "\(unit) \(Numeral.plain($0.position))"]
    }
    return [name] + (best ?? ["–", "–"]) + metric.cells(samples.last ?? SeedMean([]))
  }
}
