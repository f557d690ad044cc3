/// Means with intervals over the ordered levels of one axis, with a dot per seed.
package struct DoseResponse: Chart, Equatable {
  /// One level and the runs at it.
  package struct Level: Sendable, Equatable {
    package let label: String
    package let position: Double?
    package let group: Group
    /// Whether it lies so far off that it sets no scale; an arrow with its mean then points to it.
    package let isFar: Bool

    /// - Parameters:
    ///   - label: The level as it is written in the spec.
    ///   - position: Its score; if any level has none, all stand at equal distances.
    ///   - group: The runs at this level.
    ///   - isFar: Whether an arrow stands for it, so that the others can be told apart.
    package init(label: String, position: Double? = nil, group: Group, isFar: Bool = false) {
      self.label = label
      self.position = position
      self.group = group
      self.isFar = isFar
    }
  }

  /// A value to compare with, drawn across the chart.
  package struct Baseline: Sendable, Equatable {
    package let label: String
    package let value: Double

    package init(label: String, value: Double) {
      self.label = label
      self.value = value
    }
  }

  package let levels: [Level]
  package let baseline: Baseline?
  package let xLabel: String
  package let yLabel: String
  package let isLogarithmic: Bool
  package let dotLimit: Int

  /// - Parameters:
  ///   - levels: In their order along x.
  ///   - baseline: A line to compare with, or nil.
  ///   - xLabel: The name of the axis, without an arrow.
  ///   - yLabel: The quantity and its unit, without an arrow.
  ///   - isLogarithmic: Whether equal ratios are at equal distances; values that are not positive are left out.
  ///   - dotLimit: The most dots drawn in the whole chart.
  package init(
    levels: [Level],
    baseline: Baseline? = nil,
    xLabel: String,
    yLabel: String,
    isLogarithmic: Bool = false,
    dotLimit: Int = 1_000
  ) {
    self.levels = levels
    self.baseline = baseline
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.isLogarithmic = isLogarithmic
    self.dotLimit = dotLimit
  }

  package var drawing: Drawing {
    let groups = levels.map { $0.isFar ? Group(mean: nil) : drawable($0.group) }
    let dots = Thinned(groups, limit: dotLimit)
    let strange = levels.map(\.group).reduce(0) { $0 + $1.dots.count { !isDrawable($0) } }
    let notes = dots.notes("dots", others: levels.map(\.group).strangeEstimates + strange)
    let values = groups.flatMap(\.values)
    guard !values.isEmpty else { return Drawing(nothing: "There are no values.", notes: notes) }

    let baseline = baseline.flatMap { $0.value.isFinite ? $0 : nil }
    let scale = Scale(
      values + [baseline?.value].compactMap { $0 },
      from: 280,
      to: 30,
      isLogarithmic: isLogarithmic
    )
    let left = Drawing.yAxisWidth(scale)
    let width = 640.0
    let room = baseline.map { min(Lettering.width($0.label), 150) + 8 } ?? 16
    let plot = Box(x: left, y: 30, width: width - left - room, height: 250)
    let places = places(in: plot)
    let names = levels.map(\.label)
    let axis = Drawing.levelAxisHeight(names, at: places, in: plot, width: width)
    var drawing = Drawing(width: width, height: plot.maxY + axis)
    drawing.yAxis(scale, label: yLabel, in: plot)
    drawing.levelAxis(names, at: places, label: xLabel, in: plot)
    if let baseline {
      let y = scale.place(baseline.value)
      drawing.line(
        Point(x: plot.x, y: y),
        Point(x: plot.maxX, y: y),
        .init(paint: .muted, width: 1.5, isDashed: true)
      )
      drawing.write(baseline.label, at: Point(x: plot.maxX + 8, y: y), paint: .muted, room: 150)
    }
    let columns = zip(places, zip(groups, dots.kept)).map { ($0, $1.0, $1.1) }
    drawing.groups(columns, scale, mark: .circle, paint: .ink)
    arrows(at: places, scale, in: plot, on: &drawing)
    notes.forEach { drawing.note($0) }
    return drawing
  }

  private func isDrawable(_ value: Double) -> Bool {
    value.isFinite && (!isLogarithmic || value > 0)
  }

  /// The part of a group that the axis has places for.
  private func drawable(_ group: Group) -> Group {
    Group(
      mean: group.mean.flatMap { isDrawable($0) ? $0 : nil },
      interval: group.interval.flatMap { isDrawable($0.lower) && isDrawable($0.upper) ? $0 : nil },
      dots: group.dots.filter(isDrawable)
    )
  }

  /// Points to the levels that lie beyond the scale, each with its mean, from the level before or after.
  private func arrows(
    at places: [Double],
    _ scale: Scale,
    in plot: Box,
    on drawing: inout Drawing
  ) {
    // Means that have no room beside their neighbour's are left to the table.
    var lastEnd = -Double.infinity
    for (index, level) in levels.enumerated() where level.isFar {
      guard let mean = level.group.mean, isDrawable(mean) else { continue }
      let isAbove = scale.place(mean) < plot.midY
      let tip = Point(x: places[index], y: isAbove ? plot.y : plot.maxY)
      for near in [index - 1, index + 1] where levels.indices.contains(near) {
        guard !levels[near].isFar, let start = drawable(levels[near].group).mean else { continue }
        drawing.line(
          Point(x: places[near], y: scale.place(start)),
          tip,
          .init(paint: .muted, width: 1.5, isDashed: true)
        )
      }
      drawing.add(.mark(isAbove ? .upArrow : .downArrow, tip, .ink))
      let text = scale.text(mean, isFine: true)
      let half = Lettering.width(text) / 2
      let middle = min(max(tip.x, plot.x + half), plot.maxX - half)
      guard middle - half >= lastEnd + 4 else { continue }
      lastEnd = middle + half
      let y = isAbove ? tip.y + 20 : tip.y - 20
      drawing.write(text, at: Point(x: middle, y: y), anchor: .middle)
    }
  }

  /// Where the levels stand: by their scores where all have one, otherwise at equal distances.
  private func places(in plot: Box) -> [Double] {
    let scores = levels.compactMap(\.position)
    let inset = min(48, plot.width / Double(2 * levels.count))
    guard scores.count == levels.count, scores.allSatisfy(\.isFinite),
      let low = scores.min(), let high = scores.max(), high > low, (high - low).isFinite
    else {
      let step = plot.width / Double(levels.count)
      return levels.indices.map { plot.x + (Double($0) + 0.5) * step }
    }
    return scores.map { plot.x + inset + ($0 - low) / (high - low) * (plot.width - 2 * inset) }
  }
}
