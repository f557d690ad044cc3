/// Predictions averaged over augmented draws of each image.
///
/// Three quarters of the mean over draws and a quarter of the plain prediction, as in fastai's `tta`.
struct TestTimeAugmentation {
  let draws: Int
  private let plainShare: Float = 0.25

  init(draws: Int) { self.draws = draws }

  /// The share of right answers of the averaged predictions.
  ///
  /// - Parameters:
  ///   - network: The network as it is now.
  ///   - examples: What to answer.
  ///   - objective: The task.
  ///   - change: The augmentation of a draw, counted from 0.
  /// - Returns: From 0 to 1.
  func accuracy(
    of network: Network,
    on examples: Examples,
    objective: Objective,
    change: (Int) -> Examples.Change?
  ) -> Double {
    let positions = Array(examples.setIndices.indices)
    let plain = objective.probabilities(examples.outputs(at: positions, of: network))
    var sum = [Float](repeating: 0, count: plain.count)
    for draw in 0..<draws {
      let outputs = examples.outputs(at: positions, of: network, change: change(draw))
      for (i, probability) in objective.probabilities(outputs).enumerated() {
        sum[i] += probability
      }
    }
    let mixed = plain.indices.map {
      plainShare * plain[$0] + (1 - plainShare) * sum[$0] / Float(draws)
    }
    return objective.accuracy(mixed, of: examples, at: positions)
  }
}

extension Objective {
  /// The probabilities that outputs stand for.
  func probabilities(_ outputs: [Float]) -> [Float] {
    switch task {
    case .single:
      SoftmaxCrossEntropy.probabilities(of: outputs, classes: outputNames.count)
    case .multi: outputs.map { Float(BinaryCrossEntropy.probability(Double($0))) }
    case .regression: preconditionFailure("a predicted number has no probability")
    }
  }

  /// The share of right answers that probabilities give: the label chosen, or each trait on its side of one half.
  func accuracy(_ probabilities: [Float], of examples: Examples, at positions: [Int]) -> Double {
    let targets = targets(examples, at: positions)
    let width = outputNames.count
    let right =
      switch task {
      case .single:
        positions.indices.count { n in
          let row = n * width..<(n + 1) * width
          return probabilities[row].largest == targets[row].largest
        }
      case .multi: zip(probabilities, targets).count { ($0 > 0.5) == ($1 > 0.5) }
      case .regression: preconditionFailure("a predicted number is never simply right")
      }
    return Double(right) / Double(task == .single ? positions.count : targets.count)
  }
}
