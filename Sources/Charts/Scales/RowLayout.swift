/// Rows from top to bottom, each with a name at the left, the data in the middle and words at the right.
struct RowLayout {
  static let width = 720.0

  /// Where the data are.
  let plot: Box
  private let rowHeight: Double
  private let nameRoom: Double
  private let wordRoom: Double

  /// - Parameters:
  ///   - names: What stands left of each row.
  ///   - words: What stands right of each row.
  ///   - top: The height above the rows, in drawing units.
  ///   - rowHeight: The least height of a row; rows with two lines of text need more.
  init(names: [String], words: [String], top: Double, rowHeight: Double) {
    func widest(_ texts: [String]) -> Double {
      texts.map { Lettering.width(Lettering.clean($0)) }.max() ?? 0
    }
    nameRoom = min(widest(names), 210)
    wordRoom = min(widest(words), 220)
    let isTall = widest(names) > nameRoom || widest(words) > wordRoom
    self.rowHeight = isTall ? max(rowHeight, 2 * Lettering.lineHeight + 6) : rowHeight
    let left = nameRoom + 16
    let right = wordRoom + (wordRoom > 0 ? 16 : 24)
    plot = Box(
      x: left,
      y: top,
      width: Self.width - left - right,
      height: self.rowHeight * Double(names.count)
    )
  }

  /// The middle line of a row.
  func y(_ row: Int) -> Double { plot.y + (Double(row) + 0.5) * rowHeight }

  /// An empty drawing with room for the rows and the axis under them.
  var drawing: Drawing { Drawing(width: Self.width, height: plot.maxY + 46) }

  /// Writes the name and the words of a row.
  func write(_ name: String, _ words: String, row: Int, on drawing: inout Drawing) {
    let middle = y(row)
    drawing.write(
      name,
      at: Point(x: nameRoom, y: middle),
      anchor: .end,
      room: nameRoom + 0.1,
      lines: 2
    )
    drawing.write(
      words,
      at: Point(x: plot.maxX + 16, y: middle),
      room: wordRoom + 0.1,
      lines: 2
    )
  }
}
