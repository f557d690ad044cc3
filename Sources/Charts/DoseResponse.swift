/// Means with intervals over the ordered levels of one axis, with a dot per seed.
package struct DoseResponse: Chart, Equatable {
  /// One level and the runs at it.
  package struct Level: Sendable, Equatable {
    package let label: String
    package let position: Double?
    package let group: Group

    /// - Parameters:
    ///   - label: The level as it is written in the spec.
    ///   - position: Its score; if any level has none, all stand at equal distances.
    ///   - group: The runs at this level.
    package init(label: String, position: Double? = nil, group: Group) {
      self.label = label
      self.position = position
      self.group = group
    }
  }

  /// A value to compare with, drawn across the chart.
  package struct Baseline: Sendable, Equatable {
    package let label: String
    package let value: Double

    package init(label: String, value: Double) {
      self.label = label
      self.value = value
    }
  }

  package let levels: [Level]
  package let baseline: Baseline?
  package let xLabel: String
  package let yLabel: String
  package let dotLimit: Int

  /// - Parameters:
  ///   - levels: In their order along x.
  ///   - baseline: A line to compare with, or nil.
  ///   - xLabel: The name of the axis, without an arrow.
  ///   - yLabel: The quantity and its unit, without an arrow.
  ///   - dotLimit: The most dots drawn in the whole chart.
  package init(
    levels: [Level],
    baseline: Baseline? = nil,
    xLabel: String,
    yLabel: String,
    dotLimit: Int = 1_000
  ) {
    self.levels = levels
    self.baseline = baseline
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.dotLimit = dotLimit
  }

  package var drawing: Drawing { Drawing(width: 640, height: 360) }
}
