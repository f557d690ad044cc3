import Foundation
import Notation

/// The weights of a body and the statistics its pixels were normalized by, as they lie in a file.
///
/// Names and shapes are those of a PyTorch module: `body.conv1.weight` is (outputs, inputs, 3, 3), and each
/// `body.norm1` has `weight`, `bias`, `running_mean` and `running_var`.
package struct Body: Sendable, Equatable {
  private let file: TensorFile
  package let name: String
  private let names: TensorNames
  /// The body's own layers, `nil` where the file does not describe any and is for the program's network.
  package let layers: [NetworkDescription.Node]?
  /// The head that follows them in the file; empty where it is not wanted or there is none.
  package let head: [NetworkDescription.Node]

  /// Takes the arrays of a file.
  ///
  /// - Parameters:
  ///   - file: The arrays.
  ///   - name: What messages call the file.
  ///   - names: What the file calls the arrays of a network's body.
  ///   - withHead: Whether the file's head is wanted too.
  ///   - isKept: Whether it is what a run kept, which may be a head alone.
  /// - Throws: `TrainingError.unreadableFile` where it describes layers that cannot be read, or lacks what is wanted.
  package init(
    _ file: TensorFile,
    name: String,
    names: TensorNames = .own,
    withHead: Bool = false,
    isKept: Bool = false
  ) throws {
    if !isKept, file.texts[KeptNetwork.bodyKey] != nil {
      throw TrainingError.unreadableFile(
        name,
        reason:
          "it holds the head of a run alone, whose body was frozen; 'sweep train --save' writes whole networks"
      )
    }
    self.file = file
    self.name = name
    self.names = names
    let described = try file.texts[Self.layersKey].map { try LayerList.read($0, file: name) }
    layers = described.map { Array($0.prefix { $0.part != .head }) }
    head = withHead ? Array((described ?? []).dropFirst(layers?.count ?? 0)) : []
    if withHead, head.isEmpty {
      throw TrainingError.unreadableFile(
        name,
        reason:
          "it describes no head, which would be 'layers' whose names begin with '\(LayerList.headPrefix)'"
      )
    }
    if layers?.isEmpty == true, !withHead {
      throw TrainingError.unreadableFile(name, reason: "its 'layers' are a head's alone")
    }
  }

  /// The key of a file's free text that describes its layers.
  private static let layersKey = "layers"

  /// Loads a body, `nil` where none is asked for.
  ///
  /// - Parameters:
  ///   - source: Where it is.
  ///   - withHead: Whether a file's head is wanted too.
  /// - Returns: The body.
  /// - Throws: `TrainingError` where the file is missing or broken, or has no head that is wanted.
  package static func load(_ source: BodySource, withHead: Bool = false) throws -> Body? {
    switch source {
    case .none: nil
    case .letters:
      try Body(
        TensorFile(bytes: EmbeddedFile.bytes("letters-body"), name: "letters"),
        name: "letters"
      )
    case .named(let body):
      try Body(
        body.bytes().withUnsafeBytes { try TensorFile(bytes: $0, name: body.rawValue) },
        name: body.rawValue
      )
    case .file(let path):
      try Body(
        FileContent.read(path).withUnsafeBytes { try TensorFile(bytes: $0, name: path) },
        name: path,
        withHead: withHead
      )
    }
  }

  /// The statistics that pixels of this many channels are normalized by.
  ///
  /// A body of colours that normalizes all of them alike sees grey images as colours of equal parts.
  ///
  /// - Throws: `TrainingError.bodyMismatch` where the file has none that fit.
  package func normalization(channels: Int) throws -> Normalization {
    let means = file.entries["normalization.mean"]
    let deviations = file.entries["normalization.deviation"]
    func statistic(_ entry: TensorFile.Entry?) -> [Float]? {
      guard let entry else { return nil }
      if channels == 1, entry.shape == [3], Set(entry.numbers).count == 1 {
        return [entry.numbers[0]]
      }
      return entry.shape == [channels] ? entry.numbers : nil
    }
    // What is right in itself but made for other pictures is told apart from what is broken.
    if let means, means.shape.count == 1, means.shape == deviations?.shape, statistic(means) == nil
    {
      let own = means.shape[0]
      let kinds = [1: "grey pictures (1 channel)", 3: "colour pictures (3 channels)"]
      func kind(_ count: Int) -> String { kinds[count] ?? "pictures of \(count) channels" }
      throw TrainingError.contradiction(
        "Body '\(name)' was trained on \(kind(own)), and these are \(kind(channels)): its first layer cannot "
          + "read them. Take a body for such pictures, or set 'body' to 'none'."
      )
    }
    guard let mean = statistic(means), let deviation = statistic(deviations),
      deviation.allSatisfy({ $0 > 0 })
    else {
      throw TrainingError.bodyMismatch(
        file: name,
        faults: [
          "'normalization.mean' and 'normalization.deviation' should have \(channels) numbers each"
        ]
      )
    }
    return Normalization(mean: mean, deviation: deviation)
  }

  /// Sets the weights of a network's body, and of its head where that came too.
  ///
  /// - Throws: `TrainingError.bodyMismatch` with every array that is missing, too many or of another shape.
  package func copy(into network: Network) throws {
    try copy(head.isEmpty ? network.bodyTensors : network.tensors)
  }

  /// Sets the weights of a network's head alone.
  ///
  /// - Throws: `TrainingError.bodyMismatch` with every array that is missing, too many or of another shape.
  func copyHead(into network: Network) throws { try copy(network.headTensors) }

  private func copy(_ tensors: [NetworkTensor]) throws {
    let wanted = tensors.map { (name: names.inFile($0.name), tensor: $0) }
    let entries = file.entries.merging(greyEntries(for: wanted)) { $1 }
    var faults = wanted.compactMap { name, tensor -> String? in
      guard let found = entries[name] else { return "'\(name)' is missing" }
      return found.shape == tensor.shape
        ? nil : "'\(name)' has shape \(found.shape), not \(tensor.shape)"
    }
    let known = Set(wanted.map(\.name))
    faults += file.entries.keys.sorted().filter { belongsToBody($0) && !known.contains($0) }
      .map { "'\($0)' has no place in it" }
    guard faults.isEmpty else { throw TrainingError.bodyMismatch(file: name, faults: faults) }
    for (name, tensor) in wanted { entries[name].map { tensor.set($0.numbers) } }
  }

  /// Kernels of a body of colours for a network of grey images: the sums over the three.
  ///
  /// Only where one number normalizes all of them, for then zeros around the image mean the same.
  private func greyEntries(
    for wanted: [(name: String, tensor: NetworkTensor)]
  ) -> [String: TensorFile.Entry] {
    guard layers != nil, file.entries["normalization.mean"]?.shape == [3] else { return [:] }
    var grey: [String: TensorFile.Entry] = [:]
    for (name, tensor) in wanted {
      guard let found = file.entries[name], found.shape.count == 4, tensor.shape.count == 4,
        found.shape[1] == 3, tensor.shape[1] == 1, found.shape[0] == tensor.shape[0],
        found.shape[2...] == tensor.shape[2...]
      else { continue }
      let area = found.shape[2] * found.shape[3]
      let numbers = (0..<found.shape[0] * area).map { place in
        let start = place / area * 3 * area + place % area
        return found.numbers[start] + found.numbers[start + area] + found.numbers[start + 2 * area]
      }
      grey[name] = .init(shape: tensor.shape, numbers: numbers)
    }
    return grey
  }

  /// Whether an array has to have its place: in a file that describes its layers all but the head's.
  private func belongsToBody(_ key: String) -> Bool {
    guard layers != nil else { return names.prefixes.contains { key.hasPrefix($0) } }
    let isOfOtherHead = head.isEmpty && key.hasPrefix(LayerList.headPrefix)
    return !isOfOtherHead && !key.hasPrefix("normalization.")
  }

  /// A text that tells the body of a network and its normalization from any other.
  static func digest(of network: Network, _ normalization: Normalization) -> String {
    Digest.hexadecimal(of: file(of: network, normalization: normalization).bytes)
  }

  /// A whole network as it is, with its description: a file that the setting `body` takes and other programs read.
  package static func file(
    of network: Network,
    described nodes: [NetworkDescription.Node],
    normalization: Normalization
  ) -> TensorFile {
    var file = Body.file(of: network, normalization: normalization)
    for tensor in network.tensors {
      file.entries[tensor.name] = .init(shape: tensor.shape, numbers: tensor.get())
    }
    // What PyTorch's own programs ask a file for.
    file.texts = ["format": "pt", layersKey: LayerList.text(nodes)]
    return file
  }

  /// The file of a network's body as it is.
  package static func file(of network: Network, normalization: Normalization) -> TensorFile {
    var entries: [String: TensorFile.Entry] = [:]
    for tensor in network.bodyTensors {
      entries[tensor.name] = .init(shape: tensor.shape, numbers: tensor.get())
    }
    entries["normalization.mean"] = .init(
      shape: [normalization.mean.count],
      numbers: normalization.mean
    )
    entries["normalization.deviation"] = .init(
      shape: [normalization.deviation.count],
      numbers: normalization.deviation
    )
    return TensorFile(entries)
  }
}
