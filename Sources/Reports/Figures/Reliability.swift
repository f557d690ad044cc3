import Charts
import Notation
import Statistics
import Sweeps

/// How often a classifier was right at each confidence, counted over the validation images of some runs.
struct Reliability {
  /// Images whose top probability fell between two edges.
  private struct Bin {
    var count = 0
    var right = 0
    /// The sum of the top probabilities.
    var confidence = 0.0
  }

  /// The text that the trainer leaves with a run's results: a list of [count, right, sum of confidence] per bin.
  private static let key = "reliability"

  let runs: Int
  private let bins: [Bin]

  /// Pools the images of all runs of a cell.
  ///
  /// - Returns: nil where no run tells.
  init?(_ cell: NearCell) {
    let tables = cell.runs.compactMap { run in
      run.measurements.texts[Self.key].flatMap { JSON(line: Array($0.utf8))?.elements }
    }
    guard let count = tables.first?.count, count > 0 else { return nil }
    var bins = [Bin](repeating: Bin(), count: count)
    for table in tables where table.count == count {
      for (place, entry) in table.enumerated() {
        let parts = entry.elements ?? []
        guard parts.count == 3, let answers = parts[0].integer, let right = parts[1].integer,
          let confidence = parts[2].double, answers >= right, right >= 0
        else { return nil }
        bins[place].count += answers
        bins[place].right += right
        bins[place].confidence += confidence
      }
    }
    self.bins = bins
    runs = tables.count
  }

  private var images: Int { bins.reduce(0) { $0 + $1.count } }
  private var confidence: Double { bins.reduce(0) { $0 + $1.confidence } / Double(max(images, 1)) }
  private var shareRight: Double {
    Double(bins.reduce(0) { $0 + $1.right }) / Double(max(images, 1))
  }

  private var drawn: [ReliabilityDiagram.Bin] {
    bins.enumerated().compactMap { place, bin in
      guard bin.count > 0 else { return nil }
      let wilson = wilsonInterval(count: bin.right, of: bin.count)
      return ReliabilityDiagram.Bin(
        edges: Span(
          lower: Double(place) / Double(bins.count),
          upper: Double(place + 1) / Double(bins.count)
        ),
        meanConfidence: bin.confidence / Double(bin.count),
        shareCorrect: Double(bin.right) / Double(bin.count),
        interval: Span(lower: wilson.lower, upper: wilson.upper),
        count: bin.count
      )
    }
  }

  /// - Parameter name: Of the cell.
  /// - Returns: nil where there was no image.
  func figure(_ name: String) -> Figure? {
    guard images > 0 else { return nil }
    func percent(_ share: Double) -> String { Numeral.fixed(share * 100, decimals: 1) + " %" }
    let excess = confidence - shareRight
    return Figure(
      name: "reliability-\(name)",
      title: """
        \(strong: name): on average \(percent(confidence)) sure and \(percent(shareRight)) right, \
        \(excess >= 0 ? "over-confident" : "under-confident") by \
        \(Numeral.fixed(abs(excess) * 100, decimals: 1)) points \
        (\(images.grouped) answers of \(Numeral.counted(runs, "seed")))
        """,
      label: drawn.map { bin in
        "\(percent(bin.meanConfidence)) sure, \(percent(bin.shareCorrect)) right of \(bin.count)"
      }.joined(separator: "; ") + ".",
      chart: ReliabilityDiagram(bins: drawn),
      data: Table(
        columns: [
          .words("confidence"), .numbers("answers"), .numbers("mean confidence"), .numbers("right"),
          .numbers("95 % CI (Wilson)"),
        ],
        rows: drawn.map { bin in
          [
            "\(percent(bin.edges.lower)) to \(percent(bin.edges.upper))", bin.count.grouped,
            percent(bin.meanConfidence), percent(bin.shareCorrect),
            bin.interval.map { "\(percent($0.lower)) to \(percent($0.upper))" } ?? "–",
          ]
        }
      ),
      note: """
        The validation images of all seeds together, in \(bins.count) bins of equal width; the numbers \
        count answers, the bars are Wilson's 95 % intervals as if all were independent. On the diagonal \
        confidence is deserved, below it there is too much of it.
        """
    )
  }
}

extension JSON {
  fileprivate var elements: [JSON]? {
    if case .array(let elements) = self { elements } else { nil }
  }
}
