package import Charts

/// What the kept networks of a sweep say of pictures, cell by cell.
package struct PictureOpinions: Sendable {
  /// The name of the sweep, and of its axes in the spec's order.
  package let sweep: String
  package let axes: [String]
  /// What the pictures that they were asked about are called.
  package let pictures: [String]
  /// In the order of the grid.
  package let cells: [CellOpinion]
}

/// What the networks of one cell say, one for each seed that left one.
package struct CellOpinion: Sendable {
  /// What an answer is.
  package enum Kind: Sendable, Equatable {
    /// One class of several.
    case oneClass
    /// Traits that do not exclude each other.
    case traits
    case number
  }

  /// What the cell is called.
  package let name: String
  /// Its levels, an entry for each axis.
  package let levels: [String]
  package let kind: Kind
  /// The names of classes or traits, or of the number.
  package let classes: [String]
  package let seeds: [Int]
  /// (networks, pictures, classes): probabilities, or numbers.
  let answers: [[[Float]]]
  /// Each picture as the networks got it.
  package let looks: [Picture]
  /// (pictures, classes): what each place speaks for, the mean over the networks; nil where it was not asked for, or where
  /// the networks keep no places.
  let maps: [[PlaceMap]]?

  /// The answer of the mean of all networks, which is how they are asked together.
  package struct Answer: Sendable, Equatable {
    /// A place among the classes: of the largest mean, of equals the first.
    package let place: Int
    /// The mean over networks of the probability of each class or trait, or of the number.
    package let means: [Double]
    /// The least and the largest value that a network gives at ``place``.
    package let range: ClosedRange<Double>
    /// How many of the networks say the same by themselves: the same class, the same traits; of numbers all.
    package let agreeing: Int

    /// The mean probability of the answer, or the number.
    package var probability: Double { means[place] }
    /// The places of the traits that are likelier there than not.
    package var present: [Int] { means.indices.filter { means[$0] > 0.5 } }
  }

  /// What they say of one picture.
  ///
  /// - Parameter picture: Its place among those that were asked about.
  /// - Returns: What they say together, and how far they agree.
  package func answer(on picture: Int) -> Answer {
    let rows = answers.map { $0[picture] }
    let means = classes.indices.map { place in
      rows.reduce(0) { $0 + Double($1[place]) } / Double(rows.count)
    }
    let best = Self.largest(means)
    let own = rows.map { Double($0[best]) }
    let agreeing =
      switch kind {
      case .oneClass: rows.count { Self.largest($0) == best }
      case .traits:
        rows.count { row in zip(row, means).allSatisfy { ($0 > 0.5) == ($1 > 0.5) } }
      case .number: rows.count
      }
    return Answer(
      place: best,
      means: means,
      range: (own.min() ?? 0)...(own.max() ?? 0),
      agreeing: agreeing
    )
  }

  private static func largest<Number: Comparable>(_ numbers: [Number]) -> Int {
    numbers.indices.dropFirst().reduce(0) { numbers[$1] > numbers[$0] ? $1 : $0 }
  }
}

/// How much each place of a picture adds to an answer, before softmax or sigmoid.
package struct PlaceMap: Sendable, Equatable {
  package let rows: Int
  package let columns: Int
  /// (rows, columns); above 0 for the answer, below against it.
  package let shares: [Double]

  /// The largest distance from 0.
  package var peak: Double { shares.reduce(0) { max($0, abs($1)) } }

  /// The picture in grey, with orange over what speaks for the answer and blue over what speaks against it.
  ///
  /// - Parameters:
  ///   - picture: What the networks got.
  ///   - peak: The share that has the full colour: one for all pictures that are compared.
  /// - Returns: A picture of the size of `asShown`.
  package func over(_ picture: Picture, peak: Double) -> Picture? {
    let shown = picture.asShown
    let (width, height) = (shown.width, shown.height)
    var pixels: [UInt8] = []
    pixels.reserveCapacity(3 * width * height)
    for y in 0..<height {
      for x in 0..<width {
        let light = shown.light(y * width + x)
        let share = value((Double(x) + 0.5) / Double(width), (Double(y) + 0.5) / Double(height))
        let strength = peak > 0 ? min(1, abs(share) / peak) : 0
        let color = share > 0 ? Self.speaksFor : Self.speaksAgainst
        for channel in color {
          pixels.append(UInt8((light + 0.8 * strength * (channel - light)).rounded()))
        }
      }
    }
    return Picture(width: width, height: height, pixels: pixels)
  }

  private static let speaksFor = [255.0, 130, 40]
  private static let speaksAgainst = [60.0, 140, 255]

  /// The share at a point of the unit square, between the middles of places on a straight line.
  private func value(_ x: Double, _ y: Double) -> Double {
    func neighbours(_ position: Double, _ count: Int) -> (low: Int, high: Int, share: Double) {
      let place = min(max(position * Double(count) - 0.5, 0), Double(count - 1))
      let low = Int(place)
      return (low, min(low + 1, count - 1), place - Double(low))
    }
    let (left, right, across) = neighbours(x, columns)
    let (top, bottom, down) = neighbours(y, rows)
    func between(_ row: Int) -> Double {
      (1 - across) * shares[row * columns + left] + across * shares[row * columns + right]
    }
    return (1 - down) * between(top) + down * between(bottom)
  }
}

extension Picture {
  /// The picture in the size of maps over it: pixels of small ones are repeated, so that maps are smooth, and of large
  /// ones every second or third is taken, so that a dozen of them are a page that a phone loads.
  package var asShown: Picture {
    let zoom = max(1, 84 / width)
    let step = (width + 127) / 128
    let channels = pixels.count / (width * height)
    let (columns, rows) = (width * zoom / step, height * zoom / step)
    let shown = (0..<rows).flatMap { y in
      (0..<columns).flatMap { x in
        let start = (y * step / zoom * width + x * step / zoom) * channels
        return pixels[start..<start + channels]
      }
    }
    return Picture(width: columns, height: rows, pixels: shown) ?? self
  }

  /// The brightness of a pixel, 0 to 255.
  fileprivate func light(_ pixel: Int) -> Double {
    let channels = pixels.count / (width * height)
    return (0..<channels).reduce(0) { $0 + Double(pixels[pixel * channels + $1]) }
      / Double(channels)
  }
}
