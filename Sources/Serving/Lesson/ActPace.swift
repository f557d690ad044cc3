import Synchronization

/// How many acts each person has sent within a minute, so that one phone cannot fill the journal or keep the disk busy.
package final class ActPace: Sendable {
  /// Far more than somebody presses who changes their mind at every question.
  package static let limit = 120
  /// Milliseconds.
  private static let minute = 60_000
  /// Made-up people do not fill the memory either.
  private static let peopleLimit = 4096

  private struct Count {
    var start: Int
    var acts: Int
  }

  private let limit: Int
  private let counts = Mutex<[String: Count]>([:])

  /// - Parameter limit: The acts of a person within a minute.
  package init(limit: Int = ActPace.limit) {
    self.limit = limit
  }

  /// Counts an act.
  ///
  /// - Parameters:
  ///   - person: The id of whoever sent it.
  ///   - milliseconds: When it arrived.
  /// - Returns: Whether it may be taken: the minute began with the first act that was.
  package func admits(_ person: String, at milliseconds: Int) -> Bool {
    counts.withLock { counts in
      func isOver(_ count: Count) -> Bool { milliseconds - count.start >= Self.minute }
      if counts.count >= Self.peopleLimit {
        counts = counts.filter { !isOver($0.value) }
        if counts.count >= Self.peopleLimit { counts = [:] }
      }
      if counts[person].map(isOver) ?? true { counts[person] = Count(start: milliseconds, acts: 0) }
      guard let count = counts[person], count.acts < limit else { return false }
      counts[person]?.acts += 1
      return true
    }
  }
}
