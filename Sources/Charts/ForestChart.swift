/// Estimates with intervals from top to bottom around the band of changes that do not matter.
///
/// Estimates and dots set the scale, so that one wide interval does not press the others together;
/// an interval that leaves the picture ends in an arrow.
package struct ForestChart: Chart, Equatable {
  /// One contrast: its name left, its dots and interval, and what it came to right.
  package struct Row: Sendable, Equatable {
    package let label: String
    package let group: Group
    package let outcome: String

    package init(label: String, group: Group, outcome: String) {
      self.label = label
      self.group = group
      self.outcome = outcome
    }
  }

  package let rows: [Row]
  package let delta: Double
  package let xLabel: String
  package let dotLimit: Int

  /// - Parameters:
  ///   - rows: From top to bottom, all on one scale.
  ///   - delta: The smallest change that matters, on the same scale; 0 draws no band.
  ///   - xLabel: The quantity and its unit, without an arrow: "change of accuracy, points".
  ///   - dotLimit: The most dots drawn in the whole chart.
  package init(rows: [Row], delta: Double, xLabel: String, dotLimit: Int = 1_000) {
    self.rows = rows
    self.delta = delta
    self.xLabel = xLabel
    self.dotLimit = dotLimit
  }

  package var drawing: Drawing { Drawing(width: 720, height: 60) }
}
