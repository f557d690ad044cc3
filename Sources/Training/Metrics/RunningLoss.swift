/// The smoothed loss of the training batches: what other tools print as training loss.
///
/// An exponential average, corrected for its start at 0. It is taken in training mode, on augmented images
/// and with dropout, so it is not comparable with a validation loss.
package struct RunningLoss: Sendable {
  private let keep = 0.98
  private var sum = 0.0
  private var weight = 0.0

  package init() {}

  /// The average, `nil` before the first batch.
  package var value: Double? { weight > 0 ? sum / weight : nil }

  package mutating func add(_ loss: Double) {
    sum = keep * sum + (1 - keep) * loss
    weight = keep * weight + (1 - keep)
  }
}
