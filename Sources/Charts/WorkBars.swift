/// Time or work as horizontal bars: what was done beside what was saved or expected.
package struct WorkBars: Chart, Equatable {
  /// One kind of work.
  package struct Row: Sendable, Equatable {
    package let label: String
    package let values: [Double]
    package let texts: [String]

    /// - Parameters:
    ///   - label: The name of the work.
    ///   - values: One per part, none negative, all in one unit.
    ///   - texts: Each value as it is written, such as "4 min 10 s".
    package init(label: String, values: [Double], texts: [String]) {
      self.label = label
      self.values = values
      self.texts = texts
    }
  }

  /// How the parts of a row stand to each other.
  package enum Arrangement: Sendable, Equatable {
    /// End to end, for parts of a whole: done and saved.
    case stacked
    /// One under the other, for two answers to one question: estimated and taken.
    case paired
  }

  package let parts: [String]
  package let rows: [Row]
  package let arrangement: Arrangement
  package let xLabel: String

  /// - Parameters:
  ///   - parts: The names of the parts, in the order of every row's values: "done", "saved".
  ///   - rows: From top to bottom, all on one scale.
  ///   - arrangement: Whether the parts add up or are compared.
  ///   - xLabel: The quantity and its unit, without an arrow.
  package init(parts: [String], rows: [Row], arrangement: Arrangement, xLabel: String) {
    self.parts = parts
    self.rows = rows
    self.arrangement = arrangement
    self.xLabel = xLabel
  }

  package var drawing: Drawing { Drawing(width: 720, height: 60) }
}
