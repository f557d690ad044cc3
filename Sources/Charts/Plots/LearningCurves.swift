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
    package let marks: [Point]

    /// - Parameters:
    ///   - title: The name of the cell.
    ///   - series: What was measured.
    ///   - marks: Points of note, drawn as rings over the curves.
    package init(title: String, series: [Series], marks: [Point] = []) {
      self.title = title
      self.series = series
      self.marks = marks
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

  package var drawing: Drawing {
    let shown = Array(panels.prefix(max(panelLimit, 1)))
    let lines = shown.flatMap(\.series).flatMap { $0.seeds + [$0.mean, $0.lower, $0.upper] }
    let points = (lines + shown.map(\.marks)).flatMap { $0 }
    let drawable = points.filter(isDrawable)
    let notes = notes(panels: shown, strange: points.count - drawable.count)
    guard !drawable.isEmpty else {
      return Drawing(nothing: "There are no curves.", notes: notes)
    }
    let names = names(in: shown)
    let widest = names.map { Lettering.width($0, isBold: true) }.max() ?? 0
    let hasKey = shown.count > 1 || names.count > Self.namedLines || widest > Self.nameRoom
    let key = Key(
      hasKey ? names.enumerated().map { ($1, .line(Self.meanStroke($0))) } : [],
      width: PanelLayout.width
    )
    let nameRoom = min(widest, Self.nameRoom)
    let layout = PanelLayout(
      titles: shown.map(\.title),
      extent: .init(
        x: drawable.map(\.x),
        y: drawable.map(\.y),
        isLogarithmic: isLogarithmic
      ),
      top: hasKey ? 24 + key.height : 22,
      right: hasKey ? 8 : nameRoom + 16
    )
    var drawing = Drawing(width: PanelLayout.width, height: layout.height)
    key.draw(top: 24, on: &drawing)
    for (index, panel) in shown.enumerated() {
      layout.draw(index, xLabel: xLabel, yLabel: yLabel, on: &drawing)
      let scales = layout.scales(index)
      draw(panel, names: names, scales.x, scales.y, on: &drawing)
      guard !hasKey else { continue }
      nameLines(panel, names, scales, in: layout.plots[index], room: nameRoom, on: &drawing)
    }
    notes.forEach { drawing.note($0) }
    return drawing
  }

  /// The most lines that have room for their names at their ends.
  private static let namedLines = 14

  /// The longest name that stands at the end of its line.
  private static let nameRoom = 160.0

  /// The most points of one line, which is about one for each unit of a panel's width.
  private static let pointLimit = 300

  private static func meanStroke(_ index: Int) -> Drawing.Stroke {
    .init(paint: .series(index), width: 2.5, isDashed: !index.isMultiple(of: 2))
  }

  private func isDrawable(_ point: Point) -> Bool {
    point.isFinite && (!isLogarithmic || point.y > 0)
  }

  /// The names of all series, in the order of their first appearance, which is the colours' order.
  private func names(in panels: [Panel]) -> [String] {
    var names: [String] = []
    for series in panels.flatMap(\.series) where !names.contains(series.name) {
      names.append(series.name)
    }
    return names
  }

  private func draw(
    _ panel: Panel,
    names: [String],
    _ x: Scale,
    _ y: Scale,
    on drawing: inout Drawing
  ) {
    func strokes(_ line: [Point]) -> [[Point]] {
      let broken = line.map { isDrawable($0) ? $0 : Point(x: .nan, y: .nan) }
      return pieces(everyNth(broken, limit: Self.pointLimit)).map { piece in
        piece.map { Point(x: x.place($0.x), y: y.place($0.y)) }
      }
    }
    for series in panel.series {
      let index = names.firstIndex(of: series.name) ?? 0
      let edges = zip(series.lower, series.upper)
        .filter { isDrawable($0) && isDrawable($1) }
      let kept = everyNth(Array(edges), limit: Self.pointLimit)
      if kept.count > 1 {
        let outline = kept.map(\.0) + kept.map(\.1).reversed()
        let places = outline.map { Point(x: x.place($0.x), y: y.place($0.y)) }
        drawing.add(.area(places, .series(index), opacity: 0.16))
      }
    }
    for series in panel.series {
      let index = names.firstIndex(of: series.name) ?? 0
      let thin = Drawing.Stroke(
        paint: .series(index),
        width: series.mean.isEmpty ? 1.8 : 1,
        opacity: series.mean.isEmpty ? 1 : 0.45,
        isDashed: series.mean.isEmpty && !index.isMultiple(of: 2)
      )
      drawing.add(.curve(everyNth(series.seeds, limit: lineLimit).flatMap(strokes), thin))
      drawing.add(.curve(strokes(series.mean), Self.meanStroke(index)))
    }
    for mark in panel.marks.filter(isDrawable) {
      drawing.add(.mark(.ring, Point(x: x.place(mark.x), y: y.place(mark.y)), .ink))
    }
  }

  /// Writes each series' name where its line ends.
  private func nameLines(
    _ panel: Panel,
    _ names: [String],
    _ scales: (x: Scale, y: Scale),
    in plot: Box,
    room: Double,
    on drawing: inout Drawing
  ) {
    let ends = panel.series.compactMap { series -> (String, Double)? in
      let line = [series.mean] + series.seeds
      return line.lazy.compactMap { $0.last(where: isDrawable) }.first
        .map { (series.name, scales.y.place($0.y)) }
    }
    let places = spread(
      ends.map(\.1),
      distance: Lettering.lineHeight,
      from: plot.y,
      to: plot.maxY - 8
    )
    for ((name, _), y) in zip(ends, places) {
      drawing.write(
        name,
        at: Point(x: plot.maxX + 8, y: y),
        paint: .series(names.firstIndex(of: name) ?? 0),
        isBold: true,
        room: room
      )
    }
  }

  private func notes(panels shown: [Panel], strange: Int) -> [String] {
    var notes: [String] = []
    let count = Number.count
    if shown.count < panels.count {
      notes.append("Showing \(count(shown.count)) of \(count(panels.count)) cells.")
    }
    let series = shown.flatMap(\.series)
    if let most = series.map(\.seeds.count).max(), most > lineLimit {
      notes.append("Showing \(count(lineLimit)) of up to \(count(most)) seeds of each line.")
    }
    let lines = series.flatMap { $0.seeds + [$0.mean] }
    if let most = lines.map(\.count).max(), most > Self.pointLimit {
      notes.append("Each line goes through \(Self.pointLimit) of up to \(count(most)) points.")
    }
    let reason = isLogarithmic ? "not finite and positive" : "not finite"
    return notes + leftOut(strange, because: reason)
  }
}
