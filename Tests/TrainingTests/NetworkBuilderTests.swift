import Statistics
import Testing
import Training

struct NetworkBuilderTests {
  private typealias Node = NetworkDescription.Node

  /// A residual network of every kind of node: a branch beside the main one, outputs that several nodes read, and
  /// nodes that no layer takes in.
  private static var everything: NetworkDescription {
    func convolution(_ channels: Int, kernel: Int, stride: Int = 1, groups: Int = 1)
      -> NetworkDescription.Operation
    {
      let shape = ConvolutionShape(
        channels: channels,
        kernel: kernel,
        stride: stride,
        groups: groups,
        padding: .same
      )
      return .convolution(shape, hasBias: false)
    }
    let (first, second) = (Parameter.Part.body(stage: 0), Parameter.Part.body(stage: 1))
    return NetworkDescription(
      rows: 8,
      columns: 6,
      channels: 2,
      nodes: [
        Node("stem", convolution(6, kernel: 3, stride: 2), first),
        Node("stem.norm", .batchNorm(epsilon: 1e-3, momentum: 0.01), first),
        Node("side", convolution(5, kernel: 1, stride: 2), first),
        Node("side.norm", .batchNorm(), first),
        Node("expand", convolution(12, kernel: 1), first, source: "stem.norm"),
        Node("expand.norm", .batchNorm(), first),
        Node("deep", convolution(12, kernel: 5, stride: 2, groups: 12), first),
        Node("deep.norm", .batchNorm(), first),
        Node("project", convolution(5, kernel: 1), first),
        Node("project.norm", .batchNorm(), first),
        Node("sum", .add("side.norm"), first),
        Node("wide", .convolution(ConvolutionShape(channels: 5), hasBias: true), second),
        Node("plain", convolution(5, kernel: 3), second),
        Node("again", .add("sum"), second),
        Node("rectified", .activation(.relu), second),
        Node("pooling", .pooling(cells: 1), second),
        Node("dropout", .dropout(probability: 0.3, key: 0), .head),
        Node("flatten", .flatten, .head),
        Node("linear", .linear(outputs: 3), .head),
      ]
    )
  }

  /// Σ weight · output, with weights that stand for the gradient of a loss.
  private func objective(_ network: Network) -> Double {
    network.forward(pass)
    var rng = SeededGenerator(purpose: "objective", seed: 0)
    var sum = 0.0
    network.output.forEachNumber(in: network.output.value) {
      sum += (2 * rng.uniform() - 1) * Double($0.pointee)
    }
    return sum
  }

  @Test func `the gradients of a network of every kind of node are the slopes of its output`() {
    let network = Network(Self.everything, capacity: images, seed: 1)
    network.input.draw(in: network.input.value, purpose: "input")
    _ = objective(network)
    network.output.draw(in: network.output.gradient, purpose: "objective")
    network.backward(pass)
    for parameter in network.parameters.all {
      var pairs: [(gradient: Double, slope: Double)] = []
      parameter.layout.forEachOffset { offset in
        let kept = parameter.values[offset]
        let step: Float = 1.0 / 1024
        let sums = [step, -step].map { step in
          parameter.values[offset] = kept + step
          return objective(network)
        }
        parameter.values[offset] = kept
        let slope = (sums[0] - sums[1]) / (2 * Double(step))
        pairs.append((Double(parameter.gradients[offset]), slope))
      }
      // A shift before another norm moves nothing, so the size of all slopes together is what errors are held to.
      let worst = pairs.map { abs($0.gradient - $0.slope) }.max() ?? 0
      #expect(worst < 0.01, "\(parameter.name)")
    }
  }

  @Test func `names, shapes and running statistics are those of the description`() {
    let network = Network(Self.everything, capacity: 1, seed: 0)
    let shapes = Dictionary(
      uniqueKeysWithValues: network.tensors.map { ($0.name, $0.shape) }
    )
    #expect(shapes["deep.weight"] == [12, 1, 5, 5])
    #expect(shapes["expand.weight"] == [12, 6, 1, 1])
    #expect(shapes["wide.bias"] == [5])
    #expect(shapes["stem.norm.running_var"] == [6])
    #expect(network.statistics.count == 10)
  }

  @Test func `a body is frozen once all its layers are, and freed with the first of them`() {
    let network = Network(Self.everything, capacity: images, seed: 0)
    network.input.draw(in: network.input.value, purpose: "input")
    func statistics() -> [[Float]] { network.statistics.map { $0.get() } }
    network.freeze { $0.part != .head }
    #expect(network.bodyIsFrozen)
    let before = statistics()
    network.forward(pass)
    #expect(statistics() == before)
    network.freeze { $0.part != .head && !$0.name.hasPrefix("deep.norm") }
    #expect(!network.bodyIsFrozen)
    network.forward(pass)
    let moved = zip(statistics(), before).count { $0 != $1 }
    #expect(moved == 2)
    network.output.draw(in: network.output.gradient, purpose: "objective")
    network.backward(pass)
    let learning = network.parameters.all.filter { parameter in
      (0..<parameter.count).contains { parameter.gradients[$0] != 0 }
    }
    #expect(
      learning.map(\.name) == [
        "deep.norm.weight", "deep.norm.bias", "linear.weight", "linear.bias",
      ]
    )
  }
}
