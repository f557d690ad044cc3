import Foundation

/// How many times as many errors one level makes as another: a change of accuracy near its ends.
///
/// Close to 0 or 1 a difference of accuracies shrinks because there is no room; the ratio of error
/// rates does not.
package struct ErrorRatio: Sendable, Equatable {
  /// 1 is no change, 0.5 half the errors.
  package let ratio: Double

  /// nil below two seeds that differ.
  package let confidence95: Interval?

  /// Whether some cell is so close to an end that a ratio says more than a difference.
  package static func applies(to cells: CellMeans) -> Bool {
    cells.cells.contains { cell in cell.mean.map { $0 > 0.97 || $0 < 0.03 } ?? false }
  }

  /// ln of the error rate, with half an error more and one example more so that no errors have a
  /// logarithm.
  ///
  /// - Parameters:
  ///   - accuracy: A fraction.
  ///   - examples: Size of the set that it was measured on.
  /// - Returns: A logarithm, 0 for nothing but errors.
  package static func logError(accuracy: Double, examples: Int) -> Double {
    log((Double(examples) * (1 - accuracy) + 0.5) / (Double(examples) + 1))
  }

  /// - Returns: nil where no setting and seed has all parts of the contrast, and where seeds came look by look: its
  ///   interval is one for a single look.
  package init?(
    _ contrast: Contrast,
    metric: String,
    examples: Int,
    runs: PairedRuns
  ) {
    guard let index = runs.design.metrics.firstIndex(where: { $0.name == metric }),
      runs.design.metrics[index].scale == .linear, runs.design.seeds == .once
    else { return nil }
    let column = runs.columns[index].map { Self.logError(accuracy: $0, examples: examples) }
    let result = ContrastResult(
      runs.values(of: runs.matched(contrast), column: column),
      seeds: runs.everySeed,
      delta: 0,
      rule: .once(alpha: runs.design.alpha)
    )
    guard let estimate = result.estimate else { return nil }
    ratio = exp(estimate)
    confidence95 = result.test.map {
      Interval(lower: exp($0.confidence95.lower), upper: exp($0.confidence95.upper))
    }
  }
}
