/// An array of a network under the name and in the shape and order PyTorch gives it.
package struct NetworkTensor {
  package let name: String
  package let shape: [Int]
  package let get: () -> [Float]
  package let set: ([Float]) -> Void
}

extension Parameter {
  /// The values in PyTorch's order: outputs, inputs, rows and columns.
  package var tensor: NetworkTensor { tensor(of: storage.values) }

  /// The gradients in the same order.
  package var gradientTensor: NetworkTensor { tensor(of: storage.gradients) }

  private func tensor(of buffer: FloatBuffer) -> NetworkTensor {
    let layout = layout
    let offset = offset
    return NetworkTensor(
      name: name,
      shape: layout.shape,
      get: {
        var numbers: [Float] = []
        numbers.reserveCapacity(layout.realCount)
        let start = buffer.start + offset
        layout.forEachOffsetByColumn { numbers.append(start[$0]) }
        return numbers
      },
      set: { numbers in
        var next = 0
        let start = buffer.start + offset
        layout.forEachOffsetByColumn {
          start[$0] = numbers[next]
          next += 1
        }
      }
    )
  }
}

extension Network {
  /// Every array of the body: weights, and the running statistics of batch norm.
  package var bodyTensors: [NetworkTensor] {
    parameters.all.filter { $0.part != .head }.map(\.tensor) + bodyStatistics
  }

  /// Every array of the head.
  var headTensors: [NetworkTensor] {
    parameters.all.filter { $0.part == .head }.map(\.tensor) + headStatistics
  }

  /// Every array of the network.
  package var tensors: [NetworkTensor] { parameters.all.map(\.tensor) + statistics }
}
