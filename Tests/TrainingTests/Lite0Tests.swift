import Foundation
import Kernels
import Notation
import Testing
import Training

/// EfficientNet-Lite0 against PyTorch, with the weights and images of `Reference/lite0_twin.py`.
struct Lite0Tests {
  /// What PyTorch gave with one kind of activation.
  struct Step: Decodable {
    /// Of each gradient its sum with ruled numbers, and its length; in double precision.
    let gradients: [String: [Double]]
    let running: [String: [Double]]
    /// How far PyTorch's own single precision is from its double.
    let single: Double
  }

  struct Reference: Decodable {
    let layers: String
    let images: Int
    let side: Int
    /// Every seventh of the features in evaluation mode.
    let features: [Float]
    let linear: Step
    let relu6: Step
  }

  private static let reference: Reference = {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(components: "Reference", "lite0.json")
    do {
      return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file))
    } catch {
      preconditionFailure("\(error)")
    }
  }()

  /// Numbers from -0.5 to 0.5 that depend on a name and a place.
  private static func ruled(_ name: String, _ count: Int) -> [Double] {
    let seed = name.utf8.reduce(0) { $0 + UInt64($1) }
    return (0..<count).map { i in
      var h = (UInt64(i) * 2_654_435_761 + seed * 40_503) & 0xFFFF_FFFF
      h ^= h >> 15
      h = (h &* 2_246_822_519) & 0xFFFF_FFFF
      h ^= h >> 13
      return Double(h) / 0x1p32 - 0.5
    }
  }

  private static func weights(_ name: String, _ shape: [Int]) -> [Float] {
    let drawn = ruled(name, shape.reduce(1, *))
    if shape.count == 4 {
      let size = (12 * 2 / Double(shape.dropFirst().reduce(1, *))).squareRoot()
      return drawn.map { Float($0 * size) }
    }
    let isNearOne = name.hasSuffix(".weight") || name.hasSuffix(".running_var")
    return drawn.map { Float(isNearOne ? 1 + $0 * 0.4 : $0) }
  }

  /// The network, with its weights and a batch of images in its input.
  private static func network(linear: Bool = false) throws -> Network {
    let reference = reference
    var nodes = try LayerList.read(reference.layers, file: "lite0.json")
    if linear {
      for index in nodes.indices {
        if case .activation = nodes[index].operation { nodes[index].operation = .activation(.none) }
      }
    }
    let description = NetworkDescription(
      rows: reference.side,
      columns: reference.side,
      channels: 3,
      nodes: nodes
    )
    #expect(description.fault == nil)
    let network = Network(description, capacity: reference.images, seed: 0)
    for tensor in network.tensors { tensor.set(weights(tensor.name, tensor.shape)) }
    let width = 3 * reference.side
    let pixels = ruled("images", reference.images * reference.side * width)
    for n in 0..<reference.images {
      for y in 0..<reference.side {
        let row = network.input.value.row(y, ofImage: n)
        let start = (n * reference.side + y) * width
        for i in 0..<width { row[i] = Float(2 * pixels[start + i]) }
      }
    }
    return network
  }

  private static func features(_ network: Network) -> [Float] {
    (0..<reference.images).flatMap { n in
      (0..<1280).map { network.output.value.row(0, ofImage: n)[$0] }
    }
  }

  /// A step back from the sum of all features times ruled numbers.
  private static func stepped(linear: Bool) throws -> Network {
    let network = try network(linear: linear)
    let pass = Pass(count: reference.images, mode: .training(step: 0))
    network.forward(pass)
    let pull = ruled("pull", reference.images * 1280)
    for n in 0..<reference.images {
      let row = network.output.gradient.row(0, ofImage: n)
      for i in 0..<1280 { row[i] = Float(pull[n * 1280 + i]) }
    }
    network.backward(pass)
    return network
  }

  /// The relative distance of all arrays together that the differences of their sums with ruled numbers speak for: such
  /// a sum of errors is as large as their length times the size of a ruled number, √(1/12).
  private static func distance(_ tensors: [NetworkTensor], _ expected: [String: [Double]]) -> Double
  {
    var (difference, length) = (0.0, 0.0)
    for tensor in tensors {
      guard let numbers = expected[tensor.name] else { return .infinity }
      let own = zip(tensor.get(), ruled(tensor.name, tensor.shape.reduce(1, *)))
        .reduce(0) { $0 + Double($1.0) * $1.1 }
      difference += (own - numbers[0]) * (own - numbers[0]) * 12
      length += numbers[1] * numbers[1]
    }
    return tensors.count == expected.count ? (difference / length).squareRoot() : .infinity
  }

  @Test func `features of a body whose norms are folded are PyTorch's`() throws {
    let network = try Self.network()
    network.forward(Pass(count: Self.reference.images, mode: .evaluation))
    let found = Self.features(network)
    let sampled = stride(from: 0, to: found.count, by: 7).map { found[$0] }
    let error = relativeError(sampled, Self.reference.features)
    #expect(error < 2e-6)
  }

  @Test func `features of images by themselves are those of a batch`() throws {
    let network = try Self.network()
    network.forward(Pass(count: Self.reference.images, mode: .evaluation))
    let whole = Self.features(network)
    network.forward(Pass(count: 1, mode: .evaluation, hasSameWeights: true))
    #expect(Array(Self.features(network)[..<1280]) == Array(whole[..<1280]))
  }

  @Test func `gradients of the network without kinks are PyTorch's in double precision`() throws {
    let step = Self.reference.linear
    let network = try Self.stepped(linear: true)
    let error = Self.distance(network.parameters.all.map(\.gradientTensor), step.gradients)
    // The twin's own single precision is 2.3e-6 away.
    #expect(error < 3e-6)
    #expect(Self.distance(network.statistics, step.running) < 1e-6)
  }

  /// Numbers that rounding moves across a kink change a gradient by a jump, here as in PyTorch.
  @Test func `gradients of the network are as near to double precision as PyTorch's`() throws {
    let step = Self.reference.relu6
    let network = try Self.stepped(linear: false)
    let error = Self.distance(network.parameters.all.map(\.gradientTensor), step.gradients)
    #expect(error < 2 * step.single)
    #expect(Self.distance(network.statistics, step.running) < 1e-6)
  }

  @Test(.enabled(if: String(cString: kernel_name()) == "avx512"))
  func `AVX-512 and AVX2 give a step and features the same bits`() throws {
    func bits() throws -> [[Float]] {
      let network = try Self.stepped(linear: false)
      let gradients = network.parameters.all.map { $0.gradientTensor.get() }
      network.forward(Pass(count: Self.reference.images, mode: .evaluation))
      return gradients + [Self.features(network)]
    }
    let wide = try bits()
    #expect(kernel_choose("avx2"))
    let narrow = try bits()
    #expect(kernel_choose("avx512"))
    #expect(wide == narrow)
  }
}
