/// Numbers brought to mean 0 and deviation 1, as the training set has them, and back.
package struct NumberScale: Sendable, Equatable {
  package let mean: Double
  package let deviation: Double

  /// Takes both from the numbers of the training set; a deviation of 0 counts as 1.
  init(_ numbers: [Double]) {
    let count = Double(max(numbers.count, 1))
    let mean = numbers.reduce(0, +) / count
    let square = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    self.init(mean: mean, deviation: square > 0 ? square.squareRoot() : 1)
  }

  init(mean: Double, deviation: Double) {
    (self.mean, self.deviation) = (mean, deviation)
  }

  func apply(_ number: Double) -> Float { Float((number - mean) / deviation) }

  /// The number that ``apply(_:)`` made one of.
  func restored(_ number: Double) -> Double { mean + number * deviation }
}
