import Notation

/// A network that a run kept, as it answers for pictures that it has never seen.
package struct KeptNetwork {
  static let inputKey = "input"
  static let classesKey = "classes"
  static let taskKey = "task"
  static let bodyKey = "body"
  static let scaleKey = "number_scale"

  /// The names of its outputs.
  package let classes: [String]
  /// What its outputs say.
  package let task: Task
  /// How a picture becomes an input.
  package let preparation: PicturePreparation
  private let network: Network
  private let description: NetworkDescription
  /// The digest of the body that the file left out; `nil` where the file has all.
  private let bodyDigest: String?
  private let normalization: Normalization
  private let range: ClosedRange<Double>?
  private let scale: NumberScale?

  /// Reads a network as ``TrainingSession/kept`` wrote it.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - settings: Those of its run, which say how pictures were prepared and where a frozen body is; no data are read.
  ///   - last: A network that is asked no more: where the layers are the same, its memory is taken.
  /// - Throws: `TrainingError` where the file is missing, broken or of another kind, or where its network does not look
  ///   at pictures.
  package init(path: String, settings: TrainingSettings, after last: KeptNetwork? = nil) throws {
    let file = try FileContent.read(path).withUnsafeBytes { try TensorFile(bytes: $0, name: path) }
    guard let input = Self.list(file.texts[Self.inputKey])?.compactMap(\.integer), input.count == 3,
      input.allSatisfy({ $0 > 0 }),
      let classes = Self.list(file.texts[Self.classesKey])?.compactMap(\.string), !classes.isEmpty,
      let task = file.texts[Self.taskKey].flatMap(Task.init)
    else {
      throw TrainingError.unreadableFile(path, reason: "it does not say what its network is asked")
    }
    guard input[0] > 1, input[1] > 1 else {
      throw TrainingError.contradiction(
        "The network in '\(path)' does not look at pictures, and can be asked nothing here."
      )
    }
    let whole = try Body(file, name: path, withHead: true, isKept: true)
    description = NetworkDescription(
      rows: input[0],
      columns: input[1],
      channels: input[2],
      nodes: (whole.layers ?? []) + whole.head
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
    let isAlike = last?.description == description
    network =
      isAlike ? last?.network ?? Self.network(description) : Self.network(description)
    bodyDigest = file.texts[Self.bodyKey]
    normalization = try whole.normalization(channels: input[2])
    if let bodyDigest {
      if !isAlike || last?.bodyDigest != bodyDigest {
        try Self.setBody(of: network, from: settings.body, normalization, digest: bodyDigest, path)
      }
      try whole.copyHead(into: network)
    } else {
      try whole.copy(into: network)
    }
    let scale = Self.list(file.texts[Self.scaleKey])?.compactMap(\.double) ?? []
    self.scale = scale.count == 2 ? NumberScale(mean: scale[0], deviation: scale[1]) : nil
    preparation = PicturePreparation(
      rows: input[0],
      columns: input[1],
      channels: input[2],
      dataset: settings.dataset
    )
    (self.classes, self.task, range) = (classes, task, settings.range)
  }

  private static func network(_ description: NetworkDescription) -> Network {
    Network(description, capacity: Examples.mostAtOnce, seed: 0)
  }

  /// Puts the body that a run had not changed back in its place.
  private static func setBody(
    of network: Network,
    from source: BodySource,
    _ normalization: Normalization,
    digest: String,
    _ path: String
  ) throws {
    try Body.load(source)?.copy(into: network)
    guard Body.digest(of: network, normalization) == digest else {
      throw TrainingError.unreadableFile(
        path,
        reason:
          "it holds a head alone, and the body '\(source.name)' that it belongs to is not what it was"
      )
    }
  }

  private static func list(_ text: String?) -> [JSON]? {
    var reader = JSONReader(SourceText(path: "", bytes: Array((text ?? "").utf8)))
    return reader.document()?.value.array
  }

  /// What it says of each picture: the probability of each class, that of a yes for each trait, or a number.
  ///
  /// - Parameter set: Pictures as ``preparation`` makes them.
  /// - Returns: (pictures, outputs), in the order of the pictures.
  package func answers(on set: ExampleSet) -> [[Float]] {
    let positions = Array(0..<set.count)
    let outputs = examples(set).outputs(at: positions, of: network)
    let all: [Float]
    switch task {
    case .single: all = SoftmaxCrossEntropy.probabilities(of: outputs, classes: classes.count)
    case .multi: all = outputs.map { Float(BinaryCrossEntropy.probability(Double($0))) }
    case .regression:
      let error = SquaredError(range: range)
      all = outputs.map { output in
        let number = error.prediction(Double(output)).value
        return Float(scale?.restored(number) ?? number)
      }
    }
    return positions.map { Array(all[$0 * classes.count..<($0 + 1) * classes.count]) }
  }

  private func examples(_ set: ExampleSet) -> Examples {
    Examples(set, setIndices: Array(0..<set.count), normalization: normalization)
  }
}

extension KeptNetwork {
  /// What each place of each picture adds to each output, before softmax or sigmoid.
  ///
  /// - Parameter set: Pictures as ``preparation`` makes them.
  /// - Returns: (pictures, outputs); nil where nothing that the network makes of a picture keeps its place until the
  ///   dense layers.
  package func maps(of set: ExampleSet) -> [[ActivationMap]]? {
    guard let pooled = network.pooled else { return nil }
    let arrays = Dictionary(network.tensors.map { ($0.name, $0) }) { first, _ in first }
    let head = PooledHead(description.nodes, channels: pooled.realChannels) { arrays[$0]?.get() }
    guard let head else { return nil }
    let examples = examples(set)
    return (0..<set.count).map { position in
      examples.load([position], into: network)
      network.forward(Pass(count: 1, mode: .evaluation))
      var features: [Double] = []
      features.reserveCapacity(pooled.rows * pooled.columns * pooled.realChannels)
      for y in 0..<pooled.rows {
        let row = pooled.value.row(y, ofImage: 0)
        for x in 0..<pooled.columns {
          for c in 0..<pooled.realChannels {
            features.append(Double(row[x * pooled.channels + c]))
          }
        }
      }
      return head.maps(of: features, rows: pooled.rows, columns: pooled.columns)
    }
  }
}
