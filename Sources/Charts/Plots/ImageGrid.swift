/// Small images in labelled rows and columns, enlarged without smoothing.
package struct ImageGrid: Chart, Equatable {
  /// The images of one level, from left to right.
  package struct Row: Sendable, Equatable {
    package let label: String
    package let images: [Picture]

    package init(label: String, images: [Picture]) {
      self.label = label
      self.images = images
    }
  }

  package let rows: [Row]
  package let columns: [String]
  package let imageLimit: Int

  /// - Parameters:
  ///   - rows: From top to bottom; a row without a label gets no room for one if none has a label.
  ///   - columns: The names of the columns, or empty for none.
  ///   - imageLimit: The most images drawn in the whole chart.
  package init(rows: [Row], columns: [String] = [], imageLimit: Int = 400) {
    self.rows = rows
    self.columns = columns
    self.imageLimit = imageLimit
  }

  package var drawing: Drawing {
    let count = rows.reduce(0) { $0 + $1.images.count }
    let pictures = rows.flatMap(\.images)
    guard let widest = pictures.map(\.width).max(), let tallest = pictures.map(\.height).max()
    else { return Drawing(nothing: "There are no images.") }

    let nameRoom = min(rows.map { Lettering.width(Lettering.clean($0.label)) }.max() ?? 0, 170)
    let left = nameRoom > 0 ? nameRoom + 12 : 0
    let side = Double(max(widest, tallest))
    // A whole number of units for each pixel, so that all pixels are of one size.
    let zoom = max(1, (Self.side / side).rounded(.down))
    let cell = (width: Double(widest) * zoom + 6, height: Double(tallest) * zoom + 6)
    let perLine = max(1, Int((720 - left) / cell.width))
    let top = columns.isEmpty ? 0 : 24.0
    let (places, rowLines) = placed(perLine: perLine)
    let lines = rowLines.last?.upperBound ?? 0
    let lineHeight = max(cell.height, Lettering.lineHeight * (nameRoom > 0 ? 2 : 0) + 4)
    let used = places.map(\.column).max() ?? 0
    var drawing = Drawing(
      width: max(left + Double(used + 1) * cell.width, 120),
      height: top + Double(lines) * lineHeight
    )
    for (row, span) in zip(rows, rowLines) {
      drawing.write(
        row.label,
        at: Point(x: nameRoom, y: top + (Double(span.lowerBound) + 0.5) * lineHeight),
        anchor: .end,
        room: nameRoom + 0.1,
        lines: 2
      )
    }
    for (column, name) in columns.prefix(used + 1).enumerated() {
      let middle = left + (Double(column) + 0.5) * cell.width
      drawing.write(
        name,
        at: Point(x: middle, y: 10),
        anchor: .middle,
        paint: .muted,
        room: cell.width - 4
      )
    }
    for (line, column, picture) in places {
      let box = Box(
        x: left + Double(column) * cell.width + 3,
        y: top + Double(line) * lineHeight + (lineHeight - Double(picture.height) * zoom) / 2,
        width: Double(picture.width) * zoom,
        height: Double(picture.height) * zoom
      )
      drawing.add(.image(box, picture))
    }
    if places.count < count {
      drawing.note("Showing \(Number.count(places.count)) of \(Number.count(count)) images.")
    }
    return drawing
  }

  /// Where each image that is shown stands, and the lines that each row takes.
  private func placed(
    perLine: Int
  ) -> (places: [(line: Int, column: Int, picture: Picture)], rowLines: [Range<Int>]) {
    let limit = max(imageLimit, 1)
    var places: [(line: Int, column: Int, picture: Picture)] = []
    var rowLines: [Range<Int>] = []
    for row in rows where places.count < limit {
      let first = rowLines.last?.upperBound ?? 0
      // Named columns stay columns; images without them go on in another line.
      let kept = row.images.prefix(min(columns.isEmpty ? .max : perLine, limit - places.count))
      for (index, picture) in kept.enumerated() {
        places.append((first + index / perLine, index % perLine, picture))
      }
      rowLines.append(first..<first + max(1, (kept.count + perLine - 1) / perLine))
    }
    return (places, rowLines)
  }

  /// The length that the longer side of an image is enlarged towards.
  private static let side = 60.0
}
