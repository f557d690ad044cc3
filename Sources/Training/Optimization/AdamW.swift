/// Adam whose weight decay is decoupled from the gradient.
///
/// Reference: Loshchilov and Hutter (2019), Decoupled weight decay regularization, arXiv 1711.05101,
/// algorithm 2; constants of `torch.optim.AdamW`.
package struct AdamW: Optimizer {
  package static let name = "adamw"

  private var adam: Adam

  /// Starts with no memory.
  ///
  /// - Precondition: Decay is decoupled; with L2 decay this is plain Adam.
  package init(_ parameters: [LearningParameter], _ constants: OptimizerConstants) {
    precondition(constants.decay == .decoupled, "AdamW is Adam with decoupled decay")
    adam = Adam(parameters, constants)
  }

  package var momentum: Double {
    get { adam.momentum }
    set { adam.momentum = newValue }
  }

  package mutating func step(rate: Double) { adam.step(rate: rate) }
}
