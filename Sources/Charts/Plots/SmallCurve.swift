/// One quantity along a training, small enough to stand beside a sentence: its shape, its ends and its last value.
package struct SmallCurve: Chart, Equatable {
  package let seeds: [[Point]]
  package let mean: [Point]
  /// The quantity along x, such as "epoch".
  package let xLabel: String

  /// - Parameters:
  ///   - seeds: The points of each seed, epoch by value.
  ///   - mean: The mean over the seeds, at ascending epochs.
  ///   - xLabel: The quantity along x.
  package init(seeds: [[Point]], mean: [Point], xLabel: String) {
    self.seeds = seeds
    self.mean = mean
    self.xLabel = xLabel
  }

  private static let width = 220.0
  private static let height = 116.0
  /// The most that a number beside the curve takes.
  private static let labelRoom = 64.0

  package var drawing: Drawing {
    let points = (seeds.flatMap { $0 } + mean).filter(\.isFinite)
    guard let last = mean.last(where: \.isFinite), points.count > 1 else {
      return Drawing(nothing: "There is no curve.")
    }
    let step = Scale(points.map(\.y), from: 0, to: 1, spacing: 0.5).step / 10
    let ends = Set([points.map(\.y).max(), points.map(\.y).min()].compactMap(\.self))
    let room = ends.map { Lettering.width(Number.text($0, step: step)) }.max() ?? 0
    let left = min(room, Self.labelRoom) + 8
    let value = Number.text(last.y, step: step)
    let right = Self.width - min(Lettering.width(value, isBold: true), Self.labelRoom) - 10
    let x = Scale(points.map(\.x), from: left, to: right, padding: 0)
    let y = Scale(points.map(\.y), from: Self.height - 34, to: 10)
    var drawing = Drawing(width: Self.width, height: Self.height)
    func place(_ point: Point) -> Point { Point(x: x.place(point.x), y: y.place(point.y)) }
    let floor = Self.height - 28
    drawing.line(Point(x: left, y: floor), Point(x: right, y: floor), .init(paint: .muted))
    for end in ends.sorted() {
      drawing.write(
        Number.text(end, step: step),
        at: Point(x: left - 6, y: y.place(end)),
        anchor: .end,
        paint: .muted,
        room: Self.labelRoom
      )
    }
    let first = Number.text(points.map(\.x).min() ?? 0, step: 1)
    drawing.write(first, at: Point(x: left, y: floor + 12), paint: .muted)
    drawing.write(
      "\(xLabel) \(Number.text(last.x, step: 1))",
      at: Point(x: right, y: floor + 12),
      anchor: .end,
      paint: .muted,
      room: right - left - Lettering.width(first) - 8
    )
    drawing.add(
      .curve(
        seeds.map { $0.filter(\.isFinite).map(place) },
        .init(paint: .series(0), width: 1, opacity: 0.35)
      )
    )
    drawing.add(
      .curve([mean.filter(\.isFinite).map(place)], .init(paint: .series(0), width: 2.5))
    )
    drawing.write(
      value,
      at: Point(x: right + 6, y: y.place(last.y)),
      isBold: true,
      room: Self.labelRoom
    )
    return drawing
  }
}
