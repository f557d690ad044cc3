/// How many voted down, none and up, with their shares: what a class sees before the answer.
///
/// A bar is a share of all votes on an axis from 0 to 100 %, so that bars of two rounds compare.
package struct VoteHistogram: Chart, Equatable {
  package let down: Int
  package let none: Int
  package let up: Int

  package init(down: Int, none: Int, up: Int) {
    self.down = down
    self.none = none
    self.up = up
  }

  package var drawing: Drawing {
    let votes = [("↑ up", up), ("none", none), ("↓ down", down)].map { ($0, max($1, 0)) }
    let total = votes.reduce(0) { $0 + $1.1 }
    let texts = votes.map { _, count in
      total == 0
        ? "0"
        : Number.count(count) + " · " + Self.percentage(count, of: total)
    }
    // The same for all classes but the largest, so that the axes of two pictures are of one length.
    let textRoom = (texts + ["100 · 100 %"]).map { Lettering.width($0, isBold: true) }.max() ?? 0
    let left = Lettering.width("↓ down") + 12
    let width = 440.0
    let plot = Box(
      x: left,
      y: 28,
      width: width - left - textRoom - 10,
      height: 3 * Self.rowHeight
    )
    var drawing = Drawing(width: width, height: plot.maxY + 46)
    drawing.write(
      total == 1 ? "1 vote" : Number.count(total) + " votes",
      at: Point(x: 0, y: 9),
      paint: .muted
    )
    let scale = Scale([0, 100], from: plot.x, to: plot.maxX, spacing: 60, padding: 0)
    drawing.xAxis(scale, label: "of the votes, %", in: plot)
    for (index, (name, count)) in votes.enumerated() {
      let middle = plot.y + (Double(index) + 0.5) * Self.rowHeight
      let end = scale.place(total == 0 ? 0 : 100 * Double(count) / Double(total))
      drawing.write(name, at: Point(x: left - 12, y: middle), anchor: .end)
      let box = Box(
        x: left,
        y: middle - Self.barHeight / 2,
        width: end - left,
        height: Self.barHeight
      )
      drawing.add(.bar(box, .series(0), opacity: 1, title: nil))
      drawing.write(texts[index], at: Point(x: plot.maxX + 10, y: middle), isBold: true)
    }
    drawing.line(
      Point(x: left, y: plot.y),
      Point(x: left, y: plot.maxY),
      .init(paint: .ink)
    )
    return drawing
  }

  private static let barHeight = 28.0
  private static let rowHeight = 38.0

  /// A share in whole percent that says neither 0 nor 100 of what is near to it.
  private static func percentage(_ count: Int, of total: Int) -> String {
    let percent = 100 * Double(count) / Double(total)
    if count > 0, percent < 1 { return "< 1 %" }
    if count < total, percent > 99 { return "> 99 %" }
    return Number.text(percent, step: 1) + " %"
  }
}
