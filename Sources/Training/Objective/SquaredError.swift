/// The loss of a number: (prediction − target)², averaged over the batch.
///
/// With a range, the prediction is σ(z) · (high − low) + low, as fastai's `y_range` has it.
package struct SquaredError: Sendable {
  private let range: ClosedRange<Double>?

  package init(range: ClosedRange<Double>?) {
    self.range = range
  }

  /// What an output predicts, and how fast the prediction moves with it.
  package func prediction(_ output: Double) -> (value: Double, slope: Double) {
    guard let range else { return (output, 1) }
    let share = 1 / (1 + Elementary.exponential(-output))
    let width = range.upperBound - range.lowerBound
    return (range.lowerBound + width * share, width * share * (1 - share))
  }

  /// Measures the loss of a batch and sets the gradient of its outputs; see `Loss.measure`.
  func measure(_ output: Activation, targets: [Float], count: Int) -> Double {
    var sum = 0.0
    for n in 0..<count {
      let (value, slope) = prediction(Double(output.value.row(0, ofImage: n)[0]))
      let error = value - Double(targets[n])
      sum += error * error
      output.gradient.row(0, ofImage: n)[0] = Float(2 * error * slope / Double(count))
    }
    return sum / Double(count)
  }
}
