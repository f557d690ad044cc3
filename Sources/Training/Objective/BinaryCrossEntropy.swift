/// The loss of labels that do not exclude each other: each output is the logit of a yes.
///
/// −target · log σ(z) − (1 − target) · log(1 − σ(z)), averaged over labels and batch, as in
/// `torch.nn.BCEWithLogitsLoss`.
package enum BinaryCrossEntropy {
  /// Measures the loss of a batch and sets the gradient of its outputs; see `Loss.measure`.
  static func measure(_ output: Activation, targets: [Float], count: Int) -> Double {
    let labels = output.realChannels
    let total = Double(count * labels)
    var sum = 0.0
    for n in 0..<count {
      let logits = output.value.row(0, ofImage: n)
      let gradient = output.gradient.row(0, ofImage: n)
      for c in 0..<labels {
        let logit = Double(logits[c])
        let target = Double(targets[n * labels + c])
        sum += loss(logit: logit, target: target)
        gradient[c] = Float((probability(logit) - target) / total)
      }
    }
    return sum / total
  }

  /// The probability of a yes.
  package static func probability(_ logit: Double) -> Double {
    1 / (1 + Elementary.exponential(-logit))
  }

  /// The loss of one label, without overflow at either end.
  package static func loss(logit: Double, target: Double) -> Double {
    max(logit, 0) - logit * target
      + Elementary.logarithm(onePlus: Elementary.exponential(-abs(logit)))
  }
}
