/// The mean and deviation that pixels are brought to 0 and 1 by, per channel, in units of white = 1.
package struct Normalization: Sendable, Equatable {
  package let mean: [Float]
  package let deviation: [Float]

  package init(mean: [Float], deviation: [Float]) {
    self.mean = mean
    self.deviation = deviation
  }

  /// Measures some examples of a set.
  package init(of set: ExampleSet, at indices: [Int]) {
    switch set.values {
    case .bytes(let pixels): self.init(pixels, of: set, at: indices)
    case .floats(let floats): self.init(floats, at: indices)
    }
  }

  /// Measures single numbers.
  private init(_ floats: [Float], at indices: [Int]) {
    let chosen = indices.map { Double(floats[$0]) }
    let average = chosen.reduce(0, +) / Double(chosen.count)
    let square = chosen.reduce(0) { $0 + ($1 - average) * ($1 - average) }
    mean = [Float(average)]
    deviation = [square > 0 ? Float((square / Double(chosen.count)).squareRoot()) : 1]
  }

  /// Counts how often each byte occurs, which makes the sums exact.
  private init(_ pixels: Pixels, of set: ExampleSet, at indices: [Int]) {
    var counts = Array(repeating: Array(repeating: 0, count: 256), count: set.channels)
    pixels.withUnsafeBytes { pixels in
      for index in indices {
        for i in 0..<set.size {
          counts[i % set.channels][Int(pixels[index * set.size + i])] += 1
        }
      }
    }
    let moments = counts.map { counts in
      let total = Double(counts.reduce(0, +))
      let mean = counts.enumerated().reduce(0) { $0 + Double($1.offset * $1.element) } / total
      let square = counts.enumerated().reduce(0) {
        $0 + (Double($1.offset) - mean) * (Double($1.offset) - mean) * Double($1.element)
      }
      return (mean: mean / 255, deviation: (square / total).squareRoot() / 255)
    }
    mean = moments.map { Float($0.mean) }
    // A channel without contrast is only shifted.
    deviation = moments.map { $0.deviation > 0 ? Float($0.deviation) : 1 }
  }
}
