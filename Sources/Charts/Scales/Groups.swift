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
        let ends = [interval.lower, interval.upper].map { Point(x: x, y: scale.place($0)) }
        self.interval(ends[0], ends[1], paint: paint)
      }
      add(.dots(dots.map { Point(x: x + 8, y: scale.place($0)) }, radius: 2.5, paint))
    }
    for mean in means where mean.isFinite { add(.mark(mark, mean, paint)) }
  }

  /// Draws an interval along x or along y, with short lines across its ends, so that it shows even
  /// where the mark of its mean is longer.
  mutating func interval(_ from: Point, _ to: Point, paint: Paint) {
    line(from, to, Stroke(paint: paint, width: 2))
    for end in [from, to] { cap(end, isUpright: from.y == to.y, paint: paint) }
  }

  /// Draws the short line across one end of an interval.
  mutating func cap(_ end: Point, isUpright: Bool, paint: Paint) {
    let (across, down) = isUpright ? (0.0, 5.0) : (5.0, 0.0)
    line(
      Point(x: end.x - across, y: end.y - down),
      Point(x: end.x + across, y: end.y + down),
      Stroke(paint: paint, width: 2)
    )
  }
}
