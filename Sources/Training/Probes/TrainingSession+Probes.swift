extension TrainingSession {
  /// Does what takes the place of steps: solves for the head, or remembers the training set.
  ///
  /// - Throws: `TrainingError` where there are fewer training examples than shall answer.
  package func prepareProbe() throws {
    beginPhase(of: 1)
    let positions = Array(training.setIndices.indices)
    switch settings.tuning {
    case .ridge:
      let features = training.features(at: positions, of: network)
      let signs = objective.task == .regression ? (1.0, 0.0) : (2.0, -1.0)
      let head = RidgeRegression(
        features: features,
        targets: objective.targets(training, at: positions).map { Double($0) * signs.0 + signs.1 },
        count: positions.count,
        penalty: settings.ridgePenalty
      )
      let parameters = network.parameters.all.filter { $0.part == .head }
      precondition(parameters.count == 2, "tuning 'ridge' solves for one dense layer")
      parameters[0].tensor.set(head.weights.map { Float($0) })
      parameters[1].tensor.set(head.biases.map { Float($0) })
    case .neighbours:
      guard settings.neighbours <= positions.count else {
        throw TrainingError.contradiction(
          "Setting 'neighbours' is \(settings.neighbours), but there are \(positions.count) training examples."
        )
      }
      voters = NearestNeighbours(
        features: training.features(at: positions, of: network),
        targets: objective.targets(training, at: positions),
        count: positions.count,
        voting: settings.neighbours
      )
    case .untrained, .full, .head, .headThenFull, .fineTune, .biases: break
    }
  }

  /// What the network says of some examples, or the neighbours in its place: (examples, outputs), row by row.
  package func outputs(of examples: Examples, at positions: [Int]) -> [Float] {
    guard let voters else { return examples.outputs(at: positions, of: network) }
    let features = examples.features(at: positions, of: network)
    return voters.outputs(of: features, count: positions.count, task: objective.task)
  }
}

extension Examples {
  /// What a network's body makes of some examples: (examples, features), row by row, the features of each in PyTorch's
  /// order, channel by channel.
  package func features(at positions: [Int], of network: Network) -> [Float] {
    let activation = network.features
    var features: [Float] = []
    features.reserveCapacity(
      positions.count * activation.rows * activation.columns * activation.realChannels
    )
    for start in stride(from: 0, to: positions.count, by: Self.mostAtOnce) {
      let batch = positions[start..<min(start + Self.mostAtOnce, positions.count)]
      forward(batch, through: network, mode: .evaluation, hasSameWeights: start > 0)
      for n in 0..<batch.count {
        for channel in 0..<activation.realChannels {
          for y in 0..<activation.rows {
            let row = activation.value.row(y, ofImage: n)
            for x in 0..<activation.columns {
              features.append(row[x * activation.channels + channel])
            }
          }
        }
      }
    }
    return features
  }
}
