/// The images of which a classifier was about equally sure.
package struct ConfidenceBin: Sendable, Equatable {
  package internal(set) var count = 0
  package internal(set) var right = 0
  /// The sum of their top probabilities.
  package internal(set) var confidence = 0.0
  /// The sum of right (1) or wrong (0) minus the top probability, image by image.
  fileprivate(set) var excess = 0.0
}

/// What a classifier said about a set of images, measured against their labels.
package struct Classification: Sendable, Equatable {
  /// Mean negative log-likelihood of the label, in nats.
  package let loss: Double
  /// Share of images whose most probable class is the label; the first of equals counts.
  package let accuracy: Double
  /// Mean probability of the most probable class.
  package let confidence: Double
  /// Expected calibration error: |accuracy − confidence| averaged over bins of confidence, by their sizes.
  package let calibrationError: Double
  /// Mean squared distance between the probabilities and the label's 0s and 1s, summed over classes.
  package let brierScore: Double
  /// Accuracy among the images of each class, `nil` for a class without images.
  package let accuracyByClass: [Double?]
  /// Images by their label, then by their most probable class.
  package let confusion: [[Int]]
  /// The wrong answers of the highest probability, the surest first; of equals the first image.
  package let mistakes: [ClassAnswers.Mistake]
  /// Whether each image was right.
  package let correct: [Bool]
  /// The images by their confidence, in bins of equal width from 0 to 1.
  package let bins: [ConfidenceBin]

  /// Bins of equal width that calibration is measured in.
  ///
  /// Reference: Guo et al. (2017), On calibration of modern neural networks, arXiv 1706.04599, section 2.
  private static let binCount = 15

  /// So many mistakes are kept: as many as stand in one line of a picture.
  private static let mistakesKept = 8

  /// Measures logits.
  ///
  /// - Parameters:
  ///   - logits: (images, classes), row by row; at least one row.
  ///   - labels: The class of each image.
  ///   - classes: The number of classes.
  package init(logits: [Float], labels: [Int], classes: Int) {
    precondition(logits.count == labels.count * classes, "one row of logits per label")
    let probabilities = SoftmaxCrossEntropy.probabilities(of: logits, classes: classes)
    let count = Double(labels.count)
    var (loss, confidence, brier) = (0.0, 0.0, 0.0)
    var confusion = Array(repeating: Array(repeating: 0, count: classes), count: classes)
    var bins = Array(repeating: ConfidenceBin(), count: Self.binCount)
    var correct: [Bool] = []
    var mistakes: [ClassAnswers.Mistake] = []
    for (n, label) in labels.enumerated() {
      let row = n * classes..<(n + 1) * classes
      loss += Self.logSum(logits[row]) - Double(logits[n * classes + label])
      var best = 0
      for c in 0..<classes {
        let probability = probabilities[n * classes + c]
        if probability > probabilities[n * classes + best] { best = c }
        let distance = Double(probability) - (c == label ? 1 : 0)
        brier += distance * distance
      }
      let top = Double(probabilities[n * classes + best])
      confidence += top
      correct.append(best == label)
      if best != label {
        mistakes.append(.init(image: n, label: label, answer: best, confidence: top))
      }
      confusion[label][best] += 1
      let last = Self.binCount - 1
      let bin = min(max(Int((top * Double(Self.binCount)).rounded(.up)) - 1, 0), last)
      bins[bin].count += 1
      bins[bin].right += best == label ? 1 : 0
      bins[bin].confidence += top
      bins[bin].excess += (best == label ? 1 : 0) - top
    }
    self.loss = loss / count
    accuracy = Double(correct.count { $0 }) / count
    self.confidence = confidence / count
    calibrationError = bins.reduce(0) { $0 + abs($1.excess) } / count
    brierScore = brier / count
    accuracyByClass = confusion.enumerated().map { label, answers in
      let count = answers.reduce(0, +)
      return count == 0 ? nil : Double(answers[label]) / Double(count)
    }
    self.confusion = confusion
    self.correct = correct
    let order = mistakes.indices.sorted {
      let (left, right) = (mistakes[$0].confidence, mistakes[$1].confidence)
      return left == right ? $0 < $1 : left > right
    }
    self.mistakes = order.prefix(Self.mistakesKept).map { mistakes[$0] }
    self.bins = bins
  }

  /// log Σ exp, without overflow.
  private static func logSum(_ logits: ArraySlice<Float>) -> Double {
    let top = Double(logits.max() ?? 0)
    let sum = logits.reduce(0) { $0 + Elementary.exponential(Double($1) - top) }
    return top + Elementary.logarithm(sum)
  }
}
