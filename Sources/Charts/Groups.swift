extension Drawing {
  /// Draws groups along x: dots, intervals, a line through the means and a mark on each.
  ///
  /// - Parameters:
  ///   - columns: For each group its place along x, itself, and those of its dots that are drawn.
  ///   - scale: The places of values, upwards.
  ///   - mark: The shape of the means.
  ///   - paint: The colour of all.
  mutating func groups(
    _ columns: [(x: Double, group: Group, dots: [Double])],
    _ scale: Scale,
    mark: Mark,
    paint: Paint
  ) {
    let means = columns.map { x, group, _ in
      Point(x: x, y: scale.place(group.mean ?? .nan))
    }
    add(.curve(pieces(means).filter { $0.count > 1 }, Stroke(paint: paint, width: 2)))
    for (x, group, dots) in columns {
      if let interval = group.interval, interval.isFinite {
        line(
          Point(x: x, y: scale.place(interval.lower)),
          Point(x: x, y: scale.place(interval.upper)),
          Stroke(paint: paint, width: 2.5)
        )
      }
      add(.dots(dots.map { Point(x: x + 8, y: scale.place($0)) }, radius: 2.5, paint))
    }
    for mean in means where mean.isFinite { add(.mark(mark, mean, paint)) }
  }
}
