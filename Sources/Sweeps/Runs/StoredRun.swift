/// A run that the store already holds.
package struct StoredRun: Sendable, Equatable {
  package let rowID: Int64
  package let status: RunStatus
  /// The highest number of an attempt, 0 for none.
  package let attempts: Int
  /// Whether the current spec's plan already holds it.
  package let isPlanned: Bool

  package init(rowID: Int64, status: RunStatus, attempts: Int, isPlanned: Bool) {
    self.rowID = rowID
    self.status = status
    self.attempts = attempts
    self.isPlanned = isPlanned
  }
}
