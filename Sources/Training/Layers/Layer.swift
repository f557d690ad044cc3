/// A differentiable function between activations, whose parameters lie in the network's flat buffer.
package protocol Layer {
  /// Computes the output from the input.
  func forward(_ pass: Pass)

  /// Adds to the gradients of the parameters and sets the gradient of the input, if that is wanted.
  ///
  /// The gradient of the output must have been set, and `forward` called on the same batch.
  func backward(_ pass: Pass)
}

/// One batch on its way through the layers.
package struct Pass: Sendable, Equatable {
  /// Images in the batch.
  package let count: Int
  package let mode: Mode
  /// Whether the weights are still those of the forward pass before this one.
  package let hasSameWeights: Bool

  package init(count: Int, mode: Mode, hasSameWeights: Bool = false) {
    self.count = count
    self.mode = mode
    self.hasSameWeights = hasSameWeights
  }

  package enum Mode: Sendable, Equatable {
    /// With dropout, and batch norm by the batch; the number of the step chooses dropout's draws.
    case training(step: Int)
    /// Each image by itself.
    case evaluation
  }
}
