/// How often confident statements were correct, bin by bin, against the diagonal of perfect calibration.
package struct ReliabilityDiagram: Chart, Equatable {
  /// The statements whose confidence fell between two edges.
  package struct Bin: Sendable, Equatable {
    package let edges: Span
    package let meanConfidence: Double
    package let shareCorrect: Double
    package let interval: Span?
    package let count: Int

    /// - Parameters:
    ///   - edges: The confidences the bin reaches from and to, as shares of 1.
    ///   - meanConfidence: The mean confidence within the bin, as a share of 1.
    ///   - shareCorrect: The share that was correct, of 1.
    ///   - interval: The Wilson interval of the share, or nil.
    ///   - count: How many statements the bin holds; an empty bin is not drawn.
    package init(
      edges: Span,
      meanConfidence: Double,
      shareCorrect: Double,
      interval: Span?,
      count: Int
    ) {
      self.edges = edges
      self.meanConfidence = meanConfidence
      self.shareCorrect = shareCorrect
      self.interval = interval
      self.count = count
    }
  }

  /// The statements of one network or group of people.
  package struct Series: Sendable, Equatable {
    package let name: String
    package let bins: [Bin]

    /// - Parameters:
    ///   - name: Whose statements; the key says it where there are several series.
    ///   - bins: In the order of their confidence.
    package init(name: String, bins: [Bin]) {
      self.name = name
      self.bins = bins
    }
  }

  package let series: [Series]
  package let xLabel: String
  package let yLabel: String

  /// - Parameters:
  ///   - series: What is compared; more than three would hide each other.
  ///   - xLabel: What is confident, without an arrow: "mean confidence, %".
  ///   - yLabel: What is counted, without an arrow: "correct, %".
  package init(
    series: [Series],
    xLabel: String = "mean confidence, %",
    yLabel: String = "correct, %"
  ) {
    self.series = series
    self.xLabel = xLabel
    self.yLabel = yLabel
  }

  private static let side = 388.0
  private static let diagonal = Drawing.Stroke(paint: .muted, width: 1.5, isDashed: true)

  package var drawing: Drawing {
    let filled = series.flatMap(\.bins).filter { $0.count > 0 }
    let shown = series.map { series in
      series.bins.filter { bin in
        bin.count > 0 && [bin.meanConfidence, bin.shareCorrect].allSatisfy(\.isFinite)
      }
    }
    let notes = leftOut(filled.count - shown.reduce(0) { $0 + $1.count })
    guard shown.contains(where: { !$0.isEmpty }) else {
      return Drawing(nothing: "There are no statements.", notes: notes)
    }
    let names = series.enumerated().map { ($1.name, Key.Sample.line(Self.stroke($0))) }
    let key = Key(
      (series.count > 1 ? names : []) + [("as sure as correct", .line(Self.diagonal))],
      width: Self.side
    )
    let counts = shown.filter { !$0.isEmpty }.map { CountRow($0, width: Self.side) }
    let top = 24 + key.height + counts.reduce(0) { $0 + $1.height } + 12
    let ends = [0.0, 100]
    let y = Scale(ends, from: top + Self.side, to: top, spacing: 70, padding: 0)
    let plot = Box(x: Drawing.yAxisWidth(y), y: top, width: Self.side, height: Self.side)
    let x = Scale(ends, from: plot.x, to: plot.maxX, spacing: 70, padding: 0)
    var drawing = Drawing(width: plot.maxX + 20, height: plot.maxY + 46)
    drawing.yAxis(y, label: yLabel, in: plot)
    drawing.xAxis(x, label: xLabel, in: plot)
    drawing.line(
      Point(x: plot.x, y: plot.maxY),
      Point(x: plot.maxX, y: plot.y),
      Self.diagonal
    )
    key.draw(top: 24, on: &drawing)
    var bottom = plot.y - 10
    for (index, row) in counts.enumerated().reversed() {
      row.write(x, bottom: bottom, paint: paint(index), in: plot, on: &drawing)
      bottom -= row.height
    }
    for (index, bins) in shown.enumerated() { draw(bins, index, x, y, on: &drawing) }
    notes.forEach { drawing.note($0) }
    return drawing
  }

  private static func stroke(_ index: Int) -> Drawing.Stroke {
    .init(paint: .series(index), width: 1.5, opacity: 0.7)
  }

  /// A series that is alone is drawn in ink.
  private func paint(_ index: Int) -> Paint { series.count > 1 ? .series(index) : .ink }

  private func draw(_ bins: [Bin], _ index: Int, _ x: Scale, _ y: Scale, on drawing: inout Drawing)
  {
    let points = bins.map { bin in
      Point(
        x: x.placeInside(100 * bin.meanConfidence),
        y: y.placeInside(100 * bin.shareCorrect)
      )
    }
    drawing.add(.curve([points], .init(paint: paint(index), width: 1.5, opacity: 0.7)))
    for (bin, point) in zip(bins, points) {
      if let interval = bin.interval, interval.isFinite {
        drawing.interval(
          Point(x: point.x, y: y.placeInside(100 * interval.lower)),
          Point(x: point.x, y: y.placeInside(100 * interval.upper)),
          paint: paint(index)
        )
      }
      drawing.add(.mark(.series(index), point, paint(index)))
    }
  }
}

/// How many statements the bins of one series hold, written above the middles of the bins.
private struct CountRow {
  private let bins: [ReliabilityDiagram.Bin]
  private let counts: [String]
  /// Counts that do not fit side by side stand on steps.
  private let steps: Int

  init(_ bins: [ReliabilityDiagram.Bin], width: Double) {
    self.bins = bins
    counts = bins.map { Number.count($0.count) }
    let widest = counts.map { Lettering.width($0) }.max() ?? 0
    let narrowest = bins.map { ($0.edges.upper - $0.edges.lower) * width }.min() ?? width
    steps = min(3, max(1, Int(((widest + 4) / max(narrowest, 1)).rounded(.up))))
  }

  var height: Double { Double(steps) * Lettering.lineHeight }

  /// - Parameters:
  ///   - x: The places of confidences, in percent.
  ///   - bottom: The foot of the lowest step.
  ///   - paint: The series' colour.
  ///   - plot: Where the data are.
  ///   - drawing: Where it is written.
  func write(
    _ x: Scale,
    bottom: Double,
    paint: Paint,
    in plot: Box,
    on drawing: inout Drawing
  ) {
    let line = bottom - Lettering.lineHeight / 2
    drawing.write("n", at: Point(x: plot.x - 8, y: line), anchor: .end, paint: .muted)
    var lastEnds = [Double](repeating: -.infinity, count: steps)
    for (index, (count, bin)) in zip(counts, bins).enumerated() {
      let half = Lettering.width(count) / 2
      let step = index % steps
      let middle = x.placeInside(50 * (bin.edges.lower + bin.edges.upper))
      let inside = min(max(middle, plot.x + half), drawing.width - half)
      guard inside.isFinite, inside - half > lastEnds[step] else { continue }
      lastEnds[step] = inside + half + 2
      let y = line - Double(step) * Lettering.lineHeight
      drawing.write(
        count,
        at: Point(x: inside, y: y),
        anchor: .middle,
        paint: paint == .ink ? .muted : paint
      )
    }
  }
}
