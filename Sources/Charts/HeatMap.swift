/// The levels of two axes against each other, with the value and its half-width written into each cell.
package struct HeatMap: Chart, Equatable {
  /// One value and the half of its interval's width, in the same unit.
  package struct Cell: Sendable, Equatable {
    package let value: Double
    package let halfWidth: Double?

    package init(value: Double, halfWidth: Double? = nil) {
      self.value = value
      self.halfWidth = halfWidth
    }
  }

  /// How values become colours.
  package enum Shading: Sendable, Equatable {
    /// From the smallest value, plain, to the largest, full.
    case sequential
    /// One colour above the centre and another below, full at the value farthest from it.
    case diverging(around: Double)
  }

  package let rows: [String]
  package let columns: [String]
  package let cells: [[Cell?]]
  package let rowTitle: String
  package let columnTitle: String
  package let valueLabel: String
  package let shading: Shading

  /// - Parameters:
  ///   - rows: The levels from top to bottom.
  ///   - columns: The levels from left to right.
  ///   - cells: One array per row with one cell per column; nil where there is no value.
  ///   - rowTitle: The name of the axis downwards.
  ///   - columnTitle: The name of the axis to the right.
  ///   - valueLabel: The quantity and its unit.
  ///   - shading: How values become colours.
  package init(
    rows: [String],
    columns: [String],
    cells: [[Cell?]],
    rowTitle: String,
    columnTitle: String,
    valueLabel: String,
    shading: Shading = .sequential
  ) {
    self.rows = rows
    self.columns = columns
    self.cells = cells
    self.rowTitle = rowTitle
    self.columnTitle = columnTitle
    self.valueLabel = valueLabel
    self.shading = shading
  }

  package var drawing: Drawing { Drawing(width: 720, height: 300) }
}
