/// The rates a search tries: from far too small to far too large, each the same factor above the one before.
///
/// Reference: Smith (2017), Cyclical learning rates, arXiv 1506.01186, section 3.3; the numbers are those of
/// fastai's `lr_find`.
package struct LearningRateRange: Sendable {
  package let steps = 100
  /// The search ends where the loss is this many times the smallest one.
  package let stopsAt = 4.0
  private let smallest = 1e-7
  private let largest = 10.0

  package init() {}

  /// The rate of a step, counted from 0.
  package func rate(step: Int) -> Double {
    smallest * Elementary.power(largest / smallest, Double(step) / Double(steps - 1))
  }

  /// The rate at which the loss falls fastest on the logarithmic scale, and a tenth of the one where it is smallest.
  ///
  /// - Parameter trials: Rates in ascending order and their losses.
  /// - Returns: Both, `nil` with fewer than two trials.
  package static func suggestions(
    _ trials: [(rate: Double, loss: Double)]
  ) -> (steepest: Double, tenthOfLowest: Double)? {
    guard let lowest = trials.min(by: { $0.loss < $1.loss }),
      let steepest = zip(trials, trials.dropFirst()).min(by: {
        $0.1.loss - $0.0.loss < $1.1.loss - $1.0.loss
      })
    else { return nil }
    return (steepest.0.rate, lowest.rate / 10)
  }
}
