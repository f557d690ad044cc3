import Charts
import Foundation
import Reports

/// Lines on two axes in letters that the last row reads: the charts of a report are made for a desk.
///
/// The picture is 1200 units wide and as high as it is told; letters have 38, so that they stay over 36 pixels on any screen
/// that shows it in full width.
struct LargePlot {
  /// A line in the order of x; its name stands at its end.
  struct Line {
    let name: String
    let points: [Point]
    /// What it is the mean of, drawn thinly.
    var runs: [[Point]] = []
    /// Whether the points themselves are shown.
    var hasMarks = false
  }

  let lines: [Line]
  let xLabel: String
  let yLabel: String
  let x: ClosedRange<Double>
  let y: ClosedRange<Double>
  /// From corner to corner, where both axes have one unit.
  var hasDiagonal = false
  /// What the picture shows, with its numbers.
  let label: String
  let height: Double

  static let letters = 38.0
  private static let left = 110.0
  private static let right = 920.0
  private static let top = 84.0
  private var bottom: Double { height - 60 }

  private func place(_ point: Point) -> Point {
    func share(_ value: Double, _ range: ClosedRange<Double>) -> Double {
      let length = range.upperBound - range.lowerBound
      return length > 0 ? (value - range.lowerBound) / length : 0
    }
    return Point(
      x: Self.left + (Self.right - Self.left) * share(point.x, x),
      y: bottom - (bottom - Self.top) * share(point.y, y)
    )
  }

  func write(to page: inout MarkupWriter) {
    page.element(
      "svg",
      [
        ("class", "plot"), ("role", "img"), ("aria-label", label),
        ("viewBox", "0 0 1200 \(Int(height))"), ("font-size", "\(Int(Self.letters))"),
      ]
    ) { page in
      axes(&page)
      let ends = names()
      for (index, line) in lines.enumerated() {
        page.element("g", [("class", "line l\(index % 2 + 1)")]) { page in
          self.line(&page, line)
          if let y = ends[index] {
            text(&page, line.name, Point(x: Self.right + 24, y: y), "start")
          }
        }
      }
    }
  }

  private func axes(_ page: inout MarkupWriter) {
    for value in Self.ticks(y) {
      let at = place(Point(x: x.lowerBound, y: value))
      stroke(&page, "grid", [at, Point(x: Self.right, y: at.y)])
      text(&page, Numeral.plain(value), Point(x: Self.left - 16, y: at.y), "end")
    }
    for value in Self.ticks(x) {
      let at = place(Point(x: value, y: y.lowerBound))
      text(&page, Numeral.plain(value), Point(x: at.x, y: bottom + 34), "middle")
    }
    if hasDiagonal {
      let corners = [
        Point(x: x.lowerBound, y: y.lowerBound), Point(x: x.upperBound, y: y.upperBound),
      ]
      stroke(&page, "diagonal", corners.map(place))
    }
    text(&page, "↑ " + yLabel, Point(x: 0, y: 26), "start")
    text(&page, xLabel + " →", Point(x: Self.right + 64, y: bottom + 34), "start")
  }

  private func line(_ page: inout MarkupWriter, _ line: Line) {
    for run in line.runs { stroke(&page, "run", run.filter(\.isDrawable).map(place)) }
    let places = line.points.filter(\.isDrawable).map(place)
    stroke(&page, "curve", places)
    guard line.hasMarks || places.count == 1 else { return }
    for point in places {
      page.element(
        "circle",
        [("cx", Number.coordinate(point.x)), ("cy", Number.coordinate(point.y)), ("r", "12")],
        text: ""
      )
    }
  }

  /// Where the names stand: at the ends of their lines, and a letter's height apart; nil for a line without points.
  private func names() -> [Double?] {
    var ends = lines.map { line in line.points.last(where: \.isDrawable).map { place($0).y } }
    let order = ends.indices.filter { ends[$0] != nil }.sorted { (ends[$0] ?? 0) < (ends[$1] ?? 0) }
    // From below, so that none stands on the name of the axis.
    var highest = bottom - 14
    for index in order.reversed() {
      let y = min(ends[index] ?? 0, highest)
      ends[index] = y
      highest = y - Self.letters * 1.15
    }
    return ends
  }

  private func stroke(_ page: inout MarkupWriter, _ name: String, _ points: [Point]) {
    guard points.count > 1 else { return }
    let path = points.map { "\(Number.coordinate($0.x)),\(Number.coordinate($0.y))" }.joined(
      separator: " "
    )
    page.element("polyline", [("class", name), ("points", path)], text: "")
  }

  private func text(
    _ page: inout MarkupWriter,
    _ content: String,
    _ point: Point,
    _ anchor: String
  ) {
    page.element(
      "text",
      [
        ("x", Number.coordinate(point.x)), ("y", Number.coordinate(point.y + 0.36 * Self.letters)),
        ("text-anchor", anchor),
      ],
      text: content
    )
  }

  /// Three to six round numbers of a range: steps of 1, 2 or 5 times a power of ten.
  static func ticks(_ range: ClosedRange<Double>) -> [Double] {
    let length = range.upperBound - range.lowerBound
    guard length > 0, length.isFinite else { return [range.lowerBound] }
    let power = pow(10, floor(log10(length / 5)))
    let step = [1, 2, 5, 10].map { $0 * power }.first { length / $0 <= 5 } ?? length
    let first = (range.lowerBound / step).rounded(.up)
    let last = (range.upperBound / step + 1e-9).rounded(.down)
    return stride(from: first, through: last, by: 1).map { index in
      // In whole hundredths of a step, so that no tick has the dust of binary fractions.
      (index * step / power * 100).rounded() / 100 * power
    }
  }
}

extension Point {
  fileprivate var isDrawable: Bool { x.isFinite && y.isFinite }
}

extension LearningCurves {
  /// The first cell's curves, means where there are some, from the first epoch on and from zero up.
  ///
  /// - Parameters:
  ///   - height: Of the picture, in its units.
  ///   - frame: Curves whose axes it has at least, so that they stay where they are while these grow.
  /// - Returns: nil where there is no point to draw.
  func large(height: Double, on frame: LearningCurves? = nil) -> LargePlot? {
    guard let panel = panels.first else { return nil }
    let lines = panel.series.map { series in
      LargePlot.Line(
        name: series.name,
        points: series.mean.isEmpty ? series.seeds.first ?? [] : series.mean,
        runs: frame == nil || series.seeds.count < 2 ? [] : series.seeds
      )
    }
    let framed = frame?.panels.first?.series.flatMap { $0.seeds + [$0.mean] } ?? []
    let drawn = lines.flatMap { $0.runs + [$0.points] }
    guard drawn.contains(where: { $0.contains(where: \.isDrawable) }) else { return nil }
    let points = (drawn + framed).flatMap { $0 }.filter(\.isDrawable)
    guard let least = points.map(\.x).min(), let most = points.map(\.x).max(),
      let highest = points.map(\.y).max(), highest > 0
    else { return nil }
    let ends = lines.compactMap { line in
      line.points.last.map { "\(line.name) ends at \(Numeral.significant($0.y))" }
    }
    return LargePlot(
      lines: lines,
      xLabel: xLabel,
      yLabel: yLabel,
      x: least...max(most, least + 1),
      y: min(0, points.map(\.y).min() ?? 0)...highest,
      label: ends.joined(separator: ", ") + ".",
      height: height
    )
  }
}
