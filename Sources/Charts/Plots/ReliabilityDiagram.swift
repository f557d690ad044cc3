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

  package let bins: [Bin]
  package let xLabel: String
  package let yLabel: String

  /// - Parameters:
  ///   - bins: In the order of their confidence.
  ///   - xLabel: What is confident, without an arrow: "mean confidence, %".
  ///   - yLabel: What is counted, without an arrow: "correct, %".
  package init(
    bins: [Bin],
    xLabel: String = "mean confidence, %",
    yLabel: String = "correct, %"
  ) {
    self.bins = bins
    self.xLabel = xLabel
    self.yLabel = yLabel
  }

  package var drawing: Drawing {
    let filled = bins.filter { $0.count > 0 }
    let shown = filled.filter { [$0.meanConfidence, $0.shareCorrect].allSatisfy(\.isFinite) }
    let notes = leftOut(filled.count - shown.count)
    guard !shown.isEmpty else {
      return Drawing(nothing: "There are no statements.", notes: notes)
    }
    let ends = [0.0, 100]
    let counts = shown.map { Number.count($0.count) }
    let room = 388 / Double(max(bins.count, 1))
    let widest = counts.map { Lettering.width($0) }.max() ?? 0
    // Counts that do not fit side by side stand on steps.
    let steps = min(3, max(1, Int(((widest + 4) / room).rounded(.up))))
    let diagonal = Drawing.Stroke(paint: .muted, width: 1.5, isDashed: true)
    let key = Key([("as sure as correct", .line(diagonal))], width: 388)
    let top = 24 + key.height + Double(steps) * Lettering.lineHeight + 12
    let y = Scale(ends, from: top + 388, to: top, spacing: 70, padding: 0)
    let left = Drawing.yAxisWidth(y)
    let plot = Box(x: left, y: top, width: 388, height: 388)
    let x = Scale(ends, from: plot.x, to: plot.maxX, spacing: 70, padding: 0)
    var drawing = Drawing(width: plot.maxX + 20, height: plot.maxY + 46)
    drawing.yAxis(y, label: yLabel, in: plot)
    drawing.xAxis(x, label: xLabel, in: plot)
    drawing.line(
      Point(x: plot.x, y: plot.maxY),
      Point(x: plot.maxX, y: plot.y),
      diagonal
    )
    key.draw(top: 24, on: &drawing)
    write(counts, of: shown, x, step: steps, in: plot, on: &drawing)
    draw(shown, x, y, on: &drawing)
    notes.forEach { drawing.note($0) }
    return drawing
  }

  private func draw(_ shown: [Bin], _ x: Scale, _ y: Scale, on drawing: inout Drawing) {
    let points = shown.map { bin in
      Point(
        x: x.placeInside(100 * bin.meanConfidence),
        y: y.placeInside(100 * bin.shareCorrect)
      )
    }
    drawing.add(.curve([points], .init(paint: .ink, width: 1, opacity: 0.5)))
    for (bin, point) in zip(shown, points) {
      if let interval = bin.interval, interval.isFinite {
        drawing.interval(
          Point(x: point.x, y: y.placeInside(100 * interval.lower)),
          Point(x: point.x, y: y.placeInside(100 * interval.upper)),
          paint: .ink
        )
      }
      drawing.add(.mark(.circle, point, .ink))
    }
  }

  /// Writes how many statements each bin holds above the middle of the bin.
  private func write(
    _ counts: [String],
    of shown: [Bin],
    _ x: Scale,
    step steps: Int,
    in plot: Box,
    on drawing: inout Drawing
  ) {
    drawing.write(
      "n",
      at: Point(x: plot.x - 8, y: plot.y - 18),
      anchor: .end,
      paint: .muted
    )
    var lastEnds = [Double](repeating: -.infinity, count: steps)
    for (index, (count, bin)) in zip(counts, shown).enumerated() {
      let half = Lettering.width(count) / 2
      let step = index % steps
      let middle = x.placeInside(50 * (bin.edges.lower + bin.edges.upper))
      let inside = min(max(middle, plot.x + half), drawing.width - half)
      guard inside.isFinite, inside - half > lastEnds[step] else { continue }
      lastEnds[step] = inside + half + 2
      let y = plot.y - 18 - Double(step) * Lettering.lineHeight
      drawing.write(count, at: Point(x: inside, y: y), anchor: .middle, paint: .muted)
    }
  }
}
