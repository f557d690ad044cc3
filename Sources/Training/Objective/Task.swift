/// What is to be learned of an example: this chooses the outputs, the loss and the metrics, nothing else.
package enum Task: String, CaseIterable, Sendable {
  /// One class of several: softmax and cross-entropy.
  case single
  /// Classes or traits that do not exclude each other: a sigmoid and binary cross-entropy each.
  case multi
  /// A number: squared error.
  case regression
}

extension Dataset {
  /// The task that the labels are made for.
  package var ownTask: Task {
    switch labelling {
    case .classes: .single
    case .traits: .multi
    case .numbers: .regression
    }
  }

  /// Tells whether the labels can serve a task: a class can also be one yes among noes, or a number.
  package func serves(_ task: Task) -> Bool {
    switch labelling {
    case .classes: true
    case .traits, .numbers: task == ownTask
    }
  }

  /// How many labels there are; 1 where examples have numbers.
  package var labelCount: Int {
    switch labelling {
    case .classes(let names): names.count
    case .traits(_, let byLabel): byLabel.count
    case .numbers: 1
    }
  }

  /// The names of a network's outputs.
  package func outputNames(for task: Task) -> [String] {
    switch (task, labelling) {
    case (.regression, _), (_, .numbers): ["number"]
    case (_, .classes(let names)), (_, .traits(let names, _)): names
    }
  }

  /// Appends what the network should say of an example: a distribution, yes/no values, or a number.
  ///
  /// - Parameters:
  ///   - label: The class of the example.
  ///   - index: Its index in the set.
  ///   - set: The set it is from.
  ///   - task: The task.
  ///   - target: Gets one number per output.
  package func appendTarget(
    label: Int,
    index: Int,
    of set: ExampleSet,
    for task: Task,
    to target: inout [Float]
  ) {
    switch (task, labelling) {
    case (.regression, _), (_, .numbers):
      target.append(set.numbers.isEmpty ? Float(label) : set.numbers[index])
    case (_, .classes(let names)):
      for c in names.indices { target.append(c == label ? 1 : 0) }
    case (_, .traits(_, let byLabel)):
      for trait in byLabel[label] { target.append(trait ? 1 : 0) }
    }
  }
}
