import Notation

/// A network that a run kept, as it answers for pictures that it has never seen.
package struct KeptNetwork {
  static let inputKey = "input"
  static let classesKey = "classes"
  static let taskKey = "task"

  /// The names of its outputs.
  package let classes: [String]
  /// How a picture becomes an input.
  package let preparation: PicturePreparation
  private let network: Network
  private let normalization: Normalization

  /// Reads a network as ``TrainingSession/kept`` wrote it.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - dataset: What it was trained on, which says how its pictures were prepared; nothing of it is read.
  /// - Throws: `TrainingError` where the file is missing, broken or of another kind, or where its network does not
  ///   tell classes of pictures apart.
  package init(path: String, dataset: DatasetSource) throws {
    let file = try FileContent.read(path).withUnsafeBytes { try TensorFile(bytes: $0, name: path) }
    guard let input = Self.list(file.texts[Self.inputKey])?.compactMap(\.integer), input.count == 3,
      input.allSatisfy({ $0 > 0 }),
      let classes = Self.list(file.texts[Self.classesKey])?.compactMap(\.string), !classes.isEmpty,
      let task = file.texts[Self.taskKey].flatMap(Task.init)
    else {
      throw TrainingError.unreadableFile(path, reason: "it does not say what its network is asked")
    }
    guard task == .single, input[0] > 1, input[1] > 1 else {
      throw TrainingError.contradiction(
        "The network in '\(path)' does not tell one class of several from a picture, and can be asked nothing here."
      )
    }
    let body = try Body(file, name: path, withHead: true)
    let description = NetworkDescription(
      rows: input[0],
      columns: input[1],
      channels: input[2],
      nodes: (body.layers ?? []) + body.head
    )
    if let fault = description.fault {
      throw TrainingError.bodyMismatch(file: path, faults: [fault])
    }
    guard description.outputs == classes.count else {
      throw TrainingError.bodyMismatch(
        file: path,
        faults: ["it names \(classes.count) classes and has \(description.outputs) outputs"]
      )
    }
    network = Network(description, capacity: Examples.mostAtOnce, seed: 0)
    try body.copy(into: network)
    normalization = try body.normalization(channels: input[2])
    preparation = PicturePreparation(
      rows: input[0],
      columns: input[1],
      channels: input[2],
      dataset: dataset
    )
    self.classes = classes
  }

  private static func list(_ text: String?) -> [JSON]? {
    var reader = JSONReader(SourceText(path: "", bytes: Array((text ?? "").utf8)))
    return reader.document()?.value.array
  }

  /// The probability of each class for each picture: (pictures, classes).
  ///
  /// - Parameter set: Pictures as ``preparation`` makes them.
  /// - Returns: A row for each picture, in their order.
  package func probabilities(of set: ExampleSet) -> [[Float]] {
    let positions = Array(0..<set.count)
    let examples = Examples(set, setIndices: positions, normalization: normalization)
    let all = SoftmaxCrossEntropy.probabilities(
      of: examples.outputs(at: positions, of: network),
      classes: classes.count
    )
    return positions.map { Array(all[$0 * classes.count..<($0 + 1) * classes.count]) }
  }
}
