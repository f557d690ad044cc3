/// Examples of a set as a network meets them: their inputs, or their features once a frozen body has seen them.
package final class Examples {
  package let set: ExampleSet
  /// Which examples of the set are used.
  package let setIndices: [Int]
  /// The label of each image that is used, as it is trained on.
  package let labels: [Int]
  let normalization: Normalization
  private var loader: BatchLoader
  private var frozen: FrozenBody?
  /// Features by draw: those of unchanged pictures, under the empty name, and of the latest draw.
  private var features: [String: FeatureTable] = [:]
  /// Rows of features that another run had worked out.
  package private(set) var sharedRows = 0

  package init(
    _ set: ExampleSet,
    setIndices: [Int],
    labels: [Int]? = nil,
    normalization: Normalization
  ) {
    self.set = set
    self.setIndices = setIndices
    self.labels = labels ?? setIndices.map { set.labels[$0] }
    self.normalization = normalization
    loader = BatchLoader(set, normalization: normalization)
    imagesAtOnce = min(
      Self.mostAtOnce,
      max(1, Self.mostAtOnce * 64 * 64 / (set.rows * set.columns))
    )
  }

  /// A change of the pictures, and a text that says which draw of it this is.
  package struct Change {
    let draw: String
    /// Changes a picture; the number is its index in the set.
    let apply: (inout Picture, Int) -> Void
  }

  /// Images that pass together where none waits for another: few enough for what one layer gives the next to
  /// stay in the processor's cache.
  private let imagesAtOnce: Int

  /// The most of them.
  static let mostAtOnce = 8

  /// Features are kept while they take less than this; a larger set is run through the body each time.
  private static let mostFeatureBytes = 48 << 20

  /// Takes note that a body is frozen, or with `nil` that it learns: features of before do not hold any more.
  func meet(_ body: FrozenBody?) {
    frozen = body
    features = [:]
  }

  /// Writes a batch into the network's input.
  ///
  /// - Parameters:
  ///   - batch: Positions in `setIndices`.
  ///   - network: Gets the batch.
  ///   - change: What happens to each picture, `nil` for nothing.
  package func load(_ batch: ArraySlice<Int>, into network: Network, change: Change? = nil) {
    let chosen = batch.map { setIndices[$0] }
    loader.load(chosen[...], into: network.input, change: change?.apply ?? { _, _ in })
  }

  /// Computes the output for a batch, from its features where the body is frozen.
  ///
  /// - Parameters:
  ///   - batch: Positions in `setIndices`.
  ///   - network: Gets the batch as its input, or as its features.
  ///   - mode: Training or evaluation.
  ///   - hasSameWeights: Whether the weights are still those of the forward pass before this one.
  ///   - change: What happens to each picture, `nil` for nothing.
  /// - Returns: The pass, for the way back.
  @discardableResult
  package func forward(
    _ batch: ArraySlice<Int>,
    through network: Network,
    mode: Pass.Mode,
    hasSameWeights: Bool = false,
    change: Change? = nil
  ) -> Pass {
    let pass = Pass(count: batch.count, mode: mode, hasSameWeights: hasSameWeights)
    guard network.bodyIsFrozen, let features = features(by: network, change: change) else {
      load(batch, into: network, change: change)
      network.forward(pass)
      return pass
    }
    for (n, position) in batch.enumerated() {
      features.copy(position, to: network.features.value.start + n * features.size)
    }
    network.forwardHead(pass)
    return pass
  }

  /// The features of all examples in one draw: a frozen body gives each the same ones whenever it sees it.
  private func features(by network: Network, change: Change?) -> FeatureTable? {
    let draw = change?.draw ?? ""
    if let table = features[draw] { return table }
    let size = network.features.size
    guard let frozen, setIndices.count * size * 4 <= Self.mostFeatureBytes else { return nil }
    let (table, isShared) = frozen.table(of: self, draw: draw, size: size) {
      computeFeatures(by: network, change: change)
    }
    if isShared { sharedRows += setIndices.count }
    features = features.filter { $0.key.isEmpty }
    features[draw] = table
    return table
  }

  private func computeFeatures(by network: Network, change: Change?) -> FloatBuffer {
    let size = network.features.size
    let table = FloatBuffer(count: setIndices.count * size)
    for start in stride(from: 0, to: setIndices.count, by: imagesAtOnce) {
      let batch = setIndices[start..<min(start + imagesAtOnce, setIndices.count)]
      loader.load(batch, into: network.input, change: change?.apply ?? { _, _ in })
      network.forwardBody(
        Pass(count: batch.count, mode: .evaluation, hasSameWeights: start > 0)
      )
      (table.start + start * size).update(
        from: network.features.value.start,
        count: batch.count * size
      )
    }
    return table
  }

  /// The outputs for some examples in evaluation mode.
  ///
  /// - Parameters:
  ///   - positions: Positions in `setIndices`.
  ///   - network: The network as it is now.
  ///   - change: What happens to each picture, `nil` for nothing.
  /// - Returns: (examples, outputs), row by row.
  package func outputs(
    at positions: [Int],
    of network: Network,
    change: Change? = nil
  ) -> [Float] {
    var outputs: [Float] = []
    outputs.reserveCapacity(positions.count * network.output.realChannels)
    for start in stride(from: 0, to: positions.count, by: imagesAtOnce) {
      let batch = positions[start..<min(start + imagesAtOnce, positions.count)]
      forward(
        batch,
        through: network,
        mode: .evaluation,
        hasSameWeights: start > 0,
        change: change
      )
      for n in 0..<batch.count {
        let row = network.output.value.row(0, ofImage: n)
        for c in 0..<network.output.realChannels { outputs.append(row[c]) }
      }
    }
    return outputs
  }

  /// A stratified part that is the same whenever it is asked for: positions in `setIndices`.
  package func fixedSample(of size: Int) -> [Int] {
    guard size < setIndices.count else { return Array(setIndices.indices) }
    return ExampleSet.stratified(labels, size: size, purpose: "curve", seed: 0)
  }
}
