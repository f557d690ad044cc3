extension Drawing {
  private static let gridStroke = Stroke(paint: .grid)

  /// The width that a vertical axis' numbers need left of the plot.
  static func yAxisWidth(_ scale: Scale) -> Double {
    10 + (scale.ticks.map { Lettering.width(scale.text($0)) }.max() ?? 0)
  }

  /// Draws the horizontal grid with its numbers at the left and the label above.
  ///
  /// - Parameters:
  ///   - scale: Places of the values, from the plot's bottom to its top.
  ///   - label: The quantity, to be written at the top left of the drawing; empty for none.
  ///   - plot: Where the data are.
  ///   - hasNumbers: Whether the ticks are written, which a panel within a row of panels leaves out.
  mutating func yAxis(_ scale: Scale, label: String, in plot: Box, hasNumbers: Bool = true) {
    for tick in scale.ticks {
      let y = scale.place(tick)
      line(Point(x: plot.x, y: y), Point(x: plot.maxX, y: y), Self.gridStroke)
      guard hasNumbers else { continue }
      write(scale.text(tick), at: Point(x: plot.x - 8, y: y), anchor: .end, paint: .muted)
    }
    guard !label.isEmpty else { return }
    let arrow = "↑ "
    let room = width - Lettering.width(arrow)
    write(arrow + Lettering.cut(Lettering.clean(label), room: room), at: Point(x: 0, y: 9))
  }

  /// Draws the vertical grid with its numbers below and the label at its end.
  ///
  /// - Parameters:
  ///   - scale: Places of the values, from left to right.
  ///   - label: The quantity, written under the numbers at the right; empty for none.
  ///   - plot: Where the data are.
  ///   - sign: What stands before each number, "×" for ratios.
  ///   - hasNumbers: Whether the ticks are written.
  mutating func xAxis(
    _ scale: Scale,
    label: String,
    in plot: Box,
    sign: String = "",
    hasNumbers: Bool = true
  ) {
    let texts = scale.ticks.map { sign + scale.text($0) }
    let widest = texts.map { Lettering.width($0) }.max() ?? 0
    var lastEnd = -Double.infinity
    for (tick, text) in zip(scale.ticks, texts) {
      let x = scale.place(tick)
      line(Point(x: x, y: plot.y), Point(x: x, y: plot.maxY), Self.gridStroke)
      guard hasNumbers else { continue }
      let half = Lettering.width(text) / 2
      let middle = min(max(x, half), width - half)
      guard middle - widest / 2 >= lastEnd + 6 else { continue }
      lastEnd = middle + widest / 2
      write(text, at: Point(x: middle, y: plot.maxY + 14), anchor: .middle, paint: .muted)
    }
    xAxisLabel(label, y: plot.maxY + 34, in: plot)
  }

  /// Writes the names of levels under their places, and the name of their axis at its end.
  ///
  /// Names are broken into up to `levelLines` lines within the distance to their neighbours; those that
  /// would still touch are left out, which a note says.
  mutating func levelAxis(_ levels: [String], at places: [Double], label: String, in plot: Box) {
    var shown = 0
    var lastEnd = -Double.infinity
    let rooms = Self.rooms(places, in: plot, width: width)
    for (index, level) in levels.enumerated() {
      let broken = Lettering.broken(
        Lettering.clean(level),
        room: rooms[index],
        lines: Self.levelLines
      )
      let widest = broken.map { Lettering.width($0) }.max() ?? 0
      let middle = min(max(places[index], widest / 2), width - widest / 2)
      guard rooms[index] >= 24 || widest < rooms[index], middle - widest / 2 >= lastEnd + 4
      else { continue }
      lastEnd = middle + widest / 2
      shown += 1
      write(
        level,
        at: Point(
          x: middle,
          y: plot.maxY + 6 + Double(broken.count) * Lettering.lineHeight / 2
        ),
        anchor: .middle,
        room: rooms[index],
        lines: Self.levelLines
      )
    }
    if shown < levels.count {
      note("The axis names \(Number.count(shown)) of its \(Number.count(levels.count)) levels.")
    }
    let lines = Self.levelAxisLines(levels, at: places, in: plot, width: width)
    xAxisLabel(
      label,
      y: plot.maxY + 20 + Double(lines) * Lettering.lineHeight,
      in: plot
    )
  }

  /// The height that `levelAxis` needs under the plot.
  static func levelAxisHeight(
    _ levels: [String],
    at places: [Double],
    in plot: Box,
    width: Double
  ) -> Double {
    let lines = levelAxisLines(levels, at: places, in: plot, width: width)
    return 30 + Double(lines) * Lettering.lineHeight
  }

  private static let levelLines = 3

  private static func levelAxisLines(
    _ levels: [String],
    at places: [Double],
    in plot: Box,
    width: Double
  ) -> Int {
    zip(levels, rooms(places, in: plot, width: width)).map { level, room in
      Lettering.broken(Lettering.clean(level), room: room, lines: levelLines).count
    }.max() ?? 1
  }

  /// The width each place has for a text around it: to its nearer neighbour, or to the drawing's edge.
  private static func rooms(_ places: [Double], in plot: Box, width: Double) -> [Double] {
    let spread = places.indices.map { index in
      var room = 2 * min(places[index], width - places[index])
      if index > 0 { room = min(room, places[index] - places[index - 1] - 8) }
      if index + 1 < places.count { room = min(room, places[index + 1] - places[index] - 8) }
      return room
    }
    // Where levels crowd, names are cut to a readable length and some are left out.
    return spread.map { max($0, 36) }
  }

  private mutating func xAxisLabel(_ label: String, y: Double, in plot: Box) {
    guard !label.isEmpty else { return }
    let arrow = " →"
    let room = plot.maxX - Lettering.width(arrow)
    write(
      Lettering.cut(Lettering.clean(label), room: room) + arrow,
      at: Point(x: plot.maxX, y: y),
      anchor: .end
    )
  }
}
