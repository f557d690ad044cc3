package import Foundation

/// One start of a coordinator: what it was expected to take, and what it took.
package struct Session: Sendable, Equatable {
  /// How many attempts at runs came to an end in it.
  package let concluded: Int
  /// What was expected of it; nil where nothing was known of the runs' durations.
  package let estimate: TimeEstimate?
  package let started: Date
  /// nil while it is at work, and when it was killed.
  package let ended: Date?

  package init(concluded: Int, estimate: TimeEstimate?, started: Date, ended: Date?) {
    self.concluded = concluded
    self.estimate = estimate
    self.started = started
    self.ended = ended
  }

  /// Wall-clock seconds that it took; nil unless it came to its end.
  package var seconds: Double? { ended.map { $0.timeIntervalSince(started) } }
}
