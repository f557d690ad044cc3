/// Pictures that are almost the same on both sides of the split, so that the validation set asks what was learned.
///
/// Two pictures are near if their digests differ in few bits and their thumbnails differ little; a picture that was saved
/// again, scaled or brightened a little is near, one that was cropped or mirrored is not.
package struct NearDuplicates {
  package struct Pair: Sendable, Equatable {
    /// Indices in the training and the validation set.
    package let training: Int
    package let validation: Int
  }

  /// The bits of 128 in which digests of the same picture may differ.
  private static let mostBits = 12
  /// The mean difference of thumbnails, white = 255.
  private static let mostDifference = 10

  /// Finds them, each validation picture with the first of the training pictures that it is near to.
  package static func pairs(training: ExampleSet, validation: ExampleSet) -> [Pair] {
    let first = PictureDigest.all(of: training)
    return PictureDigest.all(of: validation).enumerated().compactMap { place, digest in
      first.firstIndex { $0.isNear(digest, bits: mostBits, difference: mostDifference) }
        .map { Pair(training: $0, validation: place) }
    }
  }
}

/// What is left of a picture when it is shrunk: where it gets brighter from one cell to the next, and how bright it is.
///
/// Reference: Krawetz (2013), Kind of like that, hackerfactor.com/blog 529, whose 'dHash' counts neighbours in a row;
/// here neighbours in a column have 64 bits more.
package struct PictureDigest: Sendable, Equatable {
  package let across: UInt64
  package let down: UInt64
  private let thumbnail: [Int]

  private static let cells = 9

  /// The digests of all pictures of a set; none where it has no bytes.
  package static func all(of set: ExampleSet) -> [PictureDigest] {
    guard set.isOfImages, case .bytes(let pixels) = set.values else { return [] }
    return pixels.withUnsafeBytes { bytes in
      (0..<set.count).map { index in
        PictureDigest(
          UnsafeRawBufferPointer(rebasing: bytes[index * set.size..<(index + 1) * set.size]),
          rows: set.rows,
          columns: set.columns,
          channels: set.channels
        )
      }
    }
  }

  /// Shrinks (rows, columns, channels) to 9 × 9 cells of their mean brightness.
  package init(_ pixels: UnsafeRawBufferPointer, rows: Int, columns: Int, channels: Int) {
    let cells = Self.cells
    func range(_ cell: Int, of count: Int) -> Range<Int> {
      let start = cell * count / cells
      return start..<max(start + 1, (cell + 1) * count / cells)
    }
    var means = [Int](repeating: 0, count: cells * cells)
    for y in 0..<cells {
      for x in 0..<cells {
        var (sum, count) = (0, 0)
        for row in range(y, of: rows) {
          for column in range(x, of: columns) {
            for c in 0..<channels { sum += Int(pixels[(row * columns + column) * channels + c]) }
            count += channels
          }
        }
        means[y * cells + x] = sum / count
      }
    }
    var (across, down): (UInt64, UInt64) = (0, 0)
    for y in 0..<cells - 1 {
      for x in 0..<cells - 1 {
        let here = means[y * cells + x]
        across = across << 1 | (here < means[y * cells + x + 1] ? 1 : 0)
        down = down << 1 | (here < means[(y + 1) * cells + x] ? 1 : 0)
      }
    }
    (self.across, self.down) = (across, down)
    thumbnail = means
  }

  /// Whether this may be the same picture.
  func isNear(_ other: PictureDigest, bits: Int, difference: Int) -> Bool {
    let apart = (across ^ other.across).nonzeroBitCount + (down ^ other.down).nonzeroBitCount
    guard apart <= bits else { return false }
    let sum = zip(thumbnail, other.thumbnail).reduce(0) { $0 + abs($1.0 - $1.1) }
    return sum <= difference * thumbnail.count
  }
}
