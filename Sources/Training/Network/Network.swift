/// A body of general-purpose features and a head for one task, over one flat buffer of parameters.
package final class Network {
  package let parameters: Parameters
  package let input: Activation
  /// What the body gives the head.
  package let features: Activation
  /// One number per class, trait or quantity.
  package let output: Activation
  private let body: [any Layer]
  private let head: [any Layer]
  package let norms: [BatchNorm]

  init(
    parameters: Parameters,
    input: Activation,
    body: [any Layer],
    features: Activation,
    head: [any Layer],
    output: Activation
  ) {
    self.parameters = parameters
    self.input = input
    self.body = body
    self.features = features
    self.head = head
    self.output = output
    norms = body.compactMap { $0 as? BatchNorm }
    input.wantsGradient = false
  }

  /// Whether there is a body, and it computes a fixed function of each image.
  package var bodyIsFrozen: Bool { !body.isEmpty && !features.wantsGradient }

  /// Freezes or frees the body's weights and its batch norm.
  package func freezeBody(weights: Bool, norms normsAreFrozen: Bool) {
    for layer in body {
      switch layer {
      case let convolution as Convolution: convolution.isFrozen = weights
      case let linear as Linear: linear.isFrozen = weights
      case let bias as Bias: bias.isFrozen = weights
      case let norm as BatchNorm: norm.isFrozen = normsAreFrozen
      default: break  // without parameters
      }
    }
    let isFixed = body.isEmpty || (weights && (normsAreFrozen || norms.isEmpty))
    features.wantsGradient = !isFixed
  }

  /// Computes the output of a batch that lies in `input`.
  package func forward(_ pass: Pass) {
    forwardBody(pass)
    forwardHead(pass)
  }

  /// Computes the output of a batch whose features lie in `features`.
  package func forwardHead(_ pass: Pass) {
    for layer in head { layer.forward(pass) }
  }

  /// Computes the features of a batch alone.
  package func forwardBody(_ pass: Pass) {
    for layer in body { layer.forward(pass) }
  }

  /// Sets the gradients of the parameters from the output's gradient.
  package func backward(_ pass: Pass) {
    parameters.clearGradients()
    for layer in head.reversed() { layer.backward(pass) }
    guard features.wantsGradient else { return }
    for layer in body.reversed() { layer.backward(pass) }
  }
}
