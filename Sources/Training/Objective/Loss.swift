/// The loss of a task, on targets that may be smoothed or mixed.
package enum Loss: Sendable, Equatable {
  case softmaxCrossEntropy
  case binaryCrossEntropy
  /// Squared error; a range bends the output into it by a sigmoid.
  case squaredError(range: ClosedRange<Double>?)

  /// Measures the loss of a batch and sets the gradient of its outputs.
  ///
  /// - Parameters:
  ///   - output: The network's outputs, (count, outputs), and where their gradient goes.
  ///   - targets: What they should be, row by row.
  ///   - count: Examples in the batch.
  /// - Returns: The mean loss.
  package func measure(_ output: Activation, targets: [Float], count: Int) -> Double {
    switch self {
    case .softmaxCrossEntropy:
      SoftmaxCrossEntropy.measure(output, targets: targets, count: count)
    case .binaryCrossEntropy:
      BinaryCrossEntropy.measure(output, targets: targets, count: count)
    case .squaredError(let range):
      SquaredError(range: range).measure(output, targets: targets, count: count)
    }
  }
}
