import Charts
import Notation
import Statistics
import Sweeps

/// How often two classifiers were right at each confidence: the baseline, and the cell whose confidence differs most
/// from it.
struct Reliability {
  private let first: CellConfidence
  /// nil where the baseline alone tells.
  private let second: CellConfidence?

  /// - Returns: nil where no run of the first cell tells.
  init?(_ near: NearCells) {
    let cells = near.cells.compactMap(CellConfidence.init)
    guard let first = cells.first else { return nil }
    self.first = first
    second = cells.dropFirst().max {
      abs($0.excess - first.excess) < abs($1.excess - first.excess)
    }
  }

  private var shown: [CellConfidence] { [first, second].compactMap(\.self) }

  var figure: Figure {
    Figure(
      name: "reliability",
      title: shown.map(\.title).dropFirst().reduce(shown[0].title) { $0 + "; " + $1 },
      label: shown.map { cell in
        "\(cell.name): "
          + cell.drawn.map { bin in
            "\(percent(bin.meanConfidence)) sure, \(percent(bin.shareCorrect)) right of \(bin.count)"
          }.joined(separator: "; ")
      }.joined(separator: ". ") + ".",
      chart: ReliabilityDiagram(
        series: shown.map { ReliabilityDiagram.Series(name: $0.name, bins: $0.drawn) }
      ),
      data: Table(
        columns: [
          .words("cell"), .words("confidence"), .numbers("answers"), .numbers("mean confidence"),
          .numbers("right"), .numbers("95 % CI (Wilson)"),
        ],
        rows: shown.flatMap { cell in cell.drawn.map { [cell.name] + self.cells($0) } }
      ),
      note: """
        The validation images of all seeds together; bins of equal width, those of few answers merged with their \
        neighbours until they hold \(CellConfidence.least) or more. The numbers count answers, the bars are Wilson's \
        95 % intervals as if all were independent. On the diagonal confidence is deserved, below it there is too much \
        of it.
        """
    )
  }

  private func cells(_ bin: ReliabilityDiagram.Bin) -> [String] {
    [
      "\(percent(bin.edges.lower)) to \(percent(bin.edges.upper))", bin.count.grouped,
      percent(bin.meanConfidence), percent(bin.shareCorrect),
      bin.interval.map { "\(percent($0.lower)) to \(percent($0.upper))" } ?? "–",
    ]
  }
}

/// A share of 1 as figures of confidence write it.
private func percent(_ share: Double) -> String { Numeral.fixed(share * 100, decimals: 1) + " %" }

/// The validation images of all runs of a cell, by the confidence of the answers.
private struct CellConfidence {
  /// Images whose top probability fell between two edges.
  private struct Bin {
    /// From and to, in bins of the trainer.
    var range: Range<Int>
    var count = 0
    var right = 0
    /// The sum of the top probabilities.
    var confidence = 0.0

    /// Both together, the other one above this one.
    func merged(with other: Bin) -> Bin {
      Bin(
        range: range.lowerBound..<other.range.upperBound,
        count: count + other.count,
        right: right + other.right,
        confidence: confidence + other.confidence
      )
    }
  }

  /// The text that the trainer leaves with a run's results: a list of [count, right, sum of confidence] per bin.
  private static let key = "reliability"

  /// More answers than this no bin of one run has, and the sum over all runs stays a number.
  private static let most = 1 << 40

  /// Fewer answers than this tell nothing of a bin.
  static let least = 50

  let name: String
  private let runs: Int
  private let bins: [Bin]

  /// Pools the images of all runs of a cell.
  ///
  /// - Returns: nil where no run tells, or there was no image.
  init?(_ cell: NearCell) {
    let tables = cell.runs.compactMap { run in
      run.measurements.texts[Self.key].flatMap { JSON(line: Array($0.utf8))?.elements }
    }
    guard let count = tables.first?.count, count > 0 else { return nil }
    var bins = (0..<count).map { Bin(range: $0..<$0 + 1) }
    for table in tables where table.count == count {
      for (place, entry) in table.enumerated() {
        let parts = entry.elements ?? []
        guard parts.count == 3, let answers = parts[0].integer, let right = parts[1].integer,
          let confidence = parts[2].double, answers >= right, right >= 0, answers <= Self.most
        else { return nil }
        bins[place].count += answers
        bins[place].right += right
        bins[place].confidence += confidence
      }
    }
    guard bins.contains(where: { $0.count > 0 }) else { return nil }
    self.bins = bins
    name = cell.name
    runs = tables.count
  }

  private var images: Int { bins.reduce(0) { $0 + $1.count } }
  private var confidence: Double { bins.reduce(0) { $0 + $1.confidence } / Double(max(images, 1)) }
  private var shareRight: Double {
    Double(bins.reduce(0) { $0 + $1.right }) / Double(max(images, 1))
  }

  /// Mean confidence minus the share that was right.
  var excess: Double { confidence - shareRight }

  var title: Prose {
    """
    \(strong: name): on average \(percent(confidence)) sure and \(percent(shareRight)) right, \
    \(excess >= 0 ? "over-confident" : "under-confident") by \
    \(Numeral.fixed(abs(excess) * 100, decimals: 1)) points \
    (\(images.grouped) answers of \(Numeral.counted(runs, "seed")))
    """
  }

  /// From below upwards bins go together until they hold enough; what is left over at the end joins the last.
  private var merged: [Bin] {
    var done: [Bin] = []
    var open: Bin?
    for bin in bins {
      let grown = open?.merged(with: bin) ?? bin
      open = grown.count >= Self.least ? nil : grown
      if grown.count >= Self.least { done.append(grown) }
    }
    guard let rest = open, rest.count > 0 else { return done }
    guard let last = done.popLast() else { return [rest] }
    return done + [last.merged(with: rest)]
  }

  var drawn: [ReliabilityDiagram.Bin] {
    merged.map { bin in
      let wilson = wilsonInterval(count: bin.right, of: bin.count)
      return ReliabilityDiagram.Bin(
        edges: Span(
          lower: Double(bin.range.lowerBound) / Double(bins.count),
          upper: Double(bin.range.upperBound) / Double(bins.count)
        ),
        meanConfidence: bin.confidence / Double(bin.count),
        shareCorrect: Double(bin.right) / Double(bin.count),
        interval: Span(lower: wilson.lower, upper: wilson.upper),
        count: bin.count
      )
    }
  }
}

extension JSON {
  fileprivate var elements: [JSON]? {
    if case .array(let elements) = self { elements } else { nil }
  }
}
