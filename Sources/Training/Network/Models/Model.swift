/// What makes outputs of the features of images.
package enum HeadKind: String, CaseIterable, Sendable {
  /// Two dense layers with an activation between.
  case hidden
  /// One dense layer.
  case linear
  /// Two dense layers, each after a norm and dropout, on the largest and the mean value of each channel: fastai's.
  case fastai
  /// The layers that a file of a whole network has after its body.
  case file
}

/// The shapes a network can have; each describes one from a plan.
package enum Model: String, CaseIterable, Sendable {
  /// Convolutions in residual stages, pooled features, a head of two dense layers.
  case cnn
  /// Dense layers.
  case mlp
  /// One dense layer: softmax regression, or a straight line.
  case linear

  /// Describes a network of this shape.
  ///
  /// - Parameters:
  ///   - plan: Sizes and rates.
  ///   - body: The layers of a body that brings its own, which take the place of the model's.
  /// - Returns: The description.
  package func description(
    _ plan: Plan,
    body: [NetworkDescription.Node]? = nil
  ) -> NetworkDescription {
    let nodes =
      switch self {
      case .cnn: body.map { plan.pooled($0) + plan.head } ?? plan.convolutional
      case .mlp: plan.multilayerPerceptron
      case .linear: plan.linear
      }
    return NetworkDescription(
      rows: plan.rows,
      columns: plan.columns,
      channels: plan.channels,
      nodes: nodes
    )
  }

  /// The sizes and rates a network is described by.
  package struct Plan: Sendable, Equatable {
    package var rows: Int
    package var columns: Int
    package var channels: Int
    package var outputs: Int
    /// Channels of the first convolution, or units of each hidden layer.
    package var width = 16
    /// Stages after the first convolution, or hidden layers.
    package var depth = 2
    /// What hidden layers end in; without one the whole is a linear map.
    package var activation = ActivationFunction.relu
    package var hasBatchNorm = true
    /// What follows a body of images.
    package var headKind = HeadKind.hidden
    /// The head that a file brings.
    package var headOfFile: [NetworkDescription.Node] = []
    /// Probability of the head's last dropout.
    package var dropout = 0.0

    package init(rows: Int, columns: Int, channels: Int, outputs: Int) {
      self.rows = rows
      self.columns = columns
      self.channels = channels
      self.outputs = outputs
    }
  }
}
