/// One-dimensional data with the curve they were drawn from and the curves that were fitted to them.
///
/// All panels share both axes, so that they compare.
package struct FitChart: Chart, Equatable {
  /// The fits of one cell.
  package struct Panel: Sendable, Equatable {
    package let title: String
    package let fits: [[Point]]
    package let kinks: [Point]

    /// - Parameters:
    ///   - title: The name of the cell.
    ///   - fits: The points of one curve per seed, in the order of x.
    ///   - kinks: Where the fits bend, marked on them.
    package init(title: String, fits: [[Point]], kinks: [Point] = []) {
      self.title = title
      self.fits = fits
      self.kinks = kinks
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

  package var drawing: Drawing {
    let shown = Array(panels.prefix(max(panelLimit, 1)))
    let dots = Thinned([data], limit: dotLimit, isFinite: \.isFinite)
    let fitted = shown.flatMap(\.fits).flatMap { $0 }
    let strange = (truth + fitted).count { !$0.isFinite }
    let notes = panelNotes(shown) + dots.notes("examples", others: strange)
    let given = (data + truth).filter(\.isFinite)
    let points = given.isEmpty ? fitted.filter(\.isFinite) : given
    guard !shown.isEmpty, !points.isEmpty else {
      return Drawing(nothing: "There are no curves.", notes: notes)
    }
    let key = key(hasKinks: shown.contains { !$0.kinks.isEmpty })
    let layout = PanelLayout(
      titles: shown.map(\.title),
      extent: .init(
        x: (points + fitted.filter(\.isFinite)).map(\.x),
        y: points.map(\.y) + near(fitted, points)
      ),
      top: 24 + key.height,
      right: 8
    )
    var drawing = Drawing(width: PanelLayout.width, height: layout.height)
    key.draw(top: 24, on: &drawing)
    for (index, panel) in shown.enumerated() {
      layout.draw(index, xLabel: xLabel, yLabel: yLabel, on: &drawing)
      let scales = layout.scales(index)
      let plot = layout.plots[index]
      func strokes(_ line: [Point]) -> [[Point]] {
        pieces(everyNth(line, limit: Self.pointLimit)).flatMap { piece in
          inside(piece.map { Point(x: scales.x.place($0.x), y: scales.y.place($0.y)) }, plot)
        }
      }
      drawing.add(
        .dots(
          dots.kept[0].map { Point(x: scales.x.place($0.x), y: scales.y.place($0.y)) },
          radius: 3,
          .ink
        )
      )
      let fits = everyNth(panel.fits, limit: lineLimit)
      drawing.add(.curve(fits.flatMap(strokes), Self.fitStroke))
      drawing.add(.curve(strokes(truth), Self.truthStroke))
      let kinks = panel.kinks.map { Point(x: scales.x.place($0.x), y: scales.y.place($0.y)) }
      for kink in kinks where kink.isFinite && (plot.y...plot.maxY).contains(kink.y) {
        drawing.add(.mark(.ring, kink, Self.kinkPaint))
      }
    }
    notes.forEach { drawing.note($0) }
    return drawing
  }

  private func key(hasKinks: Bool) -> Key {
    let entries: [(String, Key.Sample)] = [
      ("training examples", .dots(.ink)), ("true curve", .line(Self.truthStroke)),
      ("fit, one line per seed", .line(Self.fitStroke)),
    ]
    return Key(
      entries + (hasKinks ? [("kink of the fit", .mark(.ring, Self.kinkPaint))] : []),
      width: PanelLayout.width
    )
  }

  private static let kinkPaint = Paint.series(1)
  private static let truthStroke = Drawing.Stroke(paint: .ink, width: 2, isDashed: true)
  private static let fitStroke = Drawing.Stroke(paint: .series(0), width: 1.8, opacity: 0.8)
  private static let pointLimit = 300

  /// Those values of the fits that are not far from the data: a fit that runs away leaves the picture
  /// instead of flattening it.
  private func near(_ fitted: [Point], _ points: [Point]) -> [Double] {
    let (low, high) = (points.map(\.y).min() ?? 0, points.map(\.y).max() ?? 0)
    let reach = (high - low) / 2
    return fitted.map(\.y).filter { low - reach <= $0 && $0 <= high + reach }
  }

  /// The parts of a line within the height of a plot, cut where it leaves.
  private func inside(_ line: [Point], _ plot: Box) -> [[Point]] {
    var parts: [[Point]] = []
    var part: [Point] = []
    for (from, to) in zip(line, line.dropFirst()) {
      let rise = to.y - from.y
      let ends = [plot.y, plot.maxY].map { rise == 0 ? 0 : ($0 - from.y) / rise }.sorted()
      let isFlat = rise == 0
      let enters = isFlat ? 0 : max(0, ends[0])
      let leaves = isFlat ? (plot.y...plot.maxY ~= from.y ? 1 : -1) : min(1, ends[1])
      guard enters <= leaves else { continue }
      func at(_ share: Double) -> Point {
        Point(x: from.x + share * (to.x - from.x), y: from.y + share * rise)
      }
      if enters > 0 || part.isEmpty {
        if part.count > 1 { parts.append(part) }
        part = [at(enters)]
      }
      part.append(at(leaves))
      if leaves < 1 {
        parts.append(part)
        part = []
      }
    }
    if part.count > 1 { parts.append(part) }
    return parts
  }

  private func panelNotes(_ shown: [Panel]) -> [String] {
    var notes: [String] = []
    let count = Number.count
    if shown.count < panels.count {
      notes.append("Showing \(count(shown.count)) of \(count(panels.count)) cells.")
    }
    if let most = shown.map(\.fits.count).max(), most > lineLimit {
      notes.append("Showing \(count(lineLimit)) of up to \(count(most)) seeds of each cell.")
    }
    return notes
  }
}
