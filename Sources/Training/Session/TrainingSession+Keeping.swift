import Notation

extension TrainingSession {
  /// Says why the run cannot leave what is asked of it; `nil` where it can.
  package func faultOfKeeping(weights: Bool, probabilities: Bool) -> String? {
    TrainingSettings.faultOfKeeping(
      weights: weights,
      by: settings.tuning,
      probabilities: probabilities,
      ofNumbers: task == .regression
    )
  }

  /// The network as it is, with all that ``KeptNetwork`` needs to ask it: of one whose body is still what it was when it
  /// came, the head alone and the body's digest.
  ///
  /// - Throws: `TrainingError` where the body has to be looked at again and cannot be read any more.
  package func kept() throws -> TensorFile {
    let set = objective.dataset.train
    var file = weights
    if let digest = try digestOfUnchangedBody {
      let body = Set(network.bodyTensors.map(\.name))
      file.entries = file.entries.filter { !body.contains($0.key) }
      file.texts[KeptNetwork.bodyKey] = digest
    }
    file.texts[KeptNetwork.inputKey] =
      JSON.array([set.rows, set.columns, set.channels].map { JSON($0) }).text
    file.texts[KeptNetwork.classesKey] = JSON(objective.outputNames).text
    file.texts[KeptNetwork.taskKey] = task.rawValue
    if let scale = objective.dataset.scale {
      file.texts[KeptNetwork.scaleKey] =
        JSON.array([scale.mean, scale.deviation].map { .number(JSONNumber($0)) }).text
    }
    return file
  }

  /// The digest of a body that came from somewhere and in which no bit has changed since, statistics included.
  private var digestOfUnchangedBody: String? {
    get throws {
      guard settings.body != .none, let body = try Body.load(settings.body) else { return nil }
      let fresh = Network(description, capacity: 1, seed: seed)
      try body.copy(into: fresh)
      for (own, first) in zip(network.bodyTensors, fresh.bodyTensors)
      where own.get() != first.get() {
        return nil
      }
      return Body.digest(of: network, normalization)
    }
  }

  /// What is said of each validation example, as comma-separated values: its index, its label and the probability of
  /// each class, or of a yes for each trait, in the shortest digits that give the same single-precision number back.
  ///
  /// Labels of traits are the names of those that are there, with a semicolon between.
  package var probabilityTable: String {
    let names = objective.outputNames
    let positions = Array(validation.setIndices.indices)
    let outputs = outputs(of: validation, at: positions)
    let targets = objective.targets(validation, at: positions)
    let probabilities =
      task == .multi
      ? outputs.map { Float(BinaryCrossEntropy.probability(Double($0))) }
      : SoftmaxCrossEntropy.probabilities(of: outputs, classes: names.count)
    var lines = [(["index", "label"] + names.map { "p_\($0)" }).map(Self.quoted)]
    for position in positions {
      let row = position * names.count..<(position + 1) * names.count
      let label = zip(names, targets[row]).filter { $1 > 0.5 }.map(\.0).joined(separator: ";")
      lines.append(
        [String(validation.setIndices[position]), Self.quoted(label)]
          + probabilities[row].map { "\($0)" }
      )
    }
    return lines.map { $0.joined(separator: ",") + "\n" }.joined()
  }

  /// A field of comma-separated values, in quotes where it needs them.
  private static func quoted(_ text: String) -> String {
    let needsQuotes = text.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
    return needsQuotes ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
  }
}
