/// Values over the epochs, a thin line per seed with their mean and its band, one panel per cell.
///
/// All panels share both axes, so that they compare.
package struct LearningCurves: Chart, Equatable {
  /// One measured quantity in a panel.
  package struct Series: Sendable, Equatable {
    package let name: String
    package let seeds: [[Point]]
    package let mean: [Point]
    package let lower: [Point]
    package let upper: [Point]

    /// - Parameters:
    ///   - name: What is measured, such as "train loss"; equal names share a colour in all panels.
    ///   - seeds: The points of each seed, epoch by value.
    ///   - mean: The mean over the seeds.
    ///   - lower: The lower edge of the band, at the same epochs as `upper`; empty draws none.
    ///   - upper: The upper edge of the band.
    package init(
      name: String,
      seeds: [[Point]],
      mean: [Point] = [],
      lower: [Point] = [],
      upper: [Point] = []
    ) {
      self.name = name
      self.seeds = seeds
      self.mean = mean
      self.lower = lower
      self.upper = upper
    }
  }

  /// The curves of one cell.
  package struct Panel: Sendable, Equatable {
    package let title: String
    package let series: [Series]

    package init(title: String, series: [Series]) {
      self.title = title
      self.series = series
    }
  }

  package let panels: [Panel]
  package let xLabel: String
  package let yLabel: String
  package let isLogarithmic: Bool
  package let panelLimit: Int
  package let lineLimit: Int

  /// - Parameters:
  ///   - panels: The cells in reading order.
  ///   - xLabel: The quantity along x, such as "epoch".
  ///   - yLabel: The quantity and its unit, without an arrow.
  ///   - isLogarithmic: Whether y is logarithmic; values that are not positive are then left out.
  ///   - panelLimit: The most panels drawn.
  ///   - lineLimit: The most seeds drawn for each series of a panel.
  package init(
    panels: [Panel],
    xLabel: String,
    yLabel: String,
    isLogarithmic: Bool = false,
    panelLimit: Int = 24,
    lineLimit: Int = 30
  ) {
    self.panels = panels
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.isLogarithmic = isLogarithmic
    self.panelLimit = panelLimit
    self.lineLimit = lineLimit
  }

  package var drawing: Drawing { Drawing(width: 720, height: 300) }
}
