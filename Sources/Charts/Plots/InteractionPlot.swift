/// The levels of one factor along x, with a line for each level of another.
package struct InteractionPlot: Chart, Equatable {
  /// One level of the second factor: its name and a group for each level along x.
  package struct Line: Sendable, Equatable {
    package let label: String
    package let groups: [Group]

    package init(label: String, groups: [Group]) {
      self.label = label
      self.groups = groups
    }
  }

  package let levels: [String]
  package let lines: [Line]
  package let xLabel: String
  package let yLabel: String
  package let dotLimit: Int

  /// - Parameters:
  ///   - levels: The levels along x, in order.
  ///   - lines: One per level of the second factor; each has as many groups as there are levels.
  ///   - xLabel: The name of the factor along x.
  ///   - yLabel: The quantity and its unit, without an arrow.
  ///   - dotLimit: The most dots drawn in the whole chart.
  package init(
    levels: [String],
    lines: [Line],
    xLabel: String,
    yLabel: String,
    dotLimit: Int = 1_000
  ) {
    self.levels = levels
    self.lines = lines
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.dotLimit = dotLimit
  }

  package var drawing: Drawing {
    let groups = lines.flatMap(\.groups)
    let dots = Thinned(groups, limit: dotLimit)
    let notes = dots.notes("dots", others: groups.strangeEstimates)
    let values = groups.flatMap(\.values)
    guard !levels.isEmpty, !values.isEmpty else {
      return Drawing(nothing: "There are no values.", notes: notes)
    }
    let plotHeight = max(250, Double(lines.count) * Lettering.lineHeight)
    let scale = Scale(values, from: 30 + plotHeight, to: 30)
    let left = Drawing.yAxisWidth(scale)
    let nameRoom = min(lines.map { Lettering.width($0.label, isBold: true) }.max() ?? 0, 170)
    let width = 640.0
    let plot = Box(x: left, y: 30, width: width - left - nameRoom - 20, height: plotHeight)
    let step = plot.width / Double(levels.count)
    let places = levels.indices.map { plot.x + (Double($0) + 0.5) * step }
    let axis = Drawing.levelAxisHeight(levels, at: places, in: plot, width: width)
    var drawing = Drawing(width: width, height: plot.maxY + axis)
    drawing.yAxis(scale, label: yLabel, in: plot)
    drawing.levelAxis(levels, at: places, label: xLabel, in: plot)

    let shift = min(14, 0.6 * step / Double(max(lines.count, 1)))
    var firstGroup = 0
    for (index, line) in lines.enumerated() {
      let offset = (Double(index) - Double(lines.count - 1) / 2) * shift
      let kept = Array(dots.kept[firstGroup..<firstGroup + line.groups.count])
      firstGroup += line.groups.count
      let columns = zip(places.map { $0 + offset }, zip(line.groups, kept))
      drawing.groups(
        columns.map { ($0, $1.0, $1.1) },
        scale,
        mark: .series(index),
        paint: .series(index)
      )
    }
    nameLines(scale, at: plot.maxX + 8, room: nameRoom, in: plot, on: &drawing)
    notes.forEach { drawing.note($0) }
    return drawing
  }

  /// Writes each line's name after its last mean, with its mark, so that colour is not needed.
  private func nameLines(
    _ scale: Scale,
    at x: Double,
    room: Double,
    in plot: Box,
    on drawing: inout Drawing
  ) {
    let ends = lines.map { line in
      line.groups.prefix(levels.count).compactMap(\.mean).last { $0.isFinite }
    }
    let named = ends.indices.filter { ends[$0] != nil }
    let places = spread(
      named.map { scale.place(ends[$0] ?? 0) },
      distance: Lettering.lineHeight,
      from: plot.y,
      to: plot.maxY - 8
    )
    for (index, y) in zip(named, places) {
      drawing.write(
        lines[index].label,
        at: Point(x: x, y: y),
        paint: .series(index),
        isBold: true,
        room: room
      )
    }
  }
}
