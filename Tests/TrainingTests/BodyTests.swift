import Testing
import Training

struct BodyTests {
  @Test func `a body for grey pictures says so where pictures are in colour`() throws {
    let body = try #require(try Body.load(.letters))
    let error = #expect(throws: TrainingError.self) { try body.normalization(channels: 3) }
    #expect(
      error?.description
        == "Body 'letters' was trained on grey pictures (1 channel), and these are colour pictures "
        + "(3 channels): its first layer cannot read them. Take a body for such pictures, or set 'body' to 'none'."
    )
  }

  private func network(channels: Int = 1, seed: Int = 0) -> Network {
    let plan = Model.Plan(rows: 28, columns: 28, channels: channels, outputs: 10)
    return Network(Model.cnn.description(plan), capacity: 1, seed: seed)
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

  @Test(arguments: [
    (#"{"a":{"dtype":"F32","shape":[4611686018427387904],"data_offsets":[0,0]}}"#, "do not lie"),
    (#"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,0]}}"#, "do not lie"),
    (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#, "do not lie"),
    (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, "do not lie"),
    (#"{"a":{"dtype":"F16","shape":[],"data_offsets":[0,2]}}"#, "type F16, not F32"),
    (#"{"a":{"dtype":"I64","shape":[1],"data_offsets":[0,4]}}"#, "do not lie"),
    (#"{"a":{"dtype":"F32","shape":[]}}"#, "not the JSON"),
    (#"{"a":"#, "not the JSON"),
  ])
  func `a header that contradicts itself or the file is refused`(header: String, reason: String) {
    let length = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Array($0) }
    let error = #expect(throws: TrainingError.self) { try read(length + Array(header.utf8)) }
    #expect(error?.description.contains(reason) == true)
  }

  @Test func `free text in a header is kept and written again`() throws {
    let header =
      #"{"__metadata__":{"made":"by hand"},"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}"#
    let length = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Array($0) }
    let file = try read(length + Array(header.utf8) + [0, 0, 128, 63])
    #expect(file.entries == ["a": .init(shape: [], numbers: [1])])
    #expect(file.texts == ["made": "by hand"])
    #expect(try read(file.bytes) == file)
  }

  @Test func `whole numbers that nobody asks for are passed over`() throws {
    let header = #"""
      {"n.num_batches_tracked":{"dtype":"I64","shape":[],"data_offsets":[0,8]},
       "a":{"dtype":"F32","shape":[],"data_offsets":[8,12]}}
      """#
    let length = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Array($0) }
    let file = try read(length + Array(header.utf8) + [7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 128, 63])
    #expect(file == TensorFile(["a": .init(shape: [], numbers: [1])]))
  }

  @Test func `the letters' body fits the network and brings its own statistics`() throws {
    let body = try #require(try Body.load(.letters))
    let network = network()
    try body.copy(into: network)
    let normalization = try body.normalization(channels: 1)
    #expect(Body.file(of: network, normalization: normalization).bytes.count > 460_000)
    #expect(normalization.deviation[0] > 0.1)
  }

  @Test func `a file of foreign names is loaded by a map of them`() throws {
    let (source, target) = (network(), network(seed: 1))
    let names = TensorNames(
      layers: [
        "body.conv1": "_conv_stem", "body.norm1": "_bn0", "body.conv2": "_blocks.0._conv",
        "body.norm2": "_blocks.0._bn",
      ],
      prefixes: ["_blocks.", "_conv_stem.", "body."]
    )
    func file(_ tensors: [NetworkTensor]) -> TensorFile {
      var entries: [String: TensorFile.Entry] = ["_fc.bias": .init(shape: [1], numbers: [0])]
      for tensor in tensors {
        let parts = tensor.name.split(separator: ".")
        let layer = parts.dropLast().joined(separator: ".")
        let name = "\(names.layers[layer] ?? layer).\(parts[parts.count - 1])"
        entries[name] = .init(shape: tensor.shape, numbers: tensor.get())
      }
      return TensorFile(entries)
    }
    let wanted = source.bodyTensors.map { $0.get() }
    #expect(target.bodyTensors.map { $0.get() } != wanted)
    try Body(file(source.bodyTensors), name: "w", names: names).copy(into: target)
    #expect(target.bodyTensors.map { $0.get() } == wanted)

    var broken = file(source.bodyTensors)
    broken.entries["_bn0.running_var"] = nil
    broken.entries["_blocks.9._conv.weight"] = .init(shape: [1], numbers: [0])
    let error = #expect(throws: TrainingError.self) {
      try Body(broken, name: "w", names: names).copy(into: target)
    }
    #expect(
      error?.description
        == "The weights in 'w' do not fit this network: '_bn0.running_var' is missing; "
        + "'_blocks.9._conv.weight' has no place in it."
    )
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
