import Foundation
import Notation
import TestSupport
import Testing
import Training

struct LayerListTests {
  /// A small network of one's own, for images of one channel.
  static let own = #"""
    [{"name": "stem", "kind": "convolution", "channels": 6, "kernel": 3, "stride": 2, "padding": "same", "bias": false},
     {"name": "stem.norm", "kind": "batch_norm"}, {"kind": "activation", "function": "relu6"},
     {"name": "deep", "kind": "convolution", "channels": 6, "kernel": 5, "groups": 6, "padding": 2, "stage": 1},
     {"name": "wide", "kind": "convolution", "channels": 20, "kernel": 1}, {"kind": "activation", "function": "relu"},
     {"kind": "pooling", "cells": 2}]
    """#

  @Test func `what is left out is as in PyTorch`() throws {
    let nodes = try LayerList.read(Self.own, file: "w")
    #expect(nodes.map(\.name).suffix(2) == ["activation6", "pooling7"])
    #expect(nodes[1].operation == .batchNorm(epsilon: 1e-5, momentum: 0.1))
    let shape = ConvolutionShape(channels: 20, kernel: 1, padding: .symmetric(0))
    #expect(nodes[4].operation == .convolution(shape, hasBias: true))
    #expect(nodes[2].part == .body(stage: 0))
    #expect(nodes[6].part == .body(stage: 1))
  }

  @Test func `layers read back as they were written`() throws {
    let plan = Model.Plan(rows: 28, columns: 28, channels: 1, outputs: 10)
    for model in Model.allCases {
      let nodes = model.description(plan).nodes
      #expect(try LayerList.read(LayerList.text(nodes), file: "w") == nodes)
    }
    var other = plan
    for head in HeadKind.allCases {
      other.headKind = head
      let nodes = Model.cnn.description(other).nodes
      #expect(try LayerList.read(LayerList.text(nodes), file: "w") == nodes)
    }
    let own = try LayerList.read(Self.own, file: "w")
    #expect(try LayerList.read(LayerList.text(own), file: "w") == own)
  }

  @Test(
    arguments: [
      ("{}", "its 'layers' are not a list in JSON"),
      ("[3]", "layer 1 of its 'layers' is no object"),
      (#"[{"kind": "flatten"}, {}]"#, "layer 2 of its 'layers' has no 'kind'"),
      (
        #"[{"kind": "lstm"}]"#,
        "layer 1 of its 'layers' is of kind 'lstm'; known are convolution, batch_norm, activation, add, pooling, "
          + "maximum_and_mean, flatten, linear, dropout"
      ),
      (
        #"[{"kind": "activation", "function": "gelu"}]"#,
        "layer 1 of its 'layers' has the function 'gelu'; known are relu, relu6, none"
      ),
      (
        #"[{"kind": "convolution", "channels": 0, "kernel": 3}]"#,
        "layer 1 of its 'layers' has a 'channels' that is no whole number from 1 to 32767"
      ),
      (
        #"[{"kind": "flatten", "cells": 3}]"#,
        "layer 1 of its 'layers' has 'cells', which its kind does not"
      ),
    ]
  )
  func `a list that is not as it should be is refused`(text: String, reason: String) {
    let error = #expect(throws: TrainingError.self) { try LayerList.read(text, file: "w") }
    #expect(error?.description == "'w' cannot be read: \(reason).")
  }

  @Test(
    arguments: [
      (#"[{"kind": "batch_norm", "name": "n"}]"#, "'n' cannot be the first layer"),
      (
        #"[{"kind": "pooling", "cells": 2, "name": "p"}, {"kind": "flatten", "name": "p"}]"#,
        "there are two layers 'p'"
      ),
      (
        #"[{"kind": "pooling", "cells": 2, "name": "p", "from": "q"}]"#,
        "'p' reads 'q', which does not come before it"
      ),
      (
        #"[{"kind": "convolution", "channels": 4, "kernel": 9, "name": "c"}]"#,
        "'c' has a kernel of 9, larger than 8 × 8 × 3"
      ),
      (
        #"[{"kind": "convolution", "channels": 9999, "kernel": 101, "padding": "same", "name": "c"}]"#,
        "'c' has 305999397 weights, more than 268435456"
      ),
      (
        #"[{"kind": "convolution", "channels": 4, "kernel": 3, "groups": 2, "name": "c"}]"#,
        "'c' has 2 groups, which do not divide 3 inputs and 4 outputs"
      ),
      (
        #"[{"kind": "convolution", "channels": 4, "kernel": 1, "name": "c"}, {"kind": "convolution", "channels": 4, "kernel": 1, "stride": 2}, {"kind": "add", "of": "c", "name": "s"}]"#,
        "'s' adds 8 × 8 × 4 to 4 × 4 × 4"
      ),
      (
        #"[{"kind": "convolution", "channels": 4, "kernel": 1, "name": "c"}, {"kind": "flatten", "name": "f"}, {"kind": "pooling", "cells": 1, "from": "c"}]"#,
        "'f' reads 'c', which another layer than a convolution reads after it"
      ),
    ]
  )
  func `layers that cannot be built are told from those that can`(
    text: String,
    reason: String
  ) throws {
    let nodes = try LayerList.read(text, file: "w")
    let description = NetworkDescription(rows: 8, columns: 8, channels: 3, nodes: nodes)
    #expect(description.fault == reason)
  }

  @Test func `every network of the program's own can be built`() {
    for model in Model.allCases {
      let plan = Model.Plan(rows: 28, columns: 28, channels: 1, outputs: 10)
      #expect(model.description(plan).fault == nil)
    }
  }

  /// The network of `own` with random weights, as a file.
  private func ownFile() throws -> TensorFile {
    let nodes = try LayerList.read(Self.own, file: "w")
    let description = NetworkDescription(rows: 28, columns: 28, channels: 1, nodes: nodes)
    let network = Network(description, capacity: 1, seed: 3)
    return Body.file(
      of: network,
      described: nodes,
      normalization: Normalization(mean: [0.1], deviation: [0.3])
    )
  }

  @Test func `a body of one's own layers learns with each way of tuning, and is saved whole`()
    throws
  {
    try withTemporaryFolder { folder in
      let path = folder.appending(component: "own.safetensors").path
      try Data(ownFile().bytes).write(to: URL(fileURLWithPath: path))
      for tuning in Tuning.allCases {
        let settings = try TrainingSettings([
          "body": .string(path), "tuning": .string(tuning.rawValue), "train_size": 40, "epochs": 2,
          "evaluate_every": 0, "head": "linear",
        ])
        var accuracy: Double?
        let session = try train(settings, seed: 0) { event in
          if case .final(let metrics, _) = event {
            accuracy = metrics.first { $0.name == "accuracy" }?.value
          }
        }
        #expect(session.network.features.size == 4 * 32)
        #expect(accuracy != nil)
        let saved = session.weights
        let stem = try #require(saved.entries["stem.weight"])
        let moves = [.full, .headThenFull, .fineTune].contains(tuning)
        #expect((stem == (try ownFile()).entries["stem.weight"]) == !moves)
        let shift = saved.entries["stem.norm.bias"]
        #expect(
          (shift == (try ownFile()).entries["stem.norm.bias"]) == !(moves || tuning == .biases)
        )
        let scale = saved.entries["stem.norm.weight"]
        #expect((scale == (try ownFile()).entries["stem.norm.weight"]) == !moves)
        #expect(saved.entries["head.output.weight"]?.shape == [10, 80])
        let again = folder.appending(component: "again.safetensors").path
        try Data(saved.bytes).write(to: URL(fileURLWithPath: again))
        let body = try #require(try Body.load(.file(again)))
        #expect(body.layers == (try LayerList.read(Self.own, file: "w")))
      }
    }
  }

  @Test func `a body of colours sees grey images as colours of equal parts`() throws {
    let nodes = try LayerList.read(Self.own, file: "w")
    func network(_ channels: Int) -> Network {
      let description = NetworkDescription(rows: 8, columns: 8, channels: channels, nodes: nodes)
      return Network(description, capacity: 1, seed: 3)
    }
    let (colour, grey) = (network(3), network(1))
    let normalization = Normalization(mean: [0.5, 0.5, 0.5], deviation: [0.25, 0.25, 0.25])
    let file = Body.file(of: colour, described: nodes, normalization: normalization)
    let body = try Body(file, name: "w")
    try body.copy(into: grey)
    #expect(try body.normalization(channels: 1) == Normalization(mean: [0.5], deviation: [0.25]))
    for y in 0..<8 {
      for x in 0..<8 {
        let pixel = Float((3 * x + 5 * y) % 7) - 3
        grey.input.value.row(y, ofImage: 0)[x] = pixel
        for c in 0..<3 { colour.input.value.row(y, ofImage: 0)[3 * x + c] = pixel }
      }
    }
    let features = [colour, grey].map { network in
      network.forward(Pass(count: 1, mode: .evaluation))
      return (0..<network.output.size).map { network.output.value.start[$0] }
    }
    #expect(relativeError(features[1], features[0]) < 1e-6)
    let other = Normalization(mean: [0.4, 0.5, 0.5], deviation: [0.25, 0.25, 0.25])
    let uneven = try Body(
      Body.file(of: colour, described: nodes, normalization: other),
      name: "w"
    )
    #expect(throws: TrainingError.self) { try uneven.normalization(channels: 1) }
  }

  @Test func `an array that the layers have no place for is named`() throws {
    try withTemporaryFolder { folder in
      var file = try ownFile()
      file.entries["fc.weight"] = .init(shape: [1], numbers: [0])
      file.entries["head.output.bias"] = .init(shape: [1], numbers: [0])
      let path = folder.appending(component: "own.safetensors").path
      try Data(file.bytes).write(to: URL(fileURLWithPath: path))
      let error = #expect(throws: TrainingError.self) {
        try TrainingSession(
          TrainingSettings(["body": .string(path), "train_size": 40]),
          seed: 0
        )
      }
      #expect(
        error?.description
          == "The weights in '\(path)' do not fit this network: 'fc.weight' has no place in it."
      )
    }
  }

  @Test func `settings that would shape another network are refused`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(component: "own.safetensors").path
      try Data(ownFile().bytes).write(to: URL(fileURLWithPath: path))
      let error = #expect(throws: TrainingError.self) {
        try TrainingSession(
          TrainingSettings(["body": .string(path), "train_size": 40, "width": 8]),
          seed: 0
        )
      }
      #expect(
        error?.description
          == "Body '\(path)' brings its own layers, which setting 'width' does not shape; leave it out."
      )
    }
  }
}
