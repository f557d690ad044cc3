/// Training and validation values of each cell as a dumbbell, with the gap between them written in.
package struct GapBars: Chart, Equatable {
  /// One cell or level.
  package struct Row: Sendable, Equatable {
    package let label: String
    package let train: Group
    package let valid: Group
    package let gap: String

    /// - Parameters:
    ///   - label: The name of the cell or level.
    ///   - train: The values on the training examples.
    ///   - valid: The values on the validation examples.
    ///   - gap: The gap in words, such as "+0.12 ± 0.03".
    package init(label: String, train: Group, valid: Group, gap: String) {
      self.label = label
      self.train = train
      self.valid = valid
      self.gap = gap
    }
  }

  package let rows: [Row]
  package let xLabel: String
  package let dotLimit: Int

  /// - Parameters:
  ///   - rows: From top to bottom, all on one scale.
  ///   - xLabel: The quantity and its unit, without an arrow.
  ///   - dotLimit: The most dots drawn in the whole chart.
  package init(rows: [Row], xLabel: String, dotLimit: Int = 1_000) {
    self.rows = rows
    self.xLabel = xLabel
    self.dotLimit = dotLimit
  }

  package var drawing: Drawing { Drawing(width: 720, height: 60) }
}
