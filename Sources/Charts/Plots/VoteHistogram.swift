/// How many voted down, none and up, with their shares: what a class sees before the answer.
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
    let most = max(votes.map(\.1).max() ?? 0, 1)
    let texts = votes.map { _, count in
      total == 0
        ? "0"
        : Number.count(count) + " · " + Self.percentage(count, of: total)
    }
    let textRoom = texts.map { Lettering.width($0, isBold: true) }.max() ?? 0
    let left = Lettering.width("↓ down") + 12
    let width = 440.0
    let barHeight = 28.0
    var drawing = Drawing(width: width, height: 28 + 3 * (barHeight + 10))
    drawing.write(
      total == 1 ? "1 vote" : Number.count(total) + " votes",
      at: Point(x: 0, y: 9),
      paint: .muted
    )
    for (index, (name, count)) in votes.enumerated() {
      let middle = 28 + (Double(index) + 0.5) * (barHeight + 10)
      let length = (width - left - textRoom - 10) * Double(count) / Double(most)
      drawing.write(name, at: Point(x: left - 12, y: middle), anchor: .end)
      let box = Box(x: left, y: middle - barHeight / 2, width: length, height: barHeight)
      drawing.add(.bar(box, .series(0), opacity: 1, title: nil))
      drawing.write(texts[index], at: Point(x: left + length + 10, y: middle), isBold: true)
    }
    drawing.line(
      Point(x: left, y: 28),
      Point(x: left, y: drawing.height),
      .init(paint: .ink)
    )
    return drawing
  }

  /// A share in whole percent that says neither 0 nor 100 of what is near to it.
  private static func percentage(_ count: Int, of total: Int) -> String {
    let percent = 100 * Double(count) / Double(total)
    if count > 0, percent < 1 { return "< 1 %" }
    if count < total, percent > 99 { return "> 99 %" }
    return Number.text(percent, step: 1) + " %"
  }
}
