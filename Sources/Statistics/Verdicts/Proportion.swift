/// The Wilson score interval of a proportion.
///
/// - Parameters:
///   - count: How many of them have the property.
///   - total: How many there are, at least one.
///   - confidence: Coverage of the interval, between 0 and 1.
/// - Returns: Both ends, as fractions.
///
/// Reference: Wilson (1927), Probable inference, the law of succession, and statistical inference,
/// JASA 22. It agrees with `statsmodels.stats.proportion.proportion_confint(method="wilson")` in
/// the tests.
package func wilsonInterval(
  count: Int,
  of total: Int,
  confidence: Double = 0.95
) -> Interval {
  precondition(total > 0 && 0...total ~= count, "\(count) of \(total) is no proportion")
  let z = Normal.upperQuantile((1 - confidence) / 2)
  let n = Double(total)
  let p = Double(count) / n
  let denominator = 1 + z * z / n
  let center = (p + z * z / (2 * n)) / denominator
  let half = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot() / denominator
  return Interval(lower: center - half, upper: center + half)
}

/// The standard error of a difference of two accuracies that comes from the finite validation set.
///
/// It is not part of an interval over seeds, whose runs all share the same examples.
package enum ValidationError {
  /// The error when it is known example by example which arm is right.
  ///
  /// - Parameters:
  ///   - onlyFirst: Examples that the first arm alone gets right.
  ///   - onlySecond: Examples that the second arm alone gets right.
  ///   - examples: Size of the validation set, at least one.
  /// - Returns: A fraction, as accuracies are.
  ///
  /// Reference: McNemar (1947), Psychometrika 12; the Wald form of the paired difference (Agresti
  /// 2013, Categorical Data Analysis, section 11.1).
  package static func paired(onlyFirst: Int, onlySecond: Int, examples: Int) -> Double {
    precondition(examples > 0, "a validation set has examples")
    let n = Double(examples)
    let difference = Double(onlyFirst - onlySecond)
    let discordant = Double(onlyFirst + onlySecond)
    return max(0, discordant - difference * difference / n).squareRoot() / n
  }

  /// The error of a change that is averaged over several pairs of runs, all judged by the same examples.
  ///
  /// - Parameter differences: By example, the mean over pairs of second arm minus first arm, each 1 where the
  ///   arm is right and 0 where it is wrong; at least one example.
  /// - Returns: A fraction, as accuracies are; with one pair that of ``paired(onlyFirst:onlySecond:examples:)``.
  ///
  /// Reference: the standard error of a mean, with the variance divided by n as McNemar's is.
  package static func averaged(_ differences: [Double]) -> Double {
    precondition(!differences.isEmpty, "a validation set has examples")
    let center = mean(differences)
    let squares = differences.reduce(0) { $0 + ($1 - center) * ($1 - center) }
    return squares.squareRoot() / Double(differences.count)
  }

  /// The bound when only the accuracies are known: the error of two independent validation sets.
  ///
  /// - Parameters:
  ///   - first: Accuracy of the first arm, a fraction.
  ///   - second: Accuracy of the second arm, a fraction.
  ///   - examples: Size of the validation set, at least one.
  /// - Returns: A fraction, as accuracies are.
  package static func bound(_ first: Double, _ second: Double, examples: Int) -> Double {
    precondition(examples > 0, "a validation set has examples")
    let variance = first * (1 - first) + second * (1 - second)
    return (max(0, variance) / Double(examples)).squareRoot()
  }

  /// The error for new seeds and new data together, mildly conservative.
  package static func combined(seeds: Double, validation: Double) -> Double {
    (seeds * seeds + validation * validation).squareRoot()
  }
}
