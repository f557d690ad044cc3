import Statistics

extension ClassificationMetrics {
  /// The correlation between labels and answers, which common classes do not carry as they carry the accuracy.
  ///
  /// From −1 to 1; 0 for answers that are no better than drawn, and where all are the same class.
  ///
  /// Reference: Gorodkin (2004), Comparing two K-category assignments by a K-category correlation coefficient,
  /// Computational Biology and Chemistry 28, equation 8; checked against scikit-learn's `matthews_corrcoef`.
  static let matthewsCorrelation = ClassificationMetric(
    description: MetricDescription(
      "mcc",
      unit: "correlation",
      better: .higher,
      appears: appears,
      "Matthews correlation between labels and answers, over all classes"
    )
  ) { measured in
    let confusion = measured.confusion
    let labels = confusion.map { $0.reduce(0, +) }
    let answers = confusion.indices.map { answer in confusion.reduce(0) { $0 + $1[answer] } }
    let count = labels.reduce(0, +)
    let right = confusion.indices.reduce(0) { $0 + confusion[$1][$1] }
    func product(_ left: [Int], _ right: [Int]) -> Int {
      zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let shared = Double(count * right - product(labels, answers))
    let spreads = [labels, answers].map { Double(count * count - product($0, $0)) }
    return spreads.contains(0) ? 0 : shared / (spreads[0] * spreads[1]).squareRoot()
  }
}
