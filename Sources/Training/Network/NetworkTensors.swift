/// An array of a network under the name and in the shape and order PyTorch gives it.
package struct NetworkTensor {
  package let name: String
  package let shape: [Int]
  package let get: () -> [Float]
  package let set: ([Float]) -> Void
}

extension Network {
  /// Every array of the body: weights, and the running statistics of batch norm.
  package var bodyTensors: [NetworkTensor] {
    let trained = parameters.segments.indices.filter {
      parameters.segments[$0].part != .head
    }
    return trained.map(tensor(ofSegment:)) + norms.flatMap(\.statistics)
  }

  /// Every array of the network.
  package var tensors: [NetworkTensor] {
    parameters.segments.indices.map(tensor(ofSegment:)) + norms.flatMap(\.statistics)
  }

  /// A segment of the parameters in PyTorch's order: outputs, inputs, rows and columns.
  package func tensor(ofSegment index: Int) -> NetworkTensor {
    tensor(ofSegment: index, in: parameters.value(index))
  }

  /// The gradient of a segment, in the same order.
  package func gradientTensor(ofSegment index: Int) -> NetworkTensor {
    tensor(ofSegment: index, in: parameters.gradient(index))
  }

  private func tensor(
    ofSegment index: Int,
    in numbers: UnsafeMutablePointer<Float>
  ) -> NetworkTensor {
    let layout = parameters.segments[index].layout
    // In this order the group varies fastest and the column slowest.
    var places: [Int] = []
    for column in 0..<layout.columns {
      for row in 0..<layout.rows {
        for group in 0..<layout.groups {
          places.append((group * layout.paddedRows + row) * layout.paddedColumns + column)
        }
      }
    }
    let owner = parameters
    return NetworkTensor(
      name: parameters.segments[index].name,
      shape: layout.shape,
      get: { withExtendedLifetime(owner) { places.map { numbers[$0] } } },
      set: { new in
        withExtendedLifetime(owner) {
          for (place, number) in zip(places, new) { numbers[place] = number }
        }
      }
    )
  }
}
