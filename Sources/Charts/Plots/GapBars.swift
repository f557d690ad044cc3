/// Training and validation values of each cell as a dumbbell, with the gap between them written in.
package struct GapBars: Chart, Equatable {
  /// One cell or level.
  package struct Row: Sendable, Equatable {
    package let label: String
    package let train: Group
    package let valid: Group
    package let gap: String

    /// - Parameters:
    ///   - label: The name of the cell or level.
    ///   - train: The values on the training examples.
    ///   - valid: The values on the validation examples.
    ///   - gap: The gap in words, such as "+0.12 ± 0.03".
    package init(label: String, train: Group, valid: Group, gap: String) {
      self.label = label
      self.train = train
      self.valid = valid
      self.gap = gap
    }
  }

  package let rows: [Row]
  package let xLabel: String
  package let dotLimit: Int

  /// - Parameters:
  ///   - rows: From top to bottom, all on one scale.
  ///   - xLabel: The quantity and its unit, without an arrow.
  ///   - dotLimit: The most dots drawn in the whole chart.
  package init(rows: [Row], xLabel: String, dotLimit: Int = 1_000) {
    self.rows = rows
    self.xLabel = xLabel
    self.dotLimit = dotLimit
  }

  package var drawing: Drawing {
    let groups = rows.flatMap { [$0.train, $0.valid] }
    let dots = Thinned(groups, limit: dotLimit)
    let notes = dots.notes("dots", others: groups.strangeEstimates)
    guard !rows.isEmpty else { return Drawing(nothing: "There are no cells.", notes: notes) }
    let layout = RowLayout(
      names: rows.map(\.label),
      words: rows.map(\.gap),
      top: 22,
      rowHeight: 38
    )
    var drawing = layout.drawing
    let plot = layout.plot
    let scale = Scale(groups.flatMap(\.values), from: plot.x, to: plot.maxX, spacing: 70)
    drawing.xAxis(scale, label: xLabel, in: plot)
    nameEnds(scale, y: plot.y - 10, in: drawing.width, on: &drawing)
    for (index, row) in rows.enumerated() {
      let y = layout.y(index)
      layout.write(row.label, row.gap, row: index, on: &drawing)
      if let train = finite(row.train.mean), let valid = finite(row.valid.mean) {
        drawing.line(
          Point(x: scale.place(train), y: y),
          Point(x: scale.place(valid), y: y),
          .init(paint: .muted, width: 1.5)
        )
      }
      draw(row.train, dots.kept[2 * index], at: y, 0, scale, on: &drawing)
      draw(row.valid, dots.kept[2 * index + 1], at: y, 1, scale, on: &drawing)
    }
    notes.forEach { drawing.note($0) }
    return drawing
  }

  private func finite(_ value: Double?) -> Double? { value.flatMap { $0.isFinite ? $0 : nil } }

  /// Draws one end of a dumbbell: its mean, its interval, and its dots beside it.
  private func draw(
    _ group: Group,
    _ dots: [Double],
    at y: Double,
    _ index: Int,
    _ scale: Scale,
    on drawing: inout Drawing
  ) {
    // Training dots stand above the line and validation dots under it, since both may be close.
    let dotsY = index == 0 ? y - 11 : y + 11
    if let interval = group.interval, interval.isFinite {
      let ends = [interval.lower, interval.upper].map { Point(x: scale.place($0), y: y) }
      drawing.interval(ends[0], ends[1], paint: .series(index))
    }
    drawing.add(
      .dots(dots.map { Point(x: scale.place($0), y: dotsY) }, radius: 3, .series(index))
    )
    if let mean = finite(group.mean) {
      drawing.add(.mark(.series(index), Point(x: scale.place(mean), y: y), .series(index)))
    }
  }

  /// Names the two ends above the first row that has both.
  private func nameEnds(_ scale: Scale, y: Double, in width: Double, on drawing: inout Drawing) {
    let both = rows.lazy.compactMap { row -> (Double, Double)? in
      guard let train = finite(row.train.mean), let valid = finite(row.valid.mean)
      else { return nil }
      return (scale.place(train), scale.place(valid))
    }
    guard let (train, valid) = both.first else { return }
    // The names stand outwards, and never nearer than 4 units to the middle, so that they do not meet.
    let isTrainLeft = train <= valid
    let middle = (train + valid) / 2
    let names: [(String, Double, Bool)] = [
      ("train", train, isTrainLeft), ("valid", valid, !isTrainLeft),
    ]
    for (index, (name, x, isLeft)) in names.enumerated() {
      drawing.write(
        name,
        at: Point(x: isLeft ? min(x + 6, middle - 4) : max(x - 6, middle + 4), y: y),
        anchor: isLeft ? .end : .start,
        paint: .series(index),
        isBold: true
      )
    }
  }
}
