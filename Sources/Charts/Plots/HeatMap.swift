/// The levels of two axes against each other, with the value and its half-width written into each cell.
package struct HeatMap: Chart, Equatable {
  /// One value and the half of its interval's width, in the same unit.
  package struct Cell: Sendable, Equatable {
    package let value: Double
    package let halfWidth: Double?

    package init(value: Double, halfWidth: Double? = nil) {
      self.value = value
      self.halfWidth = halfWidth
    }
  }

  /// How values become colours.
  package enum Shading: Sendable, Equatable {
    /// From the smallest value, plain, to the largest, full.
    case sequential
    /// One colour above the centre and another below, full at the value farthest from it.
    case diverging(around: Double)
  }

  package let rows: [String]
  package let columns: [String]
  package let cells: [[Cell?]]
  package let rowTitle: String
  package let columnTitle: String
  package let valueLabel: String
  package let shading: Shading

  /// - Parameters:
  ///   - rows: The levels from top to bottom.
  ///   - columns: The levels from left to right.
  ///   - cells: One array per row with one cell per column; nil where there is no value.
  ///   - rowTitle: The name of the axis downwards.
  ///   - columnTitle: The name of the axis to the right.
  ///   - valueLabel: The quantity and its unit.
  ///   - shading: How values become colours.
  package init(
    rows: [String],
    columns: [String],
    cells: [[Cell?]],
    rowTitle: String,
    columnTitle: String,
    valueLabel: String,
    shading: Shading = .sequential
  ) {
    self.rows = rows
    self.columns = columns
    self.cells = cells
    self.rowTitle = rowTitle
    self.columnTitle = columnTitle
    self.valueLabel = valueLabel
    self.shading = shading
  }

  package var drawing: Drawing {
    let values = cells.flatMap { $0 }.compactMap { $0?.value }
    let finite = values.filter(\.isFinite)
    let notes = leftOut(values.count - finite.count)
    guard !rows.isEmpty, !columns.isEmpty, let low = finite.min(), let high = finite.max() else {
      return Drawing(nothing: "There are no cells.", notes: notes)
    }
    let names = rows + [rowTitle + " ↓"]
    let nameRoom = min(names.map { Lettering.width(Lettering.clean($0)) }.max() ?? 0, 180)
    let cellWidth = min(118, (720 - nameRoom - 12) / Double(columns.count))
    let grid = Box(
      x: nameRoom + 12,
      y: 52,
      width: cellWidth * Double(columns.count),
      height: Self.cellHeight * Double(rows.count)
    )
    let width = max(grid.maxX, 480)
    let places = columns.indices.map { grid.x + (Double($0) + 0.5) * cellWidth }
    let axis = Drawing.levelAxisHeight(columns, at: places, in: grid, width: width)
    var drawing = Drawing(width: width, height: grid.maxY + axis)
    let range = Span(lower: low, upper: high)
    let step = Scale.roundStep(max((high - low) / 4, max(-low, high) * 1e-6, 1e-300)) / 10
    let fit = fit(width: cellWidth - 6, step: step)
    legend(range, step: step, on: &drawing)
    drawing.write(
      rowTitle + " ↓",
      at: Point(x: nameRoom, y: 40),
      anchor: .end,
      room: nameRoom + 0.1
    )
    drawing.levelAxis(columns, at: places, label: columnTitle, in: grid)
    for (row, name) in rows.enumerated() {
      let y = grid.y + (Double(row) + 0.5) * Self.cellHeight
      drawing.write(
        name,
        at: Point(x: nameRoom, y: y),
        anchor: .end,
        room: nameRoom + 0.1,
        lines: 2
      )
      for column in columns.indices {
        let cell = row < cells.count && column < cells[row].count ? cells[row][column] : nil
        let box = Box(
          x: grid.x + Double(column) * cellWidth,
          y: y - Self.cellHeight / 2,
          width: cellWidth,
          height: Self.cellHeight
        )
        draw(cell, in: box, range: range, step: step, fit: fit, on: &drawing)
      }
    }
    notes.forEach { drawing.note($0) }
    if let note = fit.note { drawing.note(note) }
    return drawing
  }

  private static let cellHeight = 46.0

  /// How much of its numbers every cell has room for; all cells show the same.
  private enum Fit {
    case both, value, nothing

    var note: String? {
      switch self {
      case .both: nil
      case .value: "The cells are too narrow for the half-widths."
      case .nothing: "The cells are too narrow for the values."
      }
    }
  }

  private func fit(width: Double, step: Double) -> Fit {
    let all = cells.flatMap { $0 }.compactMap { $0 }.filter(\.value.isFinite)
      .map { words($0, step: step) }
    guard all.allSatisfy({ Lettering.width($0.value, isBold: true) <= width }) else {
      return .nothing
    }
    return all.allSatisfy { Lettering.width($0.half ?? "") <= width } ? .both : .value
  }

  private func words(_ cell: Cell, step: Double) -> (value: String, half: String?) {
    let half = cell.halfWidth.flatMap { $0.isFinite ? "± " + Number.text($0, step: step) : nil }
    return (Number.text(cell.value, step: step), half)
  }

  /// How full a value's colour is, and which: the text's contrast is certain at every fullness,
  /// since it is with none, plain paper, and with all.
  private func shade(_ value: Double, range: Span) -> (paint: Paint, opacity: Double) {
    let halfLow = range.lower / 2
    switch shading {
    case .sequential:
      let reach = range.upper / 2 - halfLow
      return (.high, reach > 0 ? 0.06 + 0.94 * (value / 2 - halfLow) / reach : 0.5)
    case .diverging(let centre):
      let reach = max((range.upper - centre).magnitude, (range.lower - centre).magnitude)
      let share = reach > 0 && reach.isFinite ? (value - centre) / reach : 0
      return (share < 0 ? .low : .high, share.magnitude)
    }
  }

  private func draw(
    _ cell: Cell?,
    in box: Box,
    range: Span,
    step: Double,
    fit: Fit,
    on drawing: inout Drawing
  ) {
    let gap = box.width > 8 ? 1.0 : 0
    let inner = Box(
      x: box.x + gap,
      y: box.y + gap,
      width: box.width - 2 * gap,
      height: box.height - 2 * gap
    )
    let middle = Point(x: box.midX, y: box.midY)
    guard let cell, cell.value.isFinite else {
      drawing.add(.bar(inner, .band, opacity: 1, title: "no value"))
      guard Lettering.width("no value") <= inner.width else { return }
      drawing.write("no value", at: middle, anchor: .middle, paint: .muted)
      return
    }
    let (paint, opacity) = shade(cell.value, range: range)
    let (value, half) = words(cell, step: step)
    let whole = [value, half].compactMap { $0 }.joined(separator: " ")
    drawing.add(.bar(inner, paint, opacity: opacity, title: fit == .both ? nil : whole))
    guard fit != .nothing else { return }
    guard let half, fit == .both else {
      drawing.write(value, at: middle, anchor: .middle, isBold: true)
      return
    }
    let line = Lettering.lineHeight / 2
    drawing.write(
      value,
      at: Point(x: middle.x, y: middle.y - line),
      anchor: .middle,
      isBold: true
    )
    drawing.write(half, at: Point(x: middle.x, y: middle.y + line), anchor: .middle)
  }

  /// Draws the colours from the smallest to the largest value after the quantity's name.
  private func legend(_ range: Span, step: Double, on drawing: inout Drawing) {
    let low = Number.text(range.lower, step: step)
    let high = Number.text(range.upper, step: step)
    let boxWidth = 18.0
    let count = 7
    let scaleWidth =
      Lettering.width(low) + Lettering.width(high) + 24 + boxWidth * Double(count)
    let room = drawing.width - scaleWidth - 16
    let nameWidth = min(Lettering.width(Lettering.clean(valueLabel), isBold: true), room)
    drawing.write(valueLabel, at: Point(x: 0, y: 9), isBold: true, room: room)
    var x = nameWidth + 16
    drawing.write(low, at: Point(x: x, y: 9), paint: .muted)
    x += Lettering.width(low) + 8
    for index in 0..<count {
      let share = Double(index) / Double(count - 1)
      let value = range.lower * (1 - share) + range.upper * share
      let (paint, opacity) = shade(value, range: range)
      let box = Box(x: x, y: 2, width: boxWidth, height: 14)
      drawing.add(.bar(box, paint, opacity: opacity, title: nil))
      x += boxWidth
    }
    drawing.write(high, at: Point(x: x + 8, y: 9), paint: .muted)
  }
}
