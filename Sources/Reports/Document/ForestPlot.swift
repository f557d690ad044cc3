package import Statistics

/// Intervals drawn with characters, for a terminal or a code block, around the band of changes that
/// do not matter.
///
/// ```text
///                    −δ   0   +δ
/// tuning head→full    :   |   :       [==*===]  +7.2  up
/// dropout 0→0.5       : [=*=] :                 −0.4  none
/// dropout 0→0.2       :   |[==*=]               +0.8  not settled, leaning up
/// ```
///
/// An interval that leaves the picture ends in `<` or `>`.
package struct ForestPlot: Sendable, Equatable {
  /// One interval with what stands left and right of it.
  package struct Row: Sendable, Equatable {
    package let label: String
    package let estimate: Double?
    package let interval: Interval?
    package let text: String

    package init(label: String, estimate: Double?, interval: Interval?, text: String) {
      self.label = label
      self.estimate = estimate
      self.interval = interval
      self.text = text
    }
  }

  /// Characters between the labels and the texts, and the fewest in which a picture shows anything.
  static let width = 57
  private static let leastWidth = 25

  private let rows: [Row]
  private let delta: Double
  /// The range of values that is drawn.
  private let low: Double
  private let high: Double

  /// - Parameters:
  ///   - rows: From top to bottom; all on one scale.
  ///   - delta: The smallest change that matters, on the same scale; 0 draws no band.
  package init(_ rows: [Row], delta: Double) {
    // A wide interval of few seeds must not press all others together, so that estimates set the
    // scale.
    let estimates = rows.compactMap(\.estimate).filter(\.isFinite)
    let reach = max(delta, estimates.map(abs).max() ?? 0)
    let ends = rows.compactMap(\.interval).flatMap { [$0.lower, $0.upper] }
    let shown = ends.filter { abs($0) <= 2 * reach } + estimates + [0, -1.25 * delta, 1.25 * delta]
    self.rows = rows
    self.delta = delta
    low = shown.min() ?? 0
    high = shown.max() ?? 0
  }

  /// The picture, without a line end after the last row.
  package var text: String { sideBySide(Self.width) }

  /// The picture in so many columns; where they are few, each row's words stand above its interval.
  package func text(width: Int) -> String {
    let texts = rows.map { TerminalText.columns($0.text) }.max() ?? 0
    let left = width - labelWidth - texts - 4
    guard left < Self.leastWidth else { return sideBySide(min(Self.width, left)) }
    let strip = Strip(low: low, high: high, width: max(1, min(Self.width, width - 1)), delta: delta)
    let lines = rows.flatMap { row in
      [row.label + "  " + row.text, String(strip.characters(row))]
    }
    return ([strip.ruler] + lines).map(withoutTrailingBlanks).joined(separator: "\n")
  }

  private var labelWidth: Int { rows.map { TerminalText.columns($0.label) }.max() ?? 0 }

  private func sideBySide(_ width: Int) -> String {
    let strip = Strip(low: low, high: high, width: width, delta: delta)
    let lines = rows.map { row in
      padded(row.label, labelWidth) + "  " + String(strip.characters(row)) + "  " + row.text
    }
    return ([String(repeating: " ", count: labelWidth + 2) + strip.ruler] + lines)
      .map(withoutTrailingBlanks).joined(separator: "\n")
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - TerminalText.columns(text)))
  }

  private func withoutTrailingBlanks(_ line: String) -> String {
    var line = line
    while line.last == " " { line.removeLast() }
    return line
  }
}

/// A row of characters on which values have their places, with a character to spare on both sides.
private struct Strip {
  let low: Double
  let high: Double
  let width: Int
  let delta: Double

  var ruler: String {
    var line = [Character](repeating: " ", count: width + 1)
    if delta > 0 {
      line.replaceSubrange(place(-delta) - 1...place(-delta), with: "−δ")
      line.replaceSubrange(place(delta)...place(delta) + 1, with: "+δ")
    }
    line[place(0)] = "0"
    return String(line)
  }

  func characters(_ row: ForestPlot.Row) -> [Character] {
    var line = [Character](repeating: " ", count: width)
    for mark in delta > 0 ? [-delta, delta] : [] { line[place(mark)] = ":" }
    line[place(0)] = "|"
    if let interval = row.interval, interval.lower.isFinite, interval.upper.isFinite {
      let ends = place(interval.lower)...place(interval.upper)
      for column in ends { line[column] = "=" }
      line[ends.lowerBound] = contains(interval.lower) ? "[" : "<"
      line[ends.upperBound] = contains(interval.upper) ? "]" : ">"
    }
    if let estimate = row.estimate, estimate.isFinite { line[place(estimate)] = "*" }
    return line
  }

  private func contains(_ value: Double) -> Bool { low <= value && value <= high }

  /// The column of a value; values outside are put on the edge.
  private func place(_ value: Double) -> Int {
    guard high > low, (high - low).isFinite else { return width / 2 }
    let share = (min(max(value, low), high) - low) / (high - low)
    return 1 + Int((share * Double(width - 3)).rounded())
  }
}
