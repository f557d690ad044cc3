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
  package let unit: Unit
  package let dotLimit: Int

  /// What the values are.
  package enum Unit: Sendable, Equatable {
    case difference
    /// Ratios, all positive, with half and double at equal distances from ×1.
    case ratio
  }

  /// - Parameters:
  ///   - rows: From top to bottom, all on one scale.
  ///   - delta: The smallest change that matters: a difference, or a ratio above 1; 0, or 1, draws no band.
  ///   - xLabel: The quantity and its unit, without an arrow: "change of accuracy, points".
  ///   - unit: What the values are.
  ///   - dotLimit: The most dots drawn in the whole chart.
  package init(
    rows: [Row],
    delta: Double,
    xLabel: String,
    unit: Unit = .difference,
    dotLimit: Int = 1_000
  ) {
    self.rows = rows
    self.delta = delta
    self.xLabel = xLabel
    self.unit = unit
    self.dotLimit = dotLimit
  }

  package var drawing: Drawing {
    let dots = Thinned(
      rows.map(\.group.dots),
      limit: dotLimit,
      isFinite: { $0.isFinite && isOnScale($0) }
    )
    let notes = dots.notes("dots", others: rows.map(\.group).strangeEstimates)
    guard !rows.isEmpty else { return Drawing(nothing: "There are no contrasts.", notes: notes) }
    let layout = RowLayout(
      names: rows.map(\.label),
      words: rows.map(\.outcome),
      top: hasBand ? 22 : 8,
      rowHeight: 34
    )
    var drawing = layout.drawing
    let plot = layout.plot
    let scale = Scale(
      shownValues,
      from: plot.x,
      to: plot.maxX,
      spacing: 70,
      padding: 0.04,
      isLogarithmic: unit == .ratio
    )
    band(scale, in: plot, on: &drawing)
    drawing.xAxis(scale, label: xLabel, in: plot, sign: unit == .ratio ? "×" : "")
    let zero = scale.place(unchanged)
    drawing.line(
      Point(x: zero, y: plot.y),
      Point(x: zero, y: plot.maxY),
      .init(paint: .ink)
    )
    for (index, row) in rows.enumerated() {
      layout.write(row.label, row.outcome, row: index, on: &drawing)
      draw(row.group, dots: dots.kept[index], y: layout.y(index), scale, on: &drawing)
    }
    notes.forEach { drawing.note($0) }
    return drawing
  }

  /// The value of no change.
  private var unchanged: Double { unit == .ratio ? 1 : 0 }

  private func isOnScale(_ value: Double) -> Bool { unit == .difference || value > 0 }

  private var hasBand: Bool { delta > unchanged && delta.isFinite }

  /// The ends of what does not matter.
  private var ends: (low: Double, high: Double) {
    unit == .ratio ? (1 / delta, delta) : (-delta, delta)
  }

  /// How far a value is from no change, by difference or by the logarithm of a ratio.
  private func distance(_ value: Double) -> Double {
    unit == .ratio ? Number.logarithm(value).magnitude : value.magnitude
  }

  /// What sets the scale: estimates, dots, the band, and those ends of intervals that are not far out.
  private var shownValues: [Double] {
    let centres = rows.flatMap { $0.group.dots + [$0.group.mean].compactMap { $0 } }
      .filter { $0.isFinite && isOnScale($0) }
    let band = hasBand ? [ends.low, ends.high] : []
    let reach = (centres + band).map(distance).max() ?? 0
    let intervals = rows.compactMap(\.group.interval).flatMap { [$0.lower, $0.upper] }
      .filter { $0.isFinite && isOnScale($0) }
    // A little more than the band, so that its edges are seen to be edges.
    let margin = band.map { unit == .ratio ? $0 * $0.squareRoot().squareRoot() : 1.25 * $0 }
    return intervals.filter { reach == 0 || distance($0) <= 1.5 * reach } + centres
      + [unchanged] + margin
  }

  private func band(_ scale: Scale, in plot: Box, on drawing: inout Drawing) {
    guard hasBand else { return }
    let (left, right) = (scale.place(ends.low), scale.place(ends.high))
    drawing.add(
      .bar(
        Box(x: left, y: plot.y, width: right - left, height: plot.height),
        .band,
        opacity: 1,
        title: nil
      )
    )
    let y = plot.y - 10
    guard right - left > Lettering.width("−δ+δ") else {
      drawing.write(
        "±δ",
        at: Point(x: scale.place(unchanged), y: y),
        anchor: .middle,
        paint: .muted
      )
      return
    }
    drawing.write("−δ", at: Point(x: left, y: y), anchor: .middle, paint: .muted)
    drawing.write("+δ", at: Point(x: right, y: y), anchor: .middle, paint: .muted)
  }

  /// Draws the interval with its mean, and the dots under it, so that neither hides the other.
  private func draw(
    _ group: Group,
    dots: [Double],
    y: Double,
    _ scale: Scale,
    on drawing: inout Drawing
  ) {
    drawing.add(
      .dots(dots.map { Point(x: scale.placeInside($0), y: y + 9) }, radius: 3, .ink)
    )
    let line = y - 3
    if let interval = group.interval, interval.isFinite {
      let from = Point(x: scale.placeInside(interval.lower), y: line)
      let to = Point(x: scale.placeInside(interval.upper), y: line)
      drawing.line(from, to, .init(paint: .ink, width: 2))
      for (end, value, arrow) in [
        (from, interval.lower, Drawing.Mark.leftArrow), (to, interval.upper, .rightArrow),
      ] {
        if scale.contains(value) {
          drawing.cap(end, isUpright: true, paint: .ink)
        } else {
          drawing.add(.mark(arrow, end, .ink))
        }
      }
    }
    if let mean = group.mean, mean.isFinite {
      drawing.add(.mark(.circle, Point(x: scale.placeInside(mean), y: line), .ink))
    }
  }
}
