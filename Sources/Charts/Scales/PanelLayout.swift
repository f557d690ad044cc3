/// Small panels in reading order with titles, sharing both axes.
struct PanelLayout {
  static let width = 720.0
  private static let titleLines = 3

  /// Values that the shared axes must hold, and how y grows.
  struct Extent {
    let x: [Double]
    let y: [Double]
    var isLogarithmic = false
  }

  /// The data's place in each panel, all of one size.
  let plots: [Box]
  let height: Double
  private let titles: [String]
  private let extent: Extent
  private let columns: Int
  private let titleLines: [Int]

  /// - Parameters:
  ///   - titles: One per panel.
  ///   - extent: What the axes must hold.
  ///   - top: The height above the first panel's title.
  ///   - right: The width kept free at the right.
  init(titles: [String], extent: Extent, top: Double, right: Double) {
    let columns = titles.count <= 1 ? 1 : titles.count == 2 || titles.count == 4 ? 2 : 3
    let plotHeight = columns == 1 ? 260.0 : columns == 2 ? 190 : 140
    let upright = Box(x: 0, y: 0, width: 0, height: plotHeight)
    let left = Drawing.yAxisWidth(Self.yScale(extent, in: upright))
    let gap = 30.0
    let plotWidth =
      (Self.width - left - right - gap * Double(columns - 1)) / Double(columns)
    let titleLines = titles.map { title in
      let whole = Lettering.clean(title)
      return Lettering.broken(whole, room: plotWidth, lines: Self.titleLines, isBold: true).count
    }
    let titleHeight =
      titles.contains { !$0.isEmpty }
      ? Double(titleLines.max() ?? 1) * Lettering.lineHeight + 14 : 12
    plots = titles.indices.map { index in
      let row = Double(index / columns)
      return Box(
        x: left + Double(index % columns) * (plotWidth + gap),
        y: top + titleHeight + row * (titleHeight + plotHeight + 14),
        width: plotWidth,
        height: plotHeight
      )
    }
    height = (plots.last?.maxY ?? top) + 46
    self.titles = titles
    self.titleLines = titleLines
    self.extent = extent
    self.columns = columns
  }

  /// The places of values in a panel.
  func scales(_ index: Int) -> (x: Scale, y: Scale) {
    let plot = plots[index]
    return (
      Scale(extent.x, from: plot.x, to: plot.maxX, spacing: 66, padding: 0.02),
      Self.yScale(extent, in: plot)
    )
  }

  /// Draws a panel's title and its part of the shared axes.
  ///
  /// Numbers stand left of the first column and under the lowest panel of each column.
  func draw(_ index: Int, xLabel: String, yLabel: String, on drawing: inout Drawing) {
    let plot = plots[index]
    let (x, y) = scales(index)
    drawing.write(
      titles[index],
      at: Point(x: plot.x, y: plot.y - 9 - Double(titleLines[index]) * Lettering.lineHeight / 2),
      isBold: true,
      room: plot.width,
      lines: Self.titleLines
    )
    drawing.yAxis(
      y,
      label: index == 0 ? yLabel : "",
      in: plot,
      hasNumbers: index % columns == 0
    )
    drawing.xAxis(
      x,
      label: index == plots.count - 1 ? xLabel : "",
      in: plot,
      hasNumbers: index + columns >= plots.count
    )
  }

  private static func yScale(_ extent: Extent, in plot: Box) -> Scale {
    Scale(
      extent.y,
      from: plot.maxY,
      to: plot.y,
      spacing: max(30, plot.height / 6),
      isLogarithmic: extent.isLogarithmic
    )
  }
}
