/// Decides when a report that is watched is written anew, and when watching ends.
///
/// It knows no clock: whoever watches looks at the store from time to time and asks.
package struct ReportWatch: Sendable {
  /// What is seen of the store.
  package struct Moment: Sendable, Equatable {
    /// Differs after each change that another program made.
    package let version: Int
    /// Whether a coordinator works on the sweep.
    package let isRunning: Bool

    package init(version: Int, isRunning: Bool) {
      self.version = version
      self.isRunning = isRunning
    }
  }

  package enum Step: Sendable, Equatable {
    /// Write it, and look again later.
    case write
    /// Nothing is new; look again later.
    case wait
    /// The sweep has ended: write it for the last time.
    case end
  }

  private var written: Moment?

  package init() {}

  package mutating func step(_ now: Moment) -> Step {
    guard now.isRunning else { return .end }
    guard now != written else { return .wait }
    written = now
    return .write
  }
}
