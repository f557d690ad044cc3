import Notation

/// A final metric that the analysis is about, with the change that matters, declared before the runs.
package struct MetricDefinition: Sendable, Equatable {
  /// Which way a metric is good.
  package enum Better: String, Sendable, CaseIterable { case lower, higher, zero, none }
  /// How a number is shown: as it is, or in hundredths.
  package enum Show: String, Sendable, CaseIterable { case plain, points }
  /// What is analysed: the metric, or its natural logarithm.
  package enum Scale: String, Sendable, CaseIterable { case linear, log }

  package let name: String
  package let better: Better
  /// The smallest change that matters, in the metric's unit; on the log scale relative, 0.25 being a factor of 1.25.
  package let delta: Double
  package let show: Show
  package let scale: Scale

  package init(
    name: String,
    better: Better,
    delta: Double,
    show: Show = .plain,
    scale: Scale = .linear
  ) {
    self.name = name
    self.better = better
    self.delta = delta
    self.show = show
    self.scale = scale
  }
}
