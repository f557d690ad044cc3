/// A run that the store already holds.
package struct StoredRun: Sendable, Equatable {
  package let rowID: Int64
  /// The highest number of an attempt, 0 for none.
  package var attempts: Int { Int(attemptCount) }
  // Narrow and in this order, so that a million runs take 16 MB.
  private let attemptCount: UInt32
  package let status: RunStatus
  /// Whether the current spec's plan already holds it.
  package let isPlanned: Bool

  package init(rowID: Int64, status: RunStatus, attempts: Int, isPlanned: Bool) {
    self.rowID = rowID
    self.status = status
    attemptCount = UInt32(clamping: attempts)
    self.isPlanned = isPlanned
  }
}
