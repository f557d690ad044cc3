/// A picture of a fixed natural size, as a list of elements in painting order.
package struct Drawing: Sendable, Equatable {
  /// The natural size, in units that are CSS pixels when nothing scales the picture.
  package let width: Double
  package let height: Double
  /// What the picture leaves out, one sentence each, to be printed under it.
  package private(set) var notes: [String] = []

  private(set) var elements: [Element] = []

  init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }

  /// A picture that says that there is nothing to draw.
  init(nothing sentence: String, notes: [String] = []) {
    self.init(width: 360, height: 48)
    write(sentence, at: Point(x: 0, y: 24), paint: .muted)
    notes.forEach { note($0) }
  }

  /// The words of the picture, in painting order.
  package var texts: [Text] {
    elements.compactMap { if case .text(let text) = $0 { text } else { nil } }
  }

  mutating func note(_ sentence: String) { notes.append(sentence) }

  mutating func add(_ element: Element) { elements.append(element) }

  /// Draws a straight line.
  mutating func line(_ from: Point, _ to: Point, _ stroke: Stroke) {
    add(.curve([[from, to]], stroke))
  }

  /// Writes a text whose middle line is at a point.
  ///
  /// - Parameters:
  ///   - text: What to write; it is cleaned of what is no text.
  ///   - point: Where the text starts, has its middle or ends, at half its height.
  ///   - anchor: Which of the three.
  ///   - paint: The colour of the letters.
  ///   - isBold: Whether the letters are bold.
  ///   - room: The width there is; what is longer is broken at blanks, then cut, with the whole text as
  ///     a title.
  ///   - lines: How many lines there may be; together they stand around the point.
  mutating func write(
    _ text: String,
    at point: Point,
    anchor: Text.Anchor = .start,
    paint: Paint = .ink,
    isBold: Bool = false,
    room: Double = .infinity,
    lines: Int = 1
  ) {
    let whole = Lettering.clean(text)
    let broken = Lettering.broken(whole, room: room, lines: lines, isBold: isBold)
    let isCut = broken.contains { $0.hasSuffix("…") } && !whole.hasSuffix("…")
    for (index, line) in broken.enumerated() where !line.isEmpty {
      let offset = (Double(index) - Double(broken.count - 1) / 2) * Lettering.lineHeight
      add(
        .text(
          Text(
            content: line,
            title: isCut ? whole : nil,
            point: Point(x: point.x, y: point.y + offset),
            anchor: anchor,
            paint: paint,
            isBold: isBold
          )
        )
      )
    }
  }
}

extension Drawing {
  /// Whatever can be painted.
  enum Element: Sendable, Equatable {
    /// Unconnected strokes through their points.
    case curve([[Point]], Stroke)
    /// The inside of a polygon.
    case area([Point], Paint, opacity: Double)
    case bar(Box, Paint, opacity: Double, title: String?)
    /// Round dots of one kind, see-through so that many at one place show.
    case dots([Point], radius: Double, Paint)
    case mark(Mark, Point, Paint)
    case text(Text)
    case image(Box, Picture)
  }

  /// How a line is drawn.
  struct Stroke: Sendable, Equatable {
    var paint: Paint
    var width: Double = 1
    var opacity: Double = 1
    var isDashed = false
  }

  /// A shape that stands for a group; series differ in it as well as in colour.
  enum Mark: Sendable, Equatable {
    case circle, square, triangle, diamond, star, cross, ring
    case leftArrow, rightArrow, upArrow, downArrow

    private static let ofSeries: [Mark] = [.circle, .square, .triangle, .diamond, .star, .cross]

    static func series(_ index: Int) -> Mark { ofSeries[index % ofSeries.count] }
  }

  /// One line of words.
  package struct Text: Sendable, Equatable {
    /// Which part of the text is at its point.
    enum Anchor: String, Sendable { case start, middle, end }

    package let content: String
    package let title: String?
    let point: Point
    let anchor: Anchor
    let paint: Paint
    let isBold: Bool

    /// The room the text takes, by estimate.
    package var box: Box {
      let width = Lettering.width(content, isBold: isBold)
      let share = anchor == .start ? 0 : anchor == .middle ? 0.5 : 1
      return Box(
        x: point.x - share * width,
        y: point.y - Lettering.lineHeight / 2,
        width: width,
        height: Lettering.lineHeight
      )
    }
  }
}
