/// A differentiable function between activations.
package protocol Layer {
  var output: Activation { get }

  /// Computes the output from the input.
  func forward(_ pass: Pass)

  /// Adds to the gradients of the parameters and sets the gradient of the input, if that is wanted.
  ///
  /// The gradient of the output must have been set, and `forward` called on the same batch in training mode.
  func backward(_ pass: Pass)
}

/// A layer with numbers of its own.
package protocol ParameterizedLayer: Layer, AnyObject {
  var parameters: [Parameter] { get }

  /// Whether parameters and statistics stay as they are.
  var isFrozen: Bool { get set }

  /// What is gathered over the batches and used in evaluation, under PyTorch's names.
  var statistics: [NetworkTensor] { get }

  /// Draws the initial parameters, each from its own named stream.
  func initialize(seed: Int)
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

  /// The same batch, each image by itself.
  package var evaluating: Pass {
    Pass(count: count, mode: .evaluation, hasSameWeights: hasSameWeights)
  }

  package enum Mode: Sendable, Equatable {
    /// With dropout, and batch norm by the batch; the number of the step chooses dropout's draws.
    case training(step: Int)
    /// Each image by itself.
    case evaluation
  }
}
