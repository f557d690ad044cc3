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
  package let dotLimit: Int

  /// - Parameters:
  ///   - rows: From top to bottom, all on one scale.
  ///   - delta: The smallest change that matters, on the same scale; 0 draws no band.
  ///   - xLabel: The quantity and its unit, without an arrow: "change of accuracy, points".
  ///   - dotLimit: The most dots drawn in the whole chart.
  package init(rows: [Row], delta: Double, xLabel: String, dotLimit: Int = 1_000) {
    self.rows = rows
    self.delta = delta
    self.xLabel = xLabel
    self.dotLimit = dotLimit
  }

  package var drawing: Drawing {
    let dots = Thinned(rows.map(\.group), limit: dotLimit)
    let notes = dots.notes("dots", others: rows.map(\.group).strangeEstimates)
    guard !rows.isEmpty else { return Drawing(nothing: "There are no contrasts.", notes: notes) }
    let layout = RowLayout(
      names: rows.map(\.label),
      words: rows.map(\.outcome),
      top: delta > 0 ? 22 : 8,
      rowHeight: 34
    )
    var drawing = layout.drawing
    let plot = layout.plot
    let scale = Scale(shownValues, from: plot.x, to: plot.maxX, spacing: 70, padding: 0.04)
    band(scale, in: plot, on: &drawing)
    drawing.xAxis(scale, label: xLabel, in: plot)
    let zero = scale.place(0)
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

  /// What sets the scale: estimates, dots, the band, and those ends of intervals that are not far out.
  private var shownValues: [Double] {
    let centres = rows.flatMap { $0.group.dots + [$0.group.mean].compactMap { $0 } }
      .filter(\.isFinite)
    let reach = max(delta, centres.map(\.magnitude).max() ?? 0)
    let ends = rows.compactMap(\.group.interval).flatMap { [$0.lower, $0.upper] }
    return ends.filter { reach == 0 || $0.magnitude <= 1.5 * reach } + centres
      + [0, -1.25 * delta, 1.25 * delta]
  }

  private func band(_ scale: Scale, in plot: Box, on drawing: inout Drawing) {
    guard delta > 0, delta.isFinite else { return }
    let (left, right) = (scale.place(-delta), scale.place(delta))
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
      drawing.write("±δ", at: Point(x: scale.place(0), y: y), anchor: .middle, paint: .muted)
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
