/// One-dimensional data with the curve they were drawn from and the curves that were fitted to them.
///
/// All panels share both axes, so that they compare.
package struct FitChart: Chart, Equatable {
  /// The fits of one cell.
  package struct Panel: Sendable, Equatable {
    package let title: String
    package let fits: [[Point]]

    /// - Parameters:
    ///   - title: The name of the cell.
    ///   - fits: The points of one curve per seed, in the order of x.
    package init(title: String, fits: [[Point]]) {
      self.title = title
      self.fits = fits
    }
  }

  package let panels: [Panel]
  package let data: [Point]
  package let truth: [Point]
  package let xLabel: String
  package let yLabel: String
  package let panelLimit: Int
  package let lineLimit: Int
  package let dotLimit: Int

  /// - Parameters:
  ///   - panels: The cells in reading order.
  ///   - data: The training examples, shown in every panel.
  ///   - truth: Points of the curve without noise, in the order of x, or empty.
  ///   - xLabel: The quantity along x, without an arrow.
  ///   - yLabel: The quantity along y, without an arrow.
  ///   - panelLimit: The most panels drawn.
  ///   - lineLimit: The most fits drawn in a panel.
  ///   - dotLimit: The most examples drawn in a panel.
  package init(
    panels: [Panel],
    data: [Point],
    truth: [Point],
    xLabel: String = "x",
    yLabel: String = "y",
    panelLimit: Int = 24,
    lineLimit: Int = 30,
    dotLimit: Int = 200
  ) {
    self.panels = panels
    self.data = data
    self.truth = truth
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.panelLimit = panelLimit
    self.lineLimit = lineLimit
    self.dotLimit = dotLimit
  }

  package var drawing: Drawing { Drawing(width: 720, height: 300) }
}
