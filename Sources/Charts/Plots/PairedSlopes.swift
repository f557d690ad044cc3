/// One line per seed from its value at one level to its value at another, with the mean bold.
package struct PairedSlopes: Chart, Equatable {
  /// The two values of one seed.
  package struct Pair: Sendable, Equatable {
    package let label: String
    package let from: Double
    package let to: Double

    package init(label: String, from: Double, to: Double) {
      self.label = label
      self.from = from
      self.to = to
    }
  }

  package let from: String
  package let to: String
  package let pairs: [Pair]
  package let mean: Pair?
  package let yLabel: String
  package let lineLimit: Int

  /// - Parameters:
  ///   - from: The name of the level at the left.
  ///   - to: The name of the level at the right.
  ///   - pairs: One per seed, labelled for instance "seed 3".
  ///   - mean: The means over the seeds, labelled for instance "mean".
  ///   - yLabel: The quantity and its unit, without an arrow.
  ///   - lineLimit: The most seeds drawn.
  package init(
    from: String,
    to: String,
    pairs: [Pair],
    mean: Pair?,
    yLabel: String,
    lineLimit: Int = 100
  ) {
    self.from = from
    self.to = to
    self.pairs = pairs
    self.mean = mean
    self.yLabel = yLabel
    self.lineLimit = lineLimit
  }

  package var drawing: Drawing {
    let thinned = Thinned([pairs], limit: lineLimit) { $0.from.isFinite && $0.to.isFinite }
    let mean = mean.flatMap { $0.from.isFinite && $0.to.isFinite ? $0 : nil }
    let notes = thinned.notes("seeds", others: self.mean != nil && mean == nil ? 1 : 0)
    let shown = thinned.kept[0]
    let values = (shown + [mean].compactMap { $0 }).flatMap { [$0.from, $0.to] }
    guard !values.isEmpty else { return Drawing(nothing: "There are no pairs.", notes: notes) }

    let scale = Scale(values, from: 270, to: 30)
    let left = Drawing.yAxisWidth(scale)
    let meanRoom =
      mean.map { Lettering.width(scale.text($0.from, isFine: true), isBold: true) } ?? 0
    let names = shown.count <= Self.namedLines ? shown.map(\.label) : []
    let endTexts = mean.map { [$0.label + " " + scale.text($0.to, isFine: true)] } ?? []
    let nameRoom = min((names + endTexts).map { Lettering.width($0) * 1.15 }.max() ?? 0, 150)
    let plot = Box(x: left, y: 30, width: meanRoom + 32 + 190 + 24, height: 240)
    let places = [left + meanRoom + 32, left + meanRoom + 32 + 190]
    let width = max(places[1] + 14 + nameRoom, plot.maxX) + 8
    let levels = [from, to]
    let axis = Drawing.levelAxisHeight(levels, at: places, in: plot, width: width)
    var drawing = Drawing(width: width, height: plot.maxY + axis - 12)
    drawing.yAxis(scale, label: yLabel, in: plot)
    drawing.levelAxis(levels, at: places, label: "", in: plot)
    for pair in shown {
      drawing.line(
        Point(x: places[0], y: scale.place(pair.from)),
        Point(x: places[1], y: scale.place(pair.to)),
        .init(paint: .ink, width: 1.5, opacity: 0.55)
      )
    }
    for (x, value) in [(places[0], \Pair.from), (places[1], \Pair.to)] {
      let dots = shown.map { Point(x: x, y: scale.place($0[keyPath: value])) }
      drawing.add(.dots(dots, radius: 3, .ink))
    }
    if let mean {
      let ends = [
        Point(x: places[0], y: scale.place(mean.from)),
        Point(x: places[1], y: scale.place(mean.to)),
      ]
      drawing.line(ends[0], ends[1], .init(paint: .series(0), width: 3.5))
      ends.forEach { drawing.add(.mark(.circle, $0, .series(0))) }
      drawing.write(
        scale.text(mean.from, isFine: true),
        at: Point(x: ends[0].x - 12, y: ends[0].y),
        anchor: .end,
        paint: .series(0),
        isBold: true
      )
    }
    name(shown, mean, at: places[1] + 12, scale, room: nameRoom, in: plot, on: &drawing)
    notes.forEach { drawing.note($0) }
    return drawing
  }

  /// The most lines that are named one by one.
  private static let namedLines = 10

  private func name(
    _ shown: [Pair],
    _ mean: Pair?,
    at x: Double,
    _ scale: Scale,
    room: Double,
    in plot: Box,
    on drawing: inout Drawing
  ) {
    let seeds = shown.count <= Self.namedLines ? shown : []
    let all = seeds + [mean].compactMap { $0 }
    let wanted = all.map { scale.place($0.to) }
    let places = spread(wanted, distance: Lettering.lineHeight, from: plot.y, to: plot.maxY - 8)
    for (index, pair) in all.enumerated() {
      let isMean = index == seeds.count
      drawing.write(
        isMean ? pair.label + " " + scale.text(pair.to, isFine: true) : pair.label,
        at: Point(x: x, y: places[index]),
        paint: isMean ? .series(0) : .muted,
        isBold: isMean,
        room: room
      )
    }
  }
}
