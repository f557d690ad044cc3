/// A linear model trained beside a network on the same batches, to see what networks learn first.
///
/// Reference: Nakkiran et al. (2019), SGD on neural networks learns functions of increasing complexity,
/// arXiv 1905.11604: early in training, most of what a network says a linear model says too.
final class LinearCompanion {
  private let learner: Learner

  /// Trains a linear model as the settings say.
  init(_ network: Network, loss: Loss, settings: TrainingSettings) {
    var own = settings
    own.tuning = .full
    own.model = .linear
    learner = Learner(network, loss: loss, settings: own)
    begin(own.phases[0], stepsPerEpoch: 1)
  }

  func begin(_ phase: TrainingPhase, stepsPerEpoch: Int) {
    learner.begin(phase, stepsPerEpoch: stepsPerEpoch)
  }

  /// Makes a step on a batch of examples.
  ///
  /// - Parameters:
  ///   - targets: As the network beside learns them.
  ///   - count: Examples in the batch.
  ///   - load: Writes the batch into this network's input.
  func learn(targets: [Float], count: Int, load: (Network) -> Void) {
    let pass = Pass(count: count, mode: .training(step: learner.step))
    load(learner.network)
    learner.network.forward(pass)
    _ = learner.learn(pass, targets: targets, rate: learner.rate)
  }

  /// The share of examples on which both models choose the same class.
  func agreement(with outputs: [Float], on examples: Examples, at positions: [Int]) -> Double {
    let own = examples.outputs(at: positions, of: learner.network)
    let classes = learner.network.output.realChannels
    let same = positions.indices.count { n in
      let row = n * classes..<(n + 1) * classes
      return own[row].largest == outputs[row].largest
    }
    return Double(same) / Double(positions.count)
  }
}

extension ArraySlice<Float> {
  /// How far from the start the largest number lies; the first of equals.
  var largest: Int? {
    indices.max { self[$0] == self[$1] ? $0 > $1 : self[$0] < self[$1] }.map { $0 - startIndex }
  }
}
