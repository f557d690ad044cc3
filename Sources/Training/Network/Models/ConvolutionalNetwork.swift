extension Model.Plan {
  private static let hiddenUnits = 128
  private static let cells = 4

  /// The residual network of the class sweep.
  ///
  /// Body: a convolution, then stages of a convolution of stride 2 with twice the channels and a residual
  /// block, each convolution with batch norm (or a bias) and activation. Head: adaptive average pooling, dropout
  /// p/2, linear, activation, dropout p, linear.
  var convolutional: [NetworkDescription.Node] {
    var nodes = unit(1, channels: width, stage: 0)
    for stage in 1...depth {
      let channels = width << stage
      let first = 3 * stage - 1
      nodes += unit(first, channels: channels, stride: 2, stage: stage)
      let start = nodes[nodes.count - 1].name
      nodes += unit(first + 1, channels: channels, stage: stage)
      nodes += unit(first + 2, channels: channels, stage: stage, skip: start)
    }
    nodes.append(.init("body.pooling", .pooling(cells: Self.cells), .body(stage: depth)))
    return pooled(nodes) + head
  }

  /// What follows the features of images.
  var head: [NetworkDescription.Node] {
    switch headKind {
    case .hidden: hidden
    case .linear: linear
    case .fastai: fastai
    case .file: headOfFile
    }
  }

  /// A body that ends in pooling, with the pooling that the head wants.
  func pooled(_ body: [NetworkDescription.Node]) -> [NetworkDescription.Node] {
    guard headKind == .fastai, var last = body.last, case .pooling = last.operation else {
      return body
    }
    last.operation = .maximumAndMean
    return body.dropLast() + [last]
  }

  private static let fastaiUnits = 512

  /// Norm, dropout p/2, dense, ReLU, norm, dropout p, dense: the norms take the place of biases.
  ///
  /// Reference: fastai 2, `create_head` in fastai/vision/learner.py, whose p is 0.5.
  private var fastai: [NetworkDescription.Node] {
    [
      .init("head.flatten", .flatten, .head),
      .init("head.norm1", .batchNorm(), .head),
      .init("head.dropout1", .dropout(probability: dropout / 2, key: 0), .head),
      .init("head.hidden", .linear(outputs: Self.fastaiUnits, hasBias: false), .head),
      .init("head.activation", .activation(.relu), .head),
      .init("head.norm2", .batchNorm(), .head),
      .init("head.dropout2", .dropout(probability: dropout, key: 1), .head),
      .init("head.output", .linear(outputs: outputs, hasBias: false), .head),
    ]
  }

  /// Two dense layers with an activation between.
  private var hidden: [NetworkDescription.Node] {
    [
      .init("head.dropout1", .dropout(probability: dropout / 2, key: 0), .head),
      .init("head.flatten", .flatten, .head),
      .init("head.hidden", .linear(outputs: Self.hiddenUnits), .head),
      .init("head.activation", .activation(activation), .head),
      .init("head.dropout2", .dropout(probability: dropout, key: 1), .head),
      .init("head.output", .linear(outputs: outputs), .head),
    ]
  }

  /// Convolution, norm or bias, an optional skip connection and activation.
  private func unit(
    _ number: Int,
    channels: Int,
    stride: Int = 1,
    stage: Int,
    skip: String? = nil
  ) -> [NetworkDescription.Node] {
    let part = Parameter.Part.body(stage: stage)
    let shape = ConvolutionShape(channels: channels, stride: stride)
    var nodes = [
      NetworkDescription.Node(
        "body.conv\(number)",
        .convolution(shape, hasBias: !hasBatchNorm),
        part
      )
    ]
    if hasBatchNorm { nodes.append(.init("body.norm\(number)", .batchNorm(), part)) }
    if let skip { nodes.append(.init("body.sum\(number)", .add(skip), part)) }
    nodes.append(.init("body.activation\(number)", .activation(activation), part))
    return nodes
  }
}
