import Foundation
import Notation
import TestSupport
import Testing
import Training

/// What in a picture speaks for an answer.
struct ActivationMapTests {
  private struct Reference: Decodable {
    let rows: Int
    let columns: Int
    let channels: Int
    let cases: [Case]
  }

  private struct Case: Decodable {
    let name: String
    let features: [Double]
    let arrays: [String: [Double]]
    let outputs: [Double]
    let maps: [[Double]]
  }

  private static func reference() throws -> Reference {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(components: "Reference", "maps.json")
    return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file))
  }

  private typealias Node = NetworkDescription.Node

  /// A head as the reference calls it, after a layer that makes features.
  private static func nodes(_ name: String) -> [Node] {
    func node(_ name: String, _ operation: NetworkDescription.Operation) -> Node {
      Node(name, operation, .head)
    }
    func linear(_ name: String, _ outputs: Int, hasBias: Bool = true) -> Node {
      node(name, .linear(outputs: outputs, hasBias: hasBias))
    }
    let features = Node(
      "conv",
      .convolution(ConvolutionShape(channels: 5), hasBias: true),
      .body(stage: 0)
    )
    let flatten = node("flatten", .flatten)
    let layers: [Node] =
      switch name {
      case "linear": [node("pool", .pooling(cells: 1)), flatten, linear("1", 3)]
      case "cells": [node("pool", .pooling(cells: 4)), flatten, linear("1", 3)]
      case "hidden":
        [
          node("pool", .pooling(cells: 4)), node("drop", .dropout(probability: 0.5, key: 0)),
          flatten, linear("1", 8), node("act", .activation(.relu)), linear("3", 3),
        ]
      case "relu6":
        [
          node("pool", .pooling(cells: 1)), flatten, linear("1", 8),
          node("act", .activation(.relu6)), linear("3", 3),
        ]
      default:
        [
          node("pool", .maximumAndMean), flatten, node("1", .batchNorm()),
          linear("2", 8, hasBias: false), node("act", .activation(.relu)), node("4", .batchNorm()),
          linear("5", 3, hasBias: false),
        ]
      }
    return [features] + layers
  }

  @Test func `maps of every head are PyTorch's derivatives times the features`() throws {
    let reference = try Self.reference()
    #expect(reference.cases.map(\.name) == ["linear", "cells", "hidden", "fastai", "relu6"])
    for expected in reference.cases {
      let head = PooledHead(Self.nodes(expected.name), channels: reference.channels) { name in
        expected.arrays[name]?.map(Float.init)
      }
      let maps = try #require(head).maps(
        of: expected.features,
        rows: reference.rows,
        columns: reference.columns
      )
      #expect(maps.count == 3)
      for (output, map) in maps.enumerated() {
        let apart = zip(map.shares, expected.maps[output]).map { abs($0 - $1) }.max() ?? 1
        #expect(apart < 1e-13, "\(expected.name) \(output): \(apart)")
        let sum = map.shares.reduce(map.rest, +)
        #expect(abs(sum - expected.outputs[output]) < 1e-12, "\(expected.name): the rest")
      }
    }
  }

  @Test func `layers that keep no places have no map`() {
    func refused(_ operations: [NetworkDescription.Operation]) -> Bool {
      let nodes = operations.enumerated().map { Node("n\($0)", $1, .head) }
      return PooledHead(nodes, channels: 4) { _ in [] } == nil
    }
    #expect(refused([.flatten, .linear(outputs: 3)]))
    #expect(
      refused([.pooling(cells: 1), .convolution(ConvolutionShape(channels: 4), hasBias: true)])
    )
  }

  @Test func `shares and rest of a trained network add up to what it says`() throws {
    for (body, head) in [("letters", "hidden"), ("none", "linear"), ("letters", "fastai")] {
      let settings = try TrainingSettings([
        "train_size": 60, "epochs": 1, "evaluate_every": 0, "body": .string(body),
        "head": .string(head),
      ])
      let session = try TrainingSession(settings, seed: 3)
      try session.run { _ in }
      try withTemporaryFolder { folder in
        let file = folder.appending(component: "w.safetensors")
        try Data(try session.kept().bytes).write(to: file)
        let network = try KeptNetwork(path: file.path, settings: settings)
        let set = try Self.firstTwo(of: session.validation.set)
        let maps = try #require(network.maps(of: set))
        for (picture, said) in network.answers(on: set).enumerated() {
          let outputs = maps[picture].map { $0.shares.reduce($0.rest, +) }
          let top = outputs.max() ?? 0
          let powers = outputs.map { exp($0 - top) }
          for (power, probability) in zip(powers, said) {
            let share = power / powers.reduce(0, +)
            #expect(abs(share - Double(probability)) < 1e-5, "\(body) \(head)")
          }
          #expect(maps[picture].allSatisfy { $0.rows == 7 && $0.columns == 7 })
        }
      }
    }
  }

  private static func firstTwo(of set: ExampleSet) throws -> ExampleSet {
    guard case .bytes(let pixels) = set.values else { throw CocoaError(.fileReadCorruptFile) }
    return ExampleSet(
      rows: set.rows,
      columns: set.columns,
      channels: set.channels,
      pixels: Pixels(pixels.withUnsafeBytes { Array($0.prefix(2 * set.size)) }),
      labels: [0, 0]
    )
  }
}
