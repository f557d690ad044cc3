import Testing
import Training

struct BodyTests {
  private func network(channels: Int = 1, seed: Int = 0) -> Network {
    var plan = Network.Plan(rows: 28, columns: 28, channels: channels, outputs: 10, capacity: 1)
    plan.seed = seed
    return Network.convolutional(plan)
  }

  private func read(_ bytes: [UInt8]) throws -> TensorFile {
    try bytes.withUnsafeBytes { try TensorFile(bytes: $0, name: "w.safetensors") }
  }

  @Test func `a tensor file reads back as it was written`() throws {
    let file = TensorFile([
      "b": .init(shape: [2, 1], numbers: [1.5, -2]), "a": .init(shape: [], numbers: [.pi]),
    ])
    #expect(file.bytes.count % 8 == 4)
    #expect(try read(file.bytes) == file)
  }

  @Test func `a tensor file that is cut short is refused`() {
    let bytes = TensorFile(["a": .init(shape: [3], numbers: [1, 2, 3])]).bytes
    for count in 0..<bytes.count {
      #expect(throws: TrainingError.self) { try read(Array(bytes[..<count])) }
    }
  }

  @Test func `the letters' body fits the network and brings its own statistics`() throws {
    let body = try #require(try Body.load(.letters))
    let network = network()
    try body.copy(into: network)
    let normalization = try body.normalization(channels: 1)
    #expect(Body.file(of: network, normalization: normalization).bytes.count > 460_000)
    #expect(normalization.deviation[0] > 0.1)
  }

  @Test func `every array that does not fit is named`() throws {
    let body = try #require(try Body.load(.letters))
    let error = #expect(throws: TrainingError.self) { try body.copy(into: network(channels: 3)) }
    #expect(
      error?.description
        == "The weights in 'letters' do not fit this network: 'body.conv1.weight' has shape "
        + "[16, 1, 3, 3], not [16, 3, 3, 3]."
    )
  }
}
