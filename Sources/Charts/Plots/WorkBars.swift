/// Time or work as horizontal bars: what was done beside what was saved or expected.
package struct WorkBars: Chart, Equatable {
  /// One kind of work.
  package struct Row: Sendable, Equatable {
    package let label: String
    package let values: [Double]
    package let texts: [String]

    /// - Parameters:
    ///   - label: The name of the work.
    ///   - values: One per part, none negative, all in one unit.
    ///   - texts: Each value as it is written, such as "4 min 10 s".
    package init(label: String, values: [Double], texts: [String]) {
      self.label = label
      self.values = values
      self.texts = texts
    }
  }

  /// How the parts of a row stand to each other.
  package enum Arrangement: Sendable, Equatable {
    /// End to end, for parts of a whole: done and saved.
    case stacked
    /// One under the other, for two answers to one question: estimated and taken.
    case paired
  }

  package let parts: [String]
  package let rows: [Row]
  package let arrangement: Arrangement
  package let xLabel: String

  /// - Parameters:
  ///   - parts: The names of the parts, in the order of every row's values: "done", "saved".
  ///   - rows: From top to bottom, all on one scale.
  ///   - arrangement: Whether the parts add up or are compared.
  ///   - xLabel: The quantity and its unit, without an arrow.
  package init(parts: [String], rows: [Row], arrangement: Arrangement, xLabel: String) {
    self.parts = parts
    self.rows = rows
    self.arrangement = arrangement
    self.xLabel = xLabel
  }

  package var drawing: Drawing {
    let rows = rows.map { row in
      Row(
        label: row.label,
        values: Array(row.values.prefix(parts.count)),
        texts: Array(row.texts.prefix(parts.count))
      )
    }
    let all = rows.flatMap(\.values)
    let notes = leftOut(all.count { !$0.isFinite })
    guard !rows.isEmpty, !parts.isEmpty else {
      return Drawing(nothing: "There is no work.", notes: notes)
    }
    // What one part is, the axis says.
    let shownParts = parts.count > 1 ? parts : []
    let key = Key(
      shownParts.enumerated().map { ($1, .bar(Self.paint($0), opacity: Self.opacity($0))) },
      width: RowLayout.width
    )
    let isStacked = arrangement == .stacked
    let barHeight = 18.0
    let layout = RowLayout(
      names: rows.map(\.label),
      words: isStacked ? rows.map { $0.texts.joined(separator: " + ") } : [],
      top: key.height + 8,
      rowHeight: isStacked ? barHeight + 16 : Double(parts.count) * (barHeight + 2) + 14
    )
    var drawing = layout.drawing
    let plot = layout.plot
    key.draw(top: 0, on: &drawing)
    let lengths = rows.flatMap { row in
      let values = row.values.map(Self.length)
      return isStacked ? [values.reduce(0, +)] : values
    }
    let textRoom = isStacked ? 0 : 8 + longestText
    let scale = Scale(
      lengths + [0],
      from: plot.x,
      to: max(plot.maxX - textRoom, plot.x + 80),
      spacing: 70,
      padding: 0
    )
    drawing.xAxis(scale, label: xLabel, in: plot)
    for (index, row) in rows.enumerated() {
      layout.write(
        row.label,
        isStacked ? row.texts.joined(separator: " + ") : "",
        row: index,
        on: &drawing
      )
      if isStacked {
        stack(row, at: layout.y(index), height: barHeight, scale, on: &drawing)
      } else {
        pair(row, at: layout.y(index), height: barHeight, scale, on: &drawing)
      }
    }
    notes.forEach { drawing.note($0) }
    return drawing
  }

  private static func length(_ value: Double) -> Double {
    value.isFinite ? min(max(value, 0), 1e300) : 0
  }

  /// Every second part is a paler shade of the one before it, so that two parts need no second colour.
  private static func paint(_ part: Int) -> Paint { .series(part / 2) }

  private static func opacity(_ part: Int) -> Double { part.isMultiple(of: 2) ? 1 : 0.35 }

  private var longestText: Double {
    min(rows.flatMap(\.texts).map { Lettering.width(Lettering.clean($0)) }.max() ?? 0, 180)
  }

  private func stack(
    _ row: Row,
    at y: Double,
    height: Double,
    _ scale: Scale,
    on drawing: inout Drawing
  ) {
    var done = 0.0
    for (part, value) in row.values.enumerated() {
      let left = scale.place(done)
      done += Self.length(value)
      let box = Box(x: left, y: y - height / 2, width: scale.place(done) - left, height: height)
      fill(box, part, on: &drawing)
    }
  }

  private func pair(
    _ row: Row,
    at y: Double,
    height: Double,
    _ scale: Scale,
    on drawing: inout Drawing
  ) {
    for (part, value) in row.values.enumerated() {
      let middle =
        y + (Double(part) - Double(row.values.count - 1) / 2) * (height + 2)
      let left = scale.place(0)
      let right = scale.place(Self.length(value))
      let box = Box(x: left, y: middle - height / 2, width: right - left, height: height)
      fill(box, part, on: &drawing)
      guard part < row.texts.count else { continue }
      drawing.write(
        row.texts[part],
        at: Point(x: right + 8, y: middle),
        room: longestText + 0.1
      )
    }
  }

  /// Draws a bar on paper, so that no grid shines through it.
  private func fill(_ box: Box, _ part: Int, on drawing: inout Drawing) {
    drawing.add(.bar(box, .paper, opacity: 1, title: nil))
    drawing.add(.bar(box, Self.paint(part), opacity: Self.opacity(part), title: nil))
  }
}
