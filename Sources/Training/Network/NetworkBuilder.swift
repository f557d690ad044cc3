extension Network {
  /// Builds the layers of a description.
  ///
  /// - Parameters:
  ///   - description: The network; a name that is not there and a shape that does not fit are programming mistakes.
  ///   - capacity: The most images of a batch.
  ///   - seed: The seed of the initial weights and of dropout.
  package convenience init(_ description: NetworkDescription, capacity: Int, seed: Int) {
    var builder = NetworkBuilder(description, capacity: capacity, seed: seed)
    while builder.addLayer() {}
    self.init(
      parameters: builder.parameters,
      input: builder.input,
      pooled: builder.pooled,
      body: builder.body,
      head: builder.head,
      seed: seed
    )
  }
}

/// Turns the nodes of a description into layers, one after the other.
///
/// Norm, bias and linear map take the addition and the activation that follow them into their own loop. The
/// gradient of an output lies in memory that layers share where the next layer alone reads it and uses it up at once.
private struct NetworkBuilder {
  typealias Operation = NetworkDescription.Operation

  let parameters = Parameters()
  let input: Activation
  /// What the last pooling reads.
  private(set) var pooled: Activation?
  private(set) var body = Network.Layers()
  private(set) var head = Network.Layers()

  private let description: NetworkDescription
  private let seed: Int
  private var outputs: [String: Activation]
  /// The first node that is in no layer.
  private var next = 0

  init(_ description: NetworkDescription, capacity: Int, seed: Int) {
    self.description = description
    self.seed = seed
    input = Activation(
      images: capacity,
      rows: description.rows,
      columns: description.columns,
      channels: description.channels,
      packed: true,
      border: Self.border(
        for: NetworkDescription.input,
        in: description,
        rows: description.rows,
        columns: description.columns
      )
    )
    input.wantsGradient = false
    outputs = [NetworkDescription.input: input]
  }

  /// Builds the layer that starts at the next node; false where there is none.
  mutating func addLayer() -> Bool {
    guard next < description.nodes.count else { return false }
    let node = description.nodes[next]
    let source = source(of: next)
    let scope = parameters.scope(node.name, node.part)
    next += 1
    switch node.operation {
    case .convolution(let shape, let hasBias):
      addConvolution(shape, hasBias: hasBias, reading: source, scope)
    case .batchNorm(let epsilon, let momentum):
      addNorm(scope, reading: source, epsilon: epsilon, momentum: momentum)
    case .activation(let activation):
      append(Bias(nil, input: source, ending: ending(of: source, activation: activation)))
    case .add(let name):
      let (skip, activation) = (skip(name), takeActivation())
      let ending = ending(of: source, skip: skip, activation: activation)
      append(Bias(nil, input: source, ending: ending))
    case .pooling(let cells):
      pooled = source
      append(Pooling(input: source, cells: cells))
    case .flatten:
      outputs[node.name] = source
    case .maximumAndMean:
      pooled = source
      append(MaximumAndMean(input: source))
    case .linear(let count, let hasBias):
      let activation = takeActivation()
      append(
        Linear(scope, input: source, outputs: count, activation: activation, hasBias: hasBias)
      )
    case .dropout(let probability, let key):
      append(Dropout(input: source, probability: probability, seed: seed, key: key))
    }
    return true
  }

  private mutating func addConvolution(
    _ shape: ConvolutionShape,
    hasBias: Bool,
    reading source: Activation,
    _ scope: Parameters.Scope
  ) {
    let index = next - 1
    let adds = !isLastReader(index, of: description.source(of: index))
    let shares = hasBias || nextWorksInPlace
    if shape.isThreeByThree(rows: source.rows, columns: source.columns) {
      append(
        Convolution(
          scope,
          input: source,
          shape: shape,
          addsToGradient: adds,
          sharesGradient: shares
        )
      )
    } else if shape.isPointwise {
      append(PointwiseConvolution(scope, input: source, shape: shape, addsToGradient: adds))
    } else if shape.isDepthwise(channels: source.realChannels) {
      append(
        DepthwiseConvolution(
          scope,
          input: source,
          shape: shape,
          addsToGradient: adds,
          sharesGradient: shares
        )
      )
    } else {
      append(DirectConvolution(scope, input: source, shape: shape, addsToGradient: adds))
    }
    guard hasBias else { return }
    let values = output(description.nodes[index].name)
    append(
      Bias(
        scope,
        input: values,
        ending: takeEnding(of: values),
        initialBound: shape.initialBound(of: source)
      )
    )
  }

