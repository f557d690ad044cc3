import Statistics

/// Examples to learn from: images as bytes, or other inputs as floats, each with a label.
package struct ExampleSet: Sendable, Equatable {
  package let rows: Int
  package let columns: Int
  package let channels: Int
  /// All inputs in memory order N, H, W, C.
  package var values: Values
  /// The class of each example, from 0; 0 throughout where there are no classes.
  package var labels: [Int]
  /// The number to predict for each example; empty where it is the label.
  package var numbers: [Float] = []

  /// How inputs are held.
  package enum Values: Sendable, Equatable {
    /// Pixels, black 0 and white 255: a quarter of the memory of floats, decoded batch by batch.
    case bytes(Pixels)
    case floats([Float])
  }

  /// Joins images and their classes.
  package init(rows: Int, columns: Int, channels: Int, pixels: Pixels, labels: [Int]) {
    precondition(
      pixels.count == labels.count * rows * columns * channels,
      "\(pixels.count) bytes for \(labels.count) images of \(rows) × \(columns) × \(channels)"
    )
    self.rows = rows
    self.columns = columns
    self.channels = channels
    values = .bytes(pixels)
    self.labels = labels
  }

  /// Joins numbers and the numbers to predict from them.
  package init(inputs: [Float], numbers: [Float]) {
    precondition(inputs.count == numbers.count, "one input for each number to predict")
    rows = 1
    columns = 1
    channels = 1
    values = .floats(inputs)
    labels = Array(repeating: 0, count: inputs.count)
    self.numbers = numbers
  }

  package var count: Int { labels.count }

  /// Numbers of one input.
  package var size: Int { rows * columns * channels }

  /// Whether there is something to look at.
  package var isOfImages: Bool { rows > 1 && columns > 1 }

  /// Copies one input into a picture; pixels come between 0 and 1.
  package func read(_ index: Int, into picture: inout Picture) {
    let start = index * size
    switch values {
    case .bytes(let pixels):
      pixels.withUnsafeBytes { pixels in
        picture.values.withUnsafeMutableBufferPointer { values in
          for i in 0..<size { values[i] = Float(pixels[start + i]) * (1 / 255) }
        }
      }
    case .floats(let floats):
      for i in 0..<size { picture.values[i] = floats[start + i] }
    }
  }

  /// Chooses images so that each class keeps its share, the same first ones for every size.
  ///
  /// The images a class gets are its exact share rounded down, and the images left over go to the largest
  /// remainders.
  ///
  /// - Parameters:
  ///   - labels: The class of each image, from 0.
  ///   - size: How many; at most as many as there are.
  ///   - purpose: The name of the random stream.
  ///   - seed: The seed of the stream.
  /// - Returns: Indices of images, in ascending order.
  package static func stratified(_ labels: [Int], size: Int, purpose: String, seed: Int) -> [Int] {
    var members: [[Int]] = Array(repeating: [], count: (labels.max() ?? -1) + 1)
    for (index, label) in labels.enumerated() { members[label].append(index) }
    let shares = members.map { Double($0.count) * Double(size) / Double(max(labels.count, 1)) }
    var quotas = shares.map { Int($0) }
    let byRemainder = shares.indices.sorted {
      let left = shares[$0] - shares[$0].rounded(.down)
      let right = shares[$1] - shares[$1].rounded(.down)
      return left == right ? $0 < $1 : left > right
    }
    for label in byRemainder.prefix(size - quotas.reduce(0, +)) { quotas[label] += 1 }
    var chosen: [Int] = []
    for label in members.indices {
      var rng = SeededGenerator(purpose: purpose, seed: seed, place: [label])
      rng.shuffle(&members[label])
      chosen += members[label].prefix(quotas[label])
    }
    return chosen.sorted()
  }
}
