/// A character that was drawn anywhere and at any size, brought to the place and size that those of a set have.
///
/// As MNIST's were made, and the bundled letters after it: the box around the strokes is scaled so that its longer side is
/// 20 of 28 pixels, with the grey levels that this gives, and it is moved by whole pixels until its centre of mass lies in the
/// pixel right of and below the middle: so it is in all 5,000 digits.
///
/// Reference: LeCun, Bottou, Bengio and Haffner (1998), Gradient-Based Learning Applied to Document Recognition,
/// section III.A; the page of the MNIST database.
package enum DrawnCharacter {
  /// The longer side of the box around the strokes, of ``side``.
  package static let box = 20
  /// Pixels of the picture's side.
  package static let side = 28

  /// What is darker is no stroke: what compression leaves around strokes.
  private static let threshold: UInt8 = 40

  /// Centres a drawing.
  ///
  /// - Parameters:
  ///   - pixels: (rows, columns), strokes light on black.
  ///   - rows: Its rows.
  /// - Returns: (side, side); nil where nothing is drawn.
  package static func centred(_ pixels: [UInt8], rows: Int) -> [UInt8]? {
    let columns = pixels.count / rows
    let strokes = pixels.indices.filter { pixels[$0] >= threshold }
    guard let top = strokes.first.map({ $0 / columns }),
      let bottom = strokes.last.map({ $0 / columns }),
      let left = strokes.map({ $0 % columns }).min(),
      let right = strokes.map({ $0 % columns }).max()
    else { return nil }
    let (height, width) = (bottom - top + 1, right - left + 1)
    let scale = Double(box) / Double(max(height, width))
    let small = (
      rows: max(1, Int((Double(height) * scale).rounded())),
      columns: max(1, Int((Double(width) * scale).rounded()))
    )
    let downwards = shares(of: height, in: small.rows)
    let sidewards = shares(of: width, in: small.columns)
    var grey = [Double](repeating: 0, count: small.rows * small.columns)
    for (y, rowShares) in downwards.enumerated() {
      for (x, columnShares) in sidewards.enumerated() {
        grey[y * small.columns + x] = rowShares.reduce(0) { sum, row in
          sum
            + columnShares.reduce(0) { sum, column in
              let pixel = pixels[(top + row.place) * columns + left + column.place]
              return sum + row.share * column.share * Double(pixel)
            }
        }
      }
    }
    return placed(grey, rows: small.rows, columns: small.columns)
  }

  /// How much of each new pixel is from which of the old: the mean over what it covers.
  private static func shares(of length: Int, in count: Int) -> [[(place: Int, share: Double)]] {
    let size = Double(length) / Double(count)
    return (0..<count).map { cell in
      let (start, end) = (Double(cell) * size, Double(cell + 1) * size)
      return (Int(start)..<min(length, Int(end.rounded(.up)))).map { place in
        let covered = min(end, Double(place + 1)) - max(start, Double(place))
        return (place, covered / size)
      }
    }
  }

  /// Moves the centre of mass to its pixel, as far as the picture has room.
  private static func placed(_ grey: [Double], rows: Int, columns: Int) -> [UInt8] {
    let mass = grey.reduce(0, +)
    func start(_ places: (Int) -> Int, _ length: Int) -> Int {
      let mean = grey.indices.reduce(0) { $0 + grey[$1] * (Double(places($1)) + 0.5) } / mass
      return min(max(0, Int((Double(side) / 2 - mean).rounded(.up))), side - length)
    }
    let (top, left) = (start({ $0 / columns }, rows), start({ $0 % columns }, columns))
    var picture = [UInt8](repeating: 0, count: side * side)
    for (place, value) in grey.enumerated() {
      picture[(top + place / columns) * side + left + place % columns] = UInt8(value.rounded())
    }
    return picture
  }
}
