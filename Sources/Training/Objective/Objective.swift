/// What a run learns on a data set: targets, loss and how results are judged.
package struct Objective: Sendable {
  package let dataset: Dataset
  package let task: Task
  private let range: ClosedRange<Double>?

  package init(_ settings: TrainingSettings, dataset: Dataset) {
    self.dataset = dataset
    task = settings.task ?? dataset.ownTask
    range = settings.range
  }

  package var outputNames: [String] { dataset.outputNames(for: task) }

  package var loss: Loss {
    switch task {
    case .single: .softmaxCrossEntropy
    case .multi: .binaryCrossEntropy
    case .regression: .squaredError(range: range)
    }
  }

  /// What the network should say of some examples, row by row.
  package func targets(_ examples: Examples, at positions: some Sequence<Int>) -> [Float] {
    var targets: [Float] = []
    for position in positions {
      dataset.appendTarget(
        label: examples.labels[position],
        index: examples.setIndices[position],
        of: examples.set,
        for: task,
        to: &targets
      )
    }
    return targets
  }

  /// Judges the network's outputs for some examples.
  package func evaluation(
    _ outputs: [Float],
    of examples: Examples,
    at positions: [Int]
  ) -> Evaluation {
    switch task {
    case .single:
      return Evaluation(
        Classification(
          logits: outputs,
          labels: positions.map { examples.labels[$0] },
          classes: outputNames.count
        ),
        classes: outputNames
      )
    case .multi:
      return Evaluation(
        logits: outputs,
        targets: targets(examples, at: positions),
        labels: outputNames
      )
    case .regression:
      let error = SquaredError(range: range)
      return Evaluation(
        predictions: outputs.map { error.prediction(Double($0)).value },
        targets: targets(examples, at: positions)
      )
    }
  }
}
