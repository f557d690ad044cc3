/// One dot per prediction: its confidence along x in the row of what it says.
///
/// Dots are placed beside each other in their order, without chance, so that the same predictions
/// give the same picture.
package struct PredictionSwarm: Chart, Equatable {
  /// One prediction; whether it was right is nil before the answer and where nothing was settled.
  package struct Prediction: Sendable, Equatable {
    /// An index of the chart's rows.
    package let row: Int
    package let confidence: Double
    package let isRight: Bool?

    /// - Parameters:
    ///   - row: The index of what was predicted.
    ///   - confidence: The probability given to it, in percent.
    ///   - isRight: Whether it came so, or nil when that is not shown or not known.
    package init(row: Int, confidence: Double, isRight: Bool? = nil) {
      self.row = row
      self.confidence = confidence
      self.isRight = isRight
    }
  }

  /// What a prediction can say, in words, from the top row to the bottom row.
  package let rows: [String]
  package let predictions: [Prediction]
  package let outcome: Int?
  package let dotLimit: Int

  /// - Parameters:
  ///   - rows: What a prediction can say, from top to bottom.
  ///   - predictions: In any order.
  ///   - outcome: The index of the row that came true, or nil before the answer.
  ///   - dotLimit: The most predictions drawn.
  package init(
    rows: [String],
    predictions: [Prediction],
    outcome: Int? = nil,
    dotLimit: Int = 300
  ) {
    self.rows = rows
    self.predictions = predictions
    self.outcome = outcome
    self.dotLimit = dotLimit
  }

  package var drawing: Drawing {
    let thinned = Thinned([predictions], limit: dotLimit) { (0...100).contains($0.confidence) }
    let notes = thinned.notes("predictions", because: "no percentage")
    let shown = thinned.kept[0]
    guard !shown.isEmpty else {
      return Drawing(nothing: "There are no predictions.", notes: notes)
    }
    let left = (rows.map { Lettering.width($0, isBold: true) }.max() ?? 0) + 24
    let width = 640.0
    let ends = shown.map(\.confidence) + [33, 100]
    let scale = Scale(ends, from: left, to: width - 28, spacing: 90, padding: 0)
    let swarms = rows.indices.map { row in swarm(shown.filter { $0.row == row }, scale) }
    let heights = swarms.map { swarm in
      max(48, 2 * (swarm.map(\.offset.magnitude).max() ?? 0) + 2 * Self.radius + 16)
    }
    let isAnswered = outcome != nil || shown.contains { $0.isRight != nil }
    let top = isAnswered ? 30.0 : 6
    let plot = Box(x: left, y: top, width: width - 28 - left, height: heights.reduce(0, +))
    var drawing = Drawing(width: width, height: plot.maxY + 46)
    if isAnswered { answerKey(on: &drawing) }
    var y = plot.y
    if let outcome {
      let box = Box(
        x: 0,
        y: plot.y + heights[..<outcome].reduce(0, +),
        width: plot.maxX + 12,
        height: heights[outcome]
      )
      drawing.add(.bar(box, .band, opacity: 1, title: nil))
    }
    drawing.xAxis(scale, label: "confidence, %", in: plot)
    for (index, words) in rows.enumerated() {
      let middle = y + heights[index] / 2
      drawing.write(
        words,
        at: Point(x: 8, y: middle),
        isBold: index == outcome
      )
      for (prediction, x, offset) in swarms[index] {
        let (mark, paint): (Drawing.Mark, Paint) =
          switch prediction.isRight {
          case true?: (.circle, .right)
          case false?: (.cross, .wrong)
          case nil: (.ring, .ink)
          }
        drawing.add(.mark(mark, Point(x: x, y: middle + offset), paint))
      }
      y += heights[index]
    }
    notes.forEach { drawing.note($0) }
    return drawing
  }

  private typealias Dot = (prediction: Prediction, x: Double, offset: Double)

  private static let radius = 5.5

  /// Gives each prediction the place nearest to its row's middle that no earlier one has.
  private func swarm(_ row: [Prediction], _ scale: Scale) -> [Dot] {
    let distance = 2 * Self.radius + 1
    var placed: [Dot] = []
    for prediction in row {
      let x = scale.place(prediction.confidence)
      let near = placed.filter { ($0.x - x).magnitude < distance }
      let steps = (0...near.count * 2 + 2).map { step in
        Double((step + 1) / 2) * distance / 2 * (step.isMultiple(of: 2) ? 1 : -1)
      }
      let free = steps.first { offset in
        near.allSatisfy { other in
          let (across, down) = (other.x - x, other.offset - offset)
          return across * across + down * down >= distance * distance
        }
      }
      placed.append((prediction, x, free ?? Double(near.count) * distance))
    }
    return centred(placed.sorted { $0.x < $1.x }, distance)
  }

  /// Moves dots that touch in x up or down together, so that they lie around the row's middle.
  private func centred(_ placed: [Dot], _ distance: Double) -> [Dot] {
    var dots = placed
    var start = dots.startIndex
    for end in dots.indices
    where end + 1 == dots.endIndex || dots[end + 1].x - dots[end].x >= distance {
      let offsets = dots[start...end].map(\.offset)
      let middle = ((offsets.min() ?? 0) + (offsets.max() ?? 0)) / 2
      for index in start...end { dots[index].offset -= middle }
      start = end + 1
    }
    return dots
  }

  private func answerKey(on drawing: inout Drawing) {
    var x = 8.0
    let entries: [(Drawing.Mark, Paint, String)] = [
      (.circle, .right, "right"), (.cross, .wrong, "wrong"), (.ring, .ink, "not settled"),
    ]
    for (mark, paint, name) in entries {
      drawing.add(.mark(mark, Point(x: x, y: 10), paint))
      drawing.write(name, at: Point(x: x + 12, y: 10))
      x += Lettering.width(name) + 40
    }
  }
}