  /// Adds a norm, and connects it with the convolution before it where that can take it in.
  private mutating func addNorm(
    _ scope: Parameters.Scope,
    reading source: Activation,
    epsilon: Double,
    momentum: Double
  ) {
    let index = next - 1
    let isAlone = description.readers(of: description.source(of: index)) == [index]
    let ending = takeEnding(of: source)
    let norm = BatchNorm(
      scope,
      input: source,
      ending: ending,
      epsilon: epsilon,
      momentum: momentum
    )
    let before = (isInHead ? head : body).all.last
    if isAlone, let before, before.output === source {
      if let pointwise = before as? PointwiseConvolution { pointwise.precede(norm) }
      if let depthwise = before as? DepthwiseConvolution, ending.skip == nil {
        depthwise.precede(norm)
      }
    }
    append(norm)
  }

  /// Notes a layer, and its output as that of the last node it took.
  private mutating func append(_ layer: some Layer) {
    note(layer.output)
    if isInHead { head.append(layer) } else { body.append(layer) }
  }

  private mutating func append(_ layer: some ParameterizedLayer) {
    note(layer.output)
    if isInHead { head.append(layer) } else { body.append(layer) }
  }

  private mutating func note(_ output: Activation) {
    outputs[description.nodes[next - 1].name] = output
  }

  private var isInHead: Bool { description.nodes[next - 1].part == .head }

  private func output(_ name: String) -> Activation {
    guard let output = outputs[name] else {
      preconditionFailure("no node before the one that reads '\(name)' has that name")
    }
    return output
  }

  /// On the way back the last node to read sets the gradient, and those before it have to add to that.
  private func isLastReader(_ index: Int, of name: String) -> Bool {
    name == NetworkDescription.input || description.readers(of: name).last == index
  }

  private func source(of index: Int) -> Activation {
    let name = description.source(of: index)
    if case .convolution = description.nodes[index].operation { return output(name) }
    precondition(
      isLastReader(index, of: name),
      "'\(description.nodes[index].name)' cannot add to the gradient of '\(name)'"
    )
    return output(name)
  }

  /// What the node that was taken last adds.
  private func skip(_ name: String) -> Activation {
    precondition(isLastReader(next - 1, of: name), "'\(name)' is read again after it was added")
    return output(name)
  }
}

extension NetworkBuilder {
  /// The next node's operation, where it alone reads what is built so far and belongs to the same end.
  private var follower: Operation? {
    guard next > 0, next < description.nodes.count else { return nil }
    let (last, node) = (description.nodes[next - 1], description.nodes[next])
    let isAlone =
      description.readers(of: last.name) == [next] && description.source(of: next) == last.name
    return isAlone && (last.part == .head) == (node.part == .head) ? node.operation : nil
  }

  /// Whether the next layer writes its input's gradient over its output's, number by number.
  private var nextWorksInPlace: Bool {
    switch follower {
    case .batchNorm, .activation, .add: true
    case .convolution, .pooling, .maximumAndMean, .flatten, .linear, .dropout, nil: false
    }
  }

  /// Takes the activation that follows, where one does.
  private mutating func takeActivation() -> ActivationFunction {
    guard case .activation(let activation) = follower else { return .none }
    next += 1
    return activation
  }

  /// Takes the addition and the activation that follow a norm or a bias, as far as they do.
  private mutating func takeEnding(of source: Activation) -> Ending {
    var added: Activation?
    if case .add(let name) = follower {
      next += 1
      added = skip(name)
    }
    let activation = takeActivation()
    return ending(of: source, skip: added, activation: activation)
  }

  /// The ending of a layer, once all its nodes are taken.
  private func ending(
    of source: Activation,
    skip: Activation? = nil,
    activation: ActivationFunction
  ) -> Ending {
    Ending(
      skip: skip,
      activation: activation,
      border: Self.border(
        for: description.nodes[next - 1].name,
        in: description,
        rows: source.rows,
        columns: source.columns
      ),
      workspace: follower == nil ? nil : parameters.workspace,
      isMadeByReader: skip == nil && isMadeByReader(channels: source.realChannels)
    )
  }

  /// Whether a convolution alone reads what is built so far and makes its values on the way.
  private func isMadeByReader(channels: Int) -> Bool {
    guard case .convolution(let shape, _) = follower else { return false }
    return shape.isPointwise || shape.isDepthwise(channels: channels)
  }

  /// The zeros that the readers of images want around them.
  private static func border(
    for name: String,
    in description: NetworkDescription,
    rows: Int,
    columns: Int
  ) -> Int {
    let wantsBorder = description.readers(of: name).contains { index in
      guard case .convolution(let shape, _) = description.nodes[index].operation else {
        return false
      }
      return shape.isThreeByThree(rows: rows, columns: columns)
    }
    return wantsBorder ? 1 : 0
  }
}
