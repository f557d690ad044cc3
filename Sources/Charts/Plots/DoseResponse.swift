/// Means with intervals over the ordered levels of one axis, with a dot per seed.
package struct DoseResponse: Chart, Equatable {
  /// One level and the runs at it.
  package struct Level: Sendable, Equatable {
    package let label: String
    package let position: Double?
    package let group: Group

    /// - Parameters:
    ///   - label: The level as it is written in the spec.
    ///   - position: Its score; if any level has none, all stand at equal distances.
    ///   - group: The runs at this level.
    package init(label: String, position: Double? = nil, group: Group) {
      self.label = label
      self.position = position
      self.group = group
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
  package let dotLimit: Int

  /// - Parameters:
  ///   - levels: In their order along x.
  ///   - baseline: A line to compare with, or nil.
  ///   - xLabel: The name of the axis, without an arrow.
  ///   - yLabel: The quantity and its unit, without an arrow.
  ///   - dotLimit: The most dots drawn in the whole chart.
  package init(
    levels: [Level],
    baseline: Baseline? = nil,
    xLabel: String,
    yLabel: String,
    dotLimit: Int = 1_000
  ) {
    self.levels = levels
    self.baseline = baseline
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.dotLimit = dotLimit
  }

  package var drawing: Drawing {
    let groups = levels.map(\.group)
    let dots = Thinned(groups, limit: dotLimit)
    let notes = dots.notes("dots", others: groups.strangeEstimates)
    let values = groups.flatMap(\.values)
    guard !values.isEmpty else { return Drawing(nothing: "There are no values.", notes: notes) }

    let baseline = baseline.flatMap { $0.value.isFinite ? $0 : nil }
    let scale = Scale(values + [baseline?.value].compactMap { $0 }, from: 280, to: 30)
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
    notes.forEach { drawing.note($0) }
    return drawing
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
