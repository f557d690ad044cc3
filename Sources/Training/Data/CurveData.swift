import Statistics

/// A noisy curve of one number, on which one sees what a network of straight pieces does.
///
/// y = sin(6x)/2 + x + (x − 3/4) · noise for x and noise uniform on [0, 1), then y brought to mean 0 and
/// deviation 1. The best straight line leaves three quarters of the variance. The curve is that of the
/// course "CS 344" (Calvin University), notebook u06n3.
package enum CurveData {
  private static let trainingCount = 4000
  private static let validationCount = 1000

  private static func y(_ x: Double, noise: Double) -> Double {
    Elementary.sine(6 * x) / 2 + x + (x - 0.75) * noise
  }

  /// All examples before they are scaled, and what scales them.
  private static var sample: (points: [(x: Double, y: Double)], mean: Double, deviation: Double) {
    var rng = SeededGenerator(purpose: "curve data", seed: 0)
    let points = (0..<trainingCount + validationCount).map { _ in
      let x = rng.uniform()
      return (x: x, y: y(x, noise: rng.uniform()))
    }
    let mean = points.reduce(0) { $0 + $1.y } / Double(points.count)
    let square = points.reduce(0) { $0 + ($1.y - mean) * ($1.y - mean) }
    return (points, mean, (square / Double(points.count)).squareRoot())
  }

  /// The mean of y at each x: what no network can do better than.
  package static func expectation(at positions: [Double]) -> [Double] {
    let sample = sample
    return positions.map { (y($0, noise: 0.5) - sample.mean) / sample.deviation }
  }

  static var dataset: Dataset {
    let (points, mean, deviation) = sample
    func examples(_ range: Range<Int>) -> ExampleSet {
      ExampleSet(
        inputs: points[range].map { Float($0.x) },
        numbers: points[range].map { Float(($0.y - mean) / deviation) }
      )
    }
    return Dataset(
      name: BundledDataset.curve.rawValue,
      labelling: .numbers,
      train: examples(0..<trainingCount),
      valid: examples(trainingCount..<points.count)
    )
  }
}
