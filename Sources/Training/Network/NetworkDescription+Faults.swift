extension NetworkDescription {
  /// What keeps the layers from being built, `nil` where nothing does; for descriptions that came from elsewhere.
  package var fault: String? {
    guard !nodes.isEmpty else { return "there are no layers" }
    var shapes = [Self.input: [rows, columns, channels]]
    for index in nodes.indices {
      let node = nodes[index]
      if shapes[node.name] != nil { return "there are two layers '\(node.name)'" }
      let name = source(of: index)
      guard let shape = shapes[name] else {
        return "'\(node.name)' reads '\(name)', which does not come before it"
      }
      if let fault = faultOfReading(name, at: index, shape: shape, shapes: shapes) {
        return "'\(node.name)' \(fault)"
      }
      shapes[node.name] = Self.shape(of: node.operation, reading: shape)
    }
    return nil
  }

  /// Numbers that an image becomes at the end; for layers without a fault.
  package var outputs: Int {
    var shapes = [Self.input: [rows, columns, channels]]
    var last = [rows, columns, channels]
    for index in nodes.indices {
      last = Self.shape(of: nodes[index].operation, reading: shapes[source(of: index)] ?? last)
      shapes[nodes[index].name] = last
    }
    return last.reduce(1, *)
  }

  private func faultOfReading(
    _ name: String,
    at index: Int,
    shape: [Int],
    shapes: [String: [Int]]
  ) -> String? {
    let node = nodes[index]
    switch node.operation {
    case .convolution(let convolution, _): return Self.fault(of: convolution, reading: shape)
    case .add(let other):
      guard let added = shapes[other] else {
        return "adds '\(other)', which does not come before it"
      }
      if added != shape { return "adds \(Self.text(added)) to \(Self.text(shape))" }
      if other == Self.input || readers(of: other).last != index {
        return "adds '\(other)', which is the input or is read again after it"
      }
    case .linear(let outputs, _):
      if let fault = Self.fault(ofWeights: shape.reduce(1, *) * outputs) { return fault }
    case .batchNorm, .activation, .pooling, .maximumAndMean, .flatten, .dropout: break
    }
    if name != Self.input, readers(of: name).last != index {
      return "reads '\(name)', which another layer than a convolution reads after it"
    }
    switch node.operation {
    case .batchNorm, .activation, .add:
      return name == Self.input ? "cannot be the first layer" : nil
    case .linear, .flatten, .dropout:
      return isBordered(name, shape: shape)
        ? "reads '\(name)', which a 3 × 3 convolution reads too" : nil
    case .convolution, .pooling, .maximumAndMean: return nil
    }
  }

  private func isBordered(_ name: String, shape: [Int]) -> Bool {
    readers(of: name).contains { reader in
      guard case .convolution(let convolution, _) = nodes[reader].operation else { return false }
      return convolution.isThreeByThree(rows: shape[0], columns: shape[1])
    }
  }

  private static func fault(of convolution: ConvolutionShape, reading shape: [Int]) -> String? {
    if shape[2] % convolution.groups != 0 || convolution.channels % convolution.groups != 0 {
      return
        "has \(convolution.groups) groups, which do not divide \(shape[2]) inputs and "
        + "\(convolution.channels) outputs"
    }
    let fits = shape.prefix(2).allSatisfy { length in
      switch convolution.padding {
      case .same: true
      case .symmetric(let zeros): length + 2 * zeros >= convolution.kernel
      }
    }
    if !fits { return "has a kernel of \(convolution.kernel), larger than \(text(shape))" }
    let taps = convolution.kernel * convolution.kernel
    return fault(ofWeights: taps * shape[2] / convolution.groups * convolution.channels)
  }

  /// Weights of one layer that would not fit into the memory of common machines once they are trained.
  private static let mostWeights = 1 << 28

  private static func fault(ofWeights count: Int) -> String? {
    count > mostWeights ? "has \(count) weights, more than \(mostWeights)" : nil
  }

  /// (rows, columns, channels) of what an operation makes of such images.
  private static func shape(of operation: Operation, reading shape: [Int]) -> [Int] {
    switch operation {
    case .convolution(let convolution, _):
      shape.prefix(2).map { convolution.side($0).outputs } + [convolution.channels]
    case .batchNorm, .activation, .add, .dropout: shape
    case .pooling(let cells): [cells, cells, shape[2]]
    case .maximumAndMean: [1, 1, 2 * shape[2]]
    case .flatten: [1, 1, shape.reduce(1, *)]
    case .linear(let outputs, _): [1, 1, outputs]
    }
  }

  private static func text(_ shape: [Int]) -> String {
    shape.map(String.init).joined(separator: " × ")
  }
}
