/// A network as data: what each node computes, what it reads, and what its parameters are called.
///
/// `Network` builds it; which nodes become one layer and where layers share memory is decided there.
package struct NetworkDescription: Sendable, Equatable {
  /// What the first node reads, and the name by which any other can.
  package static let input = "input"

  /// The images that go in.
  package var rows: Int
  package var columns: Int
  package var channels: Int
  /// In an order in which each comes after those it reads; those of the body before those of the head.
  package var nodes: [Node]

  package struct Node: Sendable, Equatable {
    /// Unlike that of any other node, and the prefix of the names of its parameters.
    package var name: String
    package var operation: Operation
    package var part: Parameter.Part
    /// The node it reads, `nil` for the one before.
    package var source: String?

    package init(
      _ name: String,
      _ operation: Operation,
      _ part: Parameter.Part,
      source: String? = nil
    ) {
      self.name = name
      self.operation = operation
      self.part = part
      self.source = source
    }
  }

  package enum Operation: Sendable, Equatable {
    case convolution(ConvolutionShape, hasBias: Bool)
    case batchNorm(epsilon: Double = 1e-5, momentum: Double = 0.1)
    case activation(ActivationFunction)
    /// Adds the output of another node, of the same shape.
    case add(String)
    /// The mean over each cell of a square grid, whatever the size of the images.
    case pooling(cells: Int)
    /// The largest value of each channel, then the mean of each.
    case maximumAndMean
    /// An image as one long row of numbers.
    case flatten
    case linear(outputs: Int, hasBias: Bool = true)
    /// Draws come from the stream of this key and of the step.
    case dropout(probability: Double, key: Int)
  }

  package init(rows: Int, columns: Int, channels: Int, nodes: [Node]) {
    self.rows = rows
    self.columns = columns
    self.channels = channels
    self.nodes = nodes
  }

  /// The name of what a node reads first.
  func source(of index: Int) -> String {
    nodes[index].source ?? (index == 0 ? Self.input : nodes[index - 1].name)
  }

  /// The nodes that read a node's output, first to last.
  func readers(of name: String) -> [Int] {
    nodes.indices.filter { index in
      if case .add(name) = nodes[index].operation { return true }
      return source(of: index) == name
    }
  }
}
