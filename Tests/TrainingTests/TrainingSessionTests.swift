import Notation
import Testing
import Training

/// Against numbers that PyTorch gave for the same draws; Reference/make.py made them and names its version.
struct TrainingSessionTests {
  /// The 16 images and the settings of the reference's first case.
  private func session(_ settings: JSONObject = [:]) throws -> TrainingSession {
    let small: JSONObject = ["train_size": 16, "batch_size": 16]
    return try TrainingSession(TrainingSettings(small.merging(settings)), seed: 0)
  }

  private func sample(_ numbers: [Float], every step: Int) -> [Float] {
    stride(from: 0, to: numbers.count, by: step).map { numbers[$0] }
  }

  @Test func `gradients of the whole network are PyTorch's to two in a million`() throws {
    let reference = try TrainingReference.load().gradients
    let session = try session()
    _ = session.trainEpoch(1)
    var (found, expected): ([Float], [Float]) = ([], [])
    for tensor in session.network.parameters.all.map(\.gradientTensor) {
      let wanted = try #require(reference.values[tensor.name])
      found += sample(tensor.get(), every: reference.sample)
      expected += wanted
    }
    #expect(found.count == expected.count)
    #expect(relativeError(found, expected) < 2e-6)
  }

  @Test func `two steps move parameters and running statistics as PyTorch moves them`() throws {
    let reference = try TrainingReference.load()
    let session = try session()
    for epoch in 1...2 { _ = session.trainEpoch(epoch) }
    for tensor in session.network.tensors {
      let wanted = try #require(
        reference.parameters[tensor.name] ?? reference.statistics[tensor.name]
      )
      let found = sample(tensor.get(), every: reference.gradients.sample)
      #expect(found.count == wanted.count)
      // Adam's first steps are nearly the sign of the gradient, so a gradient near zero weighs as any other.
      #expect(relativeError(found, wanted) < 2e-4, "\(tensor.name)")
    }
  }

  @Test(arguments: ["cnn", "mlp"])
  func `images that are measured together have the outputs they have alone`(model: String) throws {
    let session = try session(["model": .string(model)])
    let (images, network) = (session.validation, session.network)
    let places = Array(0..<20)
    // After training, so that weights which a pass kept from before the last step would show.
    _ = session.trainEpoch(1)
    let together = images.outputs(at: places, of: network)
    let alone = places.flatMap { place in
      images.load([place], into: network)
      network.forward(Pass(count: 1, mode: .evaluation))
      return (0..<network.output.realChannels).map { network.output.value.start[$0] }
    }
    #expect(together == alone)
  }

  @Test(arguments: try TrainingReference.load().cases)
  func `twenty steps have PyTorch's losses`(reference: TrainingReference.Case) throws {
    let session = try session(reference.settings)
    var losses: [Double] = []
    var epoch = 1
    while losses.count < reference.losses.count {
      _ = session.trainEpoch(epoch) { losses.append($0) }
      epoch += 1
    }
    for (step, (found, expected)) in zip(losses, reference.losses).enumerated() {
      #expect(abs(found - expected) <= 1e-4 * expected, "step \(step + 1)")
    }
  }
}
