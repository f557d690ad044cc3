import Notation

/// The layers of a network as JSON: what a file of weights says of itself, and what a person writes for their own.
///
/// A list of objects, each with a `kind` and what belongs to it; what is left out is as in PyTorch. `name` begins the
/// names of the layer's arrays; `from` names the layer that is read, without it the one before; `stage` counts from the
/// input. Layers whose name begins with `head.` are the head's.
///
///     [{"name": "conv1", "kind": "convolution", "channels": 16, "kernel": 3, "padding": 1, "bias": false},
///      {"name": "norm1", "kind": "batch_norm"}, {"kind": "activation", "function": "relu"},
///      {"kind": "pooling", "cells": 1}]
package enum LayerList {
  static let headPrefix = "head."

  /// What is wrong with a list.
  struct Fault: Error {
    let reason: String
  }

  /// Reads a list.
  ///
  /// - Parameters:
  ///   - text: The JSON.
  ///   - file: What messages call the file that it is part of.
  /// - Returns: The layers in the order of the list, those of a head among them.
  /// - Throws: `TrainingError.unreadableFile` with the first layer that is not as it should be.
  package static func read(_ text: String, file: String) throws -> [NetworkDescription.Node] {
    var reader = JSONReader(SourceText(path: file, bytes: Array(text.utf8)))
    guard case .array(let layers)? = reader.document()?.value, reader.faults.isEmpty else {
      throw TrainingError.unreadableFile(file, reason: "its 'layers' are not a list in JSON")
    }
    var nodes: [NetworkDescription.Node] = []
    for (index, layer) in layers.enumerated() {
      do {
        nodes.append(try node(layer, index: index, after: nodes.last))
      } catch let fault as Fault {
        throw TrainingError.unreadableFile(
          file,
          reason: "layer \(index + 1) of its 'layers' \(fault.reason)"
        )
      }
    }
    return nodes
  }

  private static func node(
    _ layer: JSON,
    index: Int,
    after last: NetworkDescription.Node?
  ) throws -> NetworkDescription.Node {
    guard let object = layer.object else { throw Fault(reason: "is no object") }
    var fields = LayerFields(object)
    let kind = try fields.text("kind")
    let name = try fields.text("name", default: "\(kind)\(index + 1)")
    var stage = 0
    if case .body(let before)? = last?.part { stage = before }
    let given = try fields.whole("stage", default: stage)
    let source = try fields.text("from", default: "")
    let operation = try operation(kind, &fields)
    try fields.finish()
    return .init(
      name,
      operation,
      name.hasPrefix(headPrefix) ? .head : .body(stage: given),
      source: source.isEmpty ? nil : source
    )
  }

  private static func operation(
    _ kind: String,
    _ fields: inout LayerFields
  ) throws -> NetworkDescription.Operation {
    switch kind {
    case "convolution": return try convolution(&fields)
    case "batch_norm":
      return .batchNorm(
        epsilon: try fields.number("epsilon", default: 1e-5),
        momentum: try fields.number("momentum", default: 0.1)
      )
    case "activation":
      let name = try fields.text("function")
      guard let function = ActivationFunction(rawValue: name) else {
        let known = ActivationFunction.allCases.map(\.rawValue).joined(separator: ", ")
        throw Fault(reason: "has the function '\(name)'; known are \(known)")
      }
      return .activation(function)
    case "add": return .add(try fields.text("of"))
    case "pooling": return .pooling(cells: try fields.whole("cells", atLeast: 1))
    case "maximum_and_mean": return .maximumAndMean
    case "flatten": return .flatten
    case "linear":
      return .linear(
        outputs: try fields.whole("outputs", atLeast: 1),
        hasBias: try fields.boolean("bias", default: true)
      )
    case "dropout":
      let probability = try fields.number("probability", default: 0.5)
      guard (0..<1).contains(probability) else {
        throw Fault(reason: "has a 'probability' that is not from 0 to below 1")
      }
      return .dropout(probability: probability, key: try fields.whole("key", default: 0))
    default:
      throw Fault(
        reason:
          "is of kind '\(kind)'; known are convolution, batch_norm, activation, add, pooling, "
          + "maximum_and_mean, flatten, linear, dropout"
      )
    }
  }

  private static func convolution(
    _ fields: inout LayerFields
  ) throws -> NetworkDescription.Operation {
    var shape = ConvolutionShape(
      channels: try fields.whole("channels", atLeast: 1),
      kernel: try fields.whole("kernel", atLeast: 1),
      stride: try fields.whole("stride", atLeast: 1, default: 1),
      groups: try fields.whole("groups", atLeast: 1, default: 1)
    )
    shape.padding =
      try fields.isText("padding", "same")
      ? .same
      : .symmetric(try fields.whole("padding", default: 0))
    return .convolution(shape, hasBias: try fields.boolean("bias", default: true))
  }

  /// Writes layers as `read` reads them.
  package static func text(_ nodes: [NetworkDescription.Node]) -> String {
    JSON.array(nodes.map { .object(object($0)) }).text
  }

  private static func object(_ node: NetworkDescription.Node) -> JSONObject {
    func whole(_ number: Int) -> JSON { .number(JSONNumber(number)) }
    func number(_ number: Double) -> JSON { .number(JSONNumber(number)) }
    var object: JSONObject = ["name": .string(node.name)]
    switch node.operation {
    case .convolution(let shape, let hasBias):
      object["kind"] = "convolution"
      object["channels"] = whole(shape.channels)
      object["kernel"] = whole(shape.kernel)
      object["stride"] = whole(shape.stride)
      object["groups"] = whole(shape.groups)
      object["padding"] =
        switch shape.padding {
        case .same: "same"
        case .symmetric(let zeros): whole(zeros)
        }
      object["bias"] = .boolean(hasBias)
    case .batchNorm(let epsilon, let momentum):
      object["kind"] = "batch_norm"
      object["epsilon"] = number(epsilon)
      object["momentum"] = number(momentum)
    case .activation(let function):
      object["kind"] = "activation"
      object["function"] = .string(function.rawValue)
    case .add(let name):
      object["kind"] = "add"
      object["of"] = .string(name)
    case .pooling(let cells):
      object["kind"] = "pooling"
      object["cells"] = whole(cells)
    case .maximumAndMean: object["kind"] = "maximum_and_mean"
    case .flatten: object["kind"] = "flatten"
    case .linear(let outputs, let hasBias):
      object["kind"] = "linear"
      object["outputs"] = whole(outputs)
      if !hasBias { object["bias"] = false }
    case .dropout(let probability, let key):
      object["kind"] = "dropout"
      object["probability"] = number(probability)
      object["key"] = whole(key)
    }
    if let source = node.source { object["from"] = .string(source) }
    if case .body(let stage) = node.part { object["stage"] = whole(stage) }
    return object
  }
}

