import Notation

/// A network as it is read from input to output: what each layer does, what it gives on, and what of it learns.
package struct NetworkOutline: Sendable, Equatable {
  /// One node of the network.
  package struct Layer: Sendable, Equatable {
    /// Within its end of the network: `conv1`.
    package let name: String
    /// `convolution 3 × 3, stride 2`.
    package let work: String
    /// What it gives on for one example: (rows, columns, channels), or the length of a row of numbers.
    package let shape: [Int]
    /// How many numbers it has of its own.
    package let parameters: Int
    /// The rate at which they learn in each phase of the training, as a share of the step's, `nil` where they are
    /// frozen; empty for a layer without any.
    package let rates: [Double?]
  }

  /// The body, or the head.
  package struct Part: Sendable, Equatable {
    package let name: String
    package let layers: [Layer]

    package var parameters: Int { layers.reduce(0) { $0 + $1.parameters } }
  }

  /// (rows, columns, channels) of what goes in, or the length of a row of numbers.
  package let input: [Int]
  /// From input to output; a network without a body has one part.
  package let parts: [Part]
  /// How many numbers learn in some phase of the training.
  package let learning: Int
  /// The epochs of each phase of the training.
  package let epochs: [Int]

  package var parameters: Int { parts.reduce(0) { $0 + $1.parameters } }
}

extension NetworkOutline {
  /// Reads a description.
  ///
  /// - Parameters:
  ///   - description: The network.
  ///   - parameters: Those it was built with.
  ///   - phases: How it is trained, first to last.
  init(_ description: NetworkDescription, parameters: Parameters, phases: [TrainingPhase]) {
    let stages = parameters.bodyStages
    func rates(_ parameter: Parameter) -> [Double?] {
      phases.map { $0.rateMultiplier(parameter, stages: stages) }
    }
    var shapes = [
      NetworkDescription.input: [description.rows, description.columns, description.channels]
    ]
    var layers: [(part: String, layer: Layer)] = []
    for (index, node) in description.nodes.enumerated() {
      let before = shapes[description.source(of: index)] ?? []
      let (work, shape) = node.operation.reading(before)
      shapes[node.name] = shape
      let own = parameters.all.filter { parameter in
        parameter.name.lastIndex(of: ".").map { parameter.name[..<$0] == node.name } ?? false
      }
      let part = node.part == .head ? "head" : "body"
      let layer = Layer(
        name: node.name.hasPrefix(part + ".")
          ? String(node.name.dropFirst(part.count + 1)) : node.name,
        work: work,
        shape: shape.dropLeadingOnes,
        parameters: own.realCount,
        rates: (own.map(rates).first { $0.contains { $0 != nil } }) ?? own.first.map(rates) ?? []
      )
      layers.append((part, layer))
    }
    input = shapes[NetworkDescription.input]?.dropLeadingOnes ?? []
    parts = ["body", "head"].compactMap { name in
      let own = layers.filter { $0.part == name }.map(\.layer)
      return own.isEmpty ? nil : Part(name: name, layers: own)
    }
    learning = parameters.all.filter { rates($0).contains { $0 != nil } }.realCount
    epochs = phases.map(\.epochs)
  }
}

extension NetworkDescription.Operation {
  /// What it does in words, and what it makes of (rows, columns, channels).
  fileprivate func reading(_ shape: [Int]) -> (work: String, shape: [Int]) {
    switch self {
    case .convolution(let convolution, let hasBias):
      let sides = shape.prefix(2).map { convolution.side($0).outputs }
      let stride = convolution.stride == 1 ? "" : ", stride \(convolution.stride)"
      let groups = convolution.groups == 1 ? "" : ", \(convolution.groups) groups"
      return (
        "convolution \(convolution.kernel) × \(convolution.kernel)\(stride)\(groups)"
          + (hasBias ? ", bias" : ""),
        sides + [convolution.channels]
      )
    case .batchNorm: return ("batch norm", shape)
    case .activation(let function):
      return (function == .none ? "no activation" : function.rawValue, shape)
    case .add(let name): return ("adds \(name.split(separator: ".").last ?? "")", shape)
    case .pooling(let cells):
      return ("mean over \(cells) × \(cells) cells", [cells, cells] + shape.suffix(1))
    case .maximumAndMean:
      return ("largest and mean of each channel", [1, 1, 2 * shape[2]])
    case .flatten: return ("one row of numbers", [1, 1, shape.reduce(1, *)])
    case .linear(let outputs, let hasBias):
      return (hasBias ? "dense, bias" : "dense", [1, 1, outputs])
    case .dropout(let probability, _):
      return (
        probability == 0 ? "no dropout" : "dropout \(JSONNumber.shortest(probability))", shape
      )
    }
  }
}

extension [Int] {
  /// A row of numbers has its length alone.
  fileprivate var dropLeadingOnes: [Int] { prefix(2) == [1, 1] ? Array(suffix(1)) : self }
}

extension TrainingSession {
  /// The network as it is read, with what of it learns.
  package var outline: NetworkOutline {
    NetworkOutline(
      description,
      parameters: network.parameters,
      phases: settings.phases
    )
  }
}
