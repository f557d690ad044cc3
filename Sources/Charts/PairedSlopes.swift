/// One line per seed from its value at one level to its value at another, with the mean bold.
package struct PairedSlopes: Chart, Equatable {
  /// The two values of one seed.
  package struct Pair: Sendable, Equatable {
    package let label: String
    package let from: Double
    package let to: Double

    package init(label: String, from: Double, to: Double) {
      self.label = label
      self.from = from
      self.to = to
    }
  }

  package let from: String
  package let to: String
  package let pairs: [Pair]
  package let mean: Pair?
  package let yLabel: String
  package let lineLimit: Int

  /// - Parameters:
  ///   - from: The name of the level at the left.
  ///   - to: The name of the level at the right.
  ///   - pairs: One per seed, labelled for instance "seed 3".
  ///   - mean: The means over the seeds, labelled for instance "mean".
  ///   - yLabel: The quantity and its unit, without an arrow.
  ///   - lineLimit: The most seeds drawn.
  package init(
    from: String,
    to: String,
    pairs: [Pair],
    mean: Pair?,
    yLabel: String,
    lineLimit: Int = 100
  ) {
    self.from = from
    self.to = to
    self.pairs = pairs
    self.mean = mean
    self.yLabel = yLabel
    self.lineLimit = lineLimit
  }

  package var drawing: Drawing { Drawing(width: 420, height: 320) }
}
