/// The levels of one factor along x, with a line for each level of another.
package struct InteractionPlot: Chart, Equatable {
  /// One level of the second factor: its name and a group for each level along x.
  package struct Line: Sendable, Equatable {
    package let label: String
    package let groups: [Group]

    package init(label: String, groups: [Group]) {
      self.label = label
      self.groups = groups
    }
  }

  package let levels: [String]
  package let lines: [Line]
  package let xLabel: String
  package let yLabel: String
  package let dotLimit: Int

  /// - Parameters:
  ///   - levels: The levels along x, in order.
  ///   - lines: One per level of the second factor; each has as many groups as there are levels.
  ///   - xLabel: The name of the factor along x.
  ///   - yLabel: The quantity and its unit, without an arrow.
  ///   - dotLimit: The most dots drawn in the whole chart.
  package init(
    levels: [String],
    lines: [Line],
    xLabel: String,
    yLabel: String,
    dotLimit: Int = 1_000
  ) {
    self.levels = levels
    self.lines = lines
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.dotLimit = dotLimit
  }

  package var drawing: Drawing { Drawing(width: 640, height: 360) }
}
