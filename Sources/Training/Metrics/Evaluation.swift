/// How well a network does on a set, whatever its task.
package struct Evaluation: Sendable, Equatable {
  /// The task's own loss, clean: no smoothing, no mixing.
  package let loss: Double
  /// Share of right answers, `nil` where answers are numbers.
  package let accuracy: Double?
  /// What else is told of a validation set.
  package var details: [MetricValue]
  /// Whether each example was right; empty where answers are numbers.
  package let correct: [Bool]
  /// Share of examples of which every answer is right, `nil` where answers are numbers.
  package var exactMatch: Double? {
    correct.isEmpty ? nil : Double(correct.count { $0 }) / Double(correct.count)
  }
  /// The examples by confidence, where one class of several is answered; else empty.
  package var bins: [ConfidenceBin] = []
  /// What was taken for what, where one class of several is answered; else `nil`.
  package var answers: ClassAnswers?
}

extension Evaluation {
  /// One class of several.
  package init(_ measured: Classification, classes: [String]) {
    loss = measured.loss
    accuracy = measured.accuracy
    correct = measured.correct
    bins = measured.bins
    answers = ClassAnswers(
      classes: classes,
      counts: measured.confusion,
      mistakes: measured.mistakes
    )
    details =
      ClassificationMetrics.all.map { MetricValue($0.description, $0.value(measured)) }
      + zip(classes, measured.accuracyByClass).compactMap { name, accuracy in
        accuracy.map { MetricValue(TrainerMetrics.accuracyOfPart, of: name, $0) }
      }
  }

  /// Probabilities above which a trait counts as a yes; one network serves all of them.
  private static let thresholds = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]

  /// Traits that do not exclude each other.
  ///
  /// - Parameters:
  ///   - logits: (examples, labels), row by row.
  ///   - targets: 1 for yes and 0 for no, in the same order.
  ///   - labels: The names of the traits.
  package init(logits: [Float], targets: [Float], labels: [String]) {
    let pairs = zip(logits, targets).map { (logit: Double($0), target: Double($1)) }
    let probabilities = pairs.map { BinaryCrossEntropy.probability($0.logit) }
    func isRight(_ i: Int, at threshold: Double) -> Bool {
      (probabilities[i] > threshold) == (pairs[i].target > 0.5)
    }
    func share(_ indices: some Sequence<Int>, at threshold: Double) -> Double {
      let right = indices.map { isRight($0, at: threshold) }
      return Double(right.count { $0 }) / Double(right.count)
    }
    loss =
      pairs.reduce(0) { $0 + BinaryCrossEntropy.loss(logit: $1.logit, target: $1.target) }
      / Double(pairs.count)
    accuracy = share(pairs.indices, at: 0.5)
    details =
      Self.thresholds.map {
        MetricValue(TrainerMetrics.accuracyAtThreshold, of: "\($0)", share(pairs.indices, at: $0))
      }
      + labels.indices.map { label in
        let indices = stride(from: label, to: pairs.count, by: labels.count)
        return MetricValue(
          TrainerMetrics.accuracyOfPart,
          of: labels[label],
          share(indices, at: 0.5)
        )
      }
    correct = stride(from: 0, to: pairs.count, by: labels.count).map { start in
      (start..<start + labels.count).allSatisfy { isRight($0, at: 0.5) }
    }
  }

  /// Numbers.
  ///
  /// - Parameters:
  ///   - predictions: In the unit of the targets.
  ///   - targets: The true numbers.
  package init(predictions: [Double], targets: [Float]) {
    let errors = zip(predictions, targets).map { $0 - Double($1) }
    let count = Double(errors.count)
    loss = errors.reduce(0) { $0 + $1 * $1 } / count
    accuracy = nil
    details = [
      MetricValue(TrainerMetrics.squaredError, loss),
      MetricValue(TrainerMetrics.absoluteError, errors.reduce(0) { $0 + abs($1) } / count),
    ]
    correct = []
  }
}
