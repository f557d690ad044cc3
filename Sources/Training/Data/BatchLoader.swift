/// Brings images from bytes to a network's input.
package struct BatchLoader {
  private let set: ExampleSet
  private let normalization: Normalization
  private var picture: Picture

  package init(_ set: ExampleSet, normalization: Normalization) {
    self.set = set
    self.normalization = normalization
    picture = Picture(rows: set.rows, columns: set.columns, channels: set.channels)
  }

  /// Writes images into the input, normalized.
  ///
  /// - Parameters:
  ///   - indices: Which images of the set.
  ///   - input: The input of a network.
  ///   - change: What happens to the picture before it is normalized, with the image's index.
  package mutating func load(
    _ indices: ArraySlice<Int>,
    into input: Activation,
    change: (inout Picture, Int) -> Void = { _, _ in }
  ) {
    let scales = normalization.deviation.map { 1 / $0 }
    let width = set.columns * set.channels
    for (n, index) in indices.enumerated() {
      set.read(index, into: &picture)
      change(&picture, index)
      picture.values.withUnsafeBufferPointer { values in
        for channel in 0..<set.channels {
          let (mean, scale) = (normalization.mean[channel], scales[channel])
          for y in 0..<set.rows {
            let row = input.value.row(y, ofImage: n)
            for i in stride(from: channel, to: width, by: set.channels) {
              row[i] = (values[y * width + i] - mean) * scale
            }
          }
        }
      }
    }
  }
}
