/// The shapes a network can have; each builds one from a plan.
package enum Model: String, CaseIterable, Sendable {
  /// Convolutions in residual stages, pooled features, a head of two dense layers.
  case cnn
  /// Dense layers.
  case mlp
  /// One dense layer: softmax regression, or a straight line.
  case linear

  package func network(_ plan: Network.Plan) -> Network {
    switch self {
    case .cnn: .convolutional(plan)
    case .mlp: .multilayerPerceptron(plan)
    case .linear: .linear(plan)
    }
  }
}

extension Network {
  /// The sizes and rates a network is built from.
  package struct Plan: Sendable, Equatable {
    package var rows: Int
    package var columns: Int
    package var channels: Int
    package var outputs: Int
    /// The most images of a batch.
    package var capacity: Int
    /// Channels of the first convolution, or units of each hidden layer.
    package var width = 16
    /// Stages after the first convolution, or hidden layers.
    package var depth = 2
    /// Whether hidden layers end in ReLU; without it the whole is a linear map.
    package var rectifies = true
    package var hasBatchNorm = true
    /// Probability of the head's last dropout.
    package var dropout = 0.0
    /// The seed of the initial weights and of dropout.
    package var seed = 0

    package init(rows: Int, columns: Int, channels: Int, outputs: Int, capacity: Int) {
      self.rows = rows
      self.columns = columns
      self.channels = channels
      self.outputs = outputs
      self.capacity = capacity
    }
  }
}
