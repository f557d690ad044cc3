/// A body of general-purpose features and a head for one task, over one flat buffer of parameters.
package final class Network {
  package let parameters: Parameters
  package let input: Activation
  /// What the body gives the head.
  package let features: Activation
  /// One number per class, trait or quantity.
  package let output: Activation
  /// The last features that have a place in the picture: what the last pooling reads, `nil` where nothing is pooled.
  let pooled: Activation?
  private let body: Layers
  private let head: Layers

  /// One end of a network, in order; those with parameters once more by themselves.
  struct Layers {
    var all: [any Layer] = []
    var parameterized: [any ParameterizedLayer] = []

    mutating func append(_ layer: some Layer) { all.append(layer) }

    mutating func append(_ layer: some ParameterizedLayer) {
      all.append(layer)
      parameterized.append(layer)
    }

    var statistics: [NetworkTensor] { parameterized.flatMap(\.statistics) }
  }

  /// Connects layers that were built, and draws their parameters.
  init(
    parameters: Parameters,
    input: Activation,
    pooled: Activation?,
    body: Layers,
    head: Layers,
    seed: Int
  ) {
    self.parameters = parameters
    self.input = input
    self.pooled = pooled
    self.body = body
    self.head = head
    features = body.all.last?.output ?? input
    output = head.all.last?.output ?? features
    for layer in body.parameterized + head.parameterized { layer.initialize(seed: seed) }
  }

  /// Whether there is a body, and it computes a fixed function of each image.
  package var bodyIsFrozen: Bool { !body.all.isEmpty && !features.wantsGradient }

  /// Freezes the layers whose parameters are all among those told, and frees the others.
  package func freeze(where isFrozen: (Parameter) -> Bool) {
    for layer in body.parameterized + head.parameterized {
      layer.isFrozen = layer.parameters.allSatisfy(isFrozen)
    }
    features.wantsGradient = !body.parameterized.allSatisfy(\.isFrozen)
  }

  /// Freezes the layers that are frozen in another network of the same layers.
  func freeze(as other: Network) {
    guard other !== self else { return }
    for (own, others) in zip(
      body.parameterized + head.parameterized,
      other.body.parameterized + other.head.parameterized
    ) {
      own.isFrozen = others.isFrozen
    }
    features.wantsGradient = other.features.wantsGradient
  }

  /// Takes over the numbers of a network of the same layers.
  func take(_ other: Network) {
    for (own, others) in zip(tensors, other.tensors) { own.set(others.get()) }
  }

  /// Running statistics of the body alone.
  var bodyStatistics: [NetworkTensor] { body.statistics }

  /// Running statistics of the head alone.
  var headStatistics: [NetworkTensor] { head.statistics }

  /// Running statistics of all layers; none where no layer looks at a batch as a whole.
  package var statistics: [NetworkTensor] { body.statistics + head.statistics }

  /// Computes the output of a batch that lies in `input`.
  ///
  /// A frozen body is evaluated even where the head learns.
  package func forward(_ pass: Pass) {
    forwardBody(bodyIsFrozen ? pass.evaluating : pass)
    forwardHead(pass)
  }

  /// Computes the output of a batch whose features lie in `features`.
  package func forwardHead(_ pass: Pass) {
    for layer in head.all { layer.forward(pass) }
  }

  /// Computes the features of a batch alone.
  package func forwardBody(_ pass: Pass) {
    for layer in body.all { layer.forward(pass) }
  }

  /// Sets the gradients of the parameters from the output's gradient.
  package func backward(_ pass: Pass) {
    parameters.clearGradients()
    backwardHead(pass)
    guard features.wantsGradient else { return }
    backwardBody(pass)
  }

  /// Adds to the gradients of the head and sets that of the features.
  func backwardHead(_ pass: Pass) {
    for layer in head.all.reversed() { layer.backward(pass) }
  }

  /// Adds to the gradients of the body, from that of the features, which it may overwrite.
  func backwardBody(_ pass: Pass) {
    for layer in body.all.reversed() { layer.backward(pass) }
  }
}