/// The fields of one layer, each of which is asked for once.
private struct LayerFields {
  private let object: JSONObject
  private var asked: Set<String> = []

  /// So large that no network that can be built has more, and so small that products of four do not overflow.
  private static let most = 32_767

  init(_ object: JSONObject) { self.object = object }

  private mutating func value(_ name: String) -> JSON? {
    asked.insert(name)
    return object[name]
  }

  mutating func isText(_ name: String, _ text: String) throws -> Bool {
    value(name)?.string == text
  }

  mutating func text(_ name: String, default standard: String? = nil) throws -> String {
    guard let value = value(name) else {
      if let standard { return standard }
      throw LayerList.Fault(reason: "has no '\(name)'")
    }
    guard let text = value.string, !text.isEmpty else {
      throw LayerList.Fault(reason: "has a '\(name)' that is no text")
    }
    return text
  }

  mutating func whole(
    _ name: String,
    atLeast least: Int = 0,
    default standard: Int? = nil
  ) throws -> Int {
    guard let value = value(name) else {
      if let standard { return standard }
      throw LayerList.Fault(reason: "has no '\(name)'")
    }
    guard let number = value.integer, (least...Self.most).contains(number) else {
      throw LayerList.Fault(
        reason: "has a '\(name)' that is no whole number from \(least) to \(Self.most)"
      )
    }
    return number
  }

  mutating func number(_ name: String, default standard: Double) throws -> Double {
    guard let value = value(name) else { return standard }
    guard let number = value.double, number >= 0 else {
      throw LayerList.Fault(reason: "has a '\(name)' that is no number from 0")
    }
    return number
  }

  mutating func boolean(_ name: String, default standard: Bool) throws -> Bool {
    guard let value = value(name) else { return standard }
    guard let truth = value.boolean else {
      throw LayerList.Fault(reason: "has a '\(name)' that is neither true nor false")
    }
    return truth
  }

  /// Refuses fields that nobody asked for.
  func finish() throws {
    if let unknown = object.members.first(where: { !asked.contains($0.key) }) {
      throw LayerList.Fault(reason: "has '\(unknown.key)', which its kind does not")
    }
  }
}
