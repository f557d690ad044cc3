import Kernels

/// The loss of classes that exclude each other: −Σ target · log softmax(output), averaged over the batch.
///
/// Targets are distributions over the classes, so that smoothed and mixed labels need no second loss.
package enum SoftmaxCrossEntropy {
  /// Measures the loss of a batch and sets the gradient of its outputs.
  ///
  /// - Parameters:
  ///   - output: Logits, (count, classes), and where their gradient goes.
  ///   - targets: One distribution over the classes per image, row by row.
  ///   - count: Images in the batch.
  /// - Returns: The mean loss in nats.
  package static func measure(_ output: Activation, targets: [Float], count: Int) -> Double {
    let classes = output.realChannels
    var total = 0.0
    var powers = [Float](repeating: 0, count: classes)
    for n in 0..<count {
      let logits = output.value.row(0, ofImage: n)
      let gradient = output.gradient.row(0, ofImage: n)
      var top = logits[0]
      for c in 1..<classes { top = max(top, logits[c]) }
      kernel_exponentials(logits, top, Int32(classes), &powers)
      let sum = powers.reduce(0) { $0 + Double($1) }
      let logSum = Elementary.logarithm(sum) + Double(top)
      for c in 0..<classes {
        let target = targets[n * classes + c]
        total += Double(target) * (logSum - Double(logits[c]))
        gradient[c] = Float((Double(powers[c]) / sum - Double(target)) / Double(count))
      }
    }
    return total / Double(count)
  }

  /// Turns logits into probabilities, row by row.
  package static func probabilities(of logits: [Float], classes: Int) -> [Float] {
    var result = logits
    for start in stride(from: 0, to: logits.count, by: classes) {
      let row = Array(logits[start..<start + classes])
      var powers = row
      kernel_exponentials(row, row.max() ?? 0, Int32(classes), &powers)
      let sum = powers.reduce(0) { $0 + Double($1) }
      for c in 0..<classes { result[start + c] = Float(Double(powers[c]) / sum) }
    }
    return result
  }
}
