import Foundation

/// The weights of a body and the statistics its pixels were normalized by, as they lie in a file.
///
/// Names and shapes are those of a PyTorch module: `body.conv1.weight` is (outputs, inputs, 3, 3), and each
/// `body.norm1` has `weight`, `bias`, `running_mean` and `running_var`.
package struct Body: Sendable, Equatable {
  private let file: TensorFile
  private let name: String

  /// Loads a body, `nil` where none is asked for.
  ///
  /// - Throws: `TrainingError` where the file is missing or broken.
  package static func load(_ source: BodySource) throws -> Body? {
    switch source {
    case .none: nil
    case .letters:
      try Body(
        file: TensorFile(
          bytes: EmbeddedFile.bytes("letters-body"),
          name: "letters"
        ),
        name: "letters"
      )
    case .file(let path):
      try Body(
        file: FileContent.read(path).withUnsafeBytes { try TensorFile(bytes: $0, name: path) },
        name: path
      )
    }
  }

  /// The statistics that pixels of this many channels are normalized by.
  ///
  /// - Throws: `TrainingError.bodyMismatch` where the file has none that fit.
  package func normalization(channels: Int) throws -> Normalization {
    let mean = file.entries["normalization.mean"]
    let deviation = file.entries["normalization.deviation"]
    guard let mean, let deviation, mean.shape == [channels], deviation.shape == [channels],
      deviation.numbers.allSatisfy({ $0 > 0 })
    else {
      throw TrainingError.bodyMismatch(
        file: name,
        faults: [
          "'normalization.mean' and 'normalization.deviation' should have \(channels) numbers each"
        ]
      )
    }
    return Normalization(mean: mean.numbers, deviation: deviation.numbers)
  }

  /// Sets the weights of a network's body.
  ///
  /// - Throws: `TrainingError.bodyMismatch` with every array that is missing, too many or of another shape.
  package func copy(into network: Network) throws {
    let wanted = network.bodyTensors
    var faults = wanted.compactMap { tensor -> String? in
      guard let found = file.entries[tensor.name] else {
        return "'\(tensor.name)' is missing"
      }
      return found.shape == tensor.shape
        ? nil : "'\(tensor.name)' has shape \(found.shape), not \(tensor.shape)"
    }
    let known = Set(wanted.map(\.name))
    faults += file.entries.keys.filter { $0.hasPrefix("body.") && !known.contains($0) }.sorted()
      .map { "'\($0)' has no place in it" }
    guard faults.isEmpty else { throw TrainingError.bodyMismatch(file: name, faults: faults) }
    for tensor in wanted { file.entries[tensor.name].map { tensor.set($0.numbers) } }
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
