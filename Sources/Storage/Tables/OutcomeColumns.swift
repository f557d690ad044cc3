import Notation
package import Sweeps

/// An outcome as the table `attempt` keeps it: a word, a number and a text.
package struct OutcomeColumns: Equatable {
  package let outcome: String
  /// Exit code, signal, epoch or limit in seconds, whichever the outcome has; -1 for none.
  package let code: Double
  package let reason: String

  package init(outcome: String, code: Double = -1, reason: String = "") {
    self.outcome = outcome
    self.code = code
    self.reason = reason
  }

  package init(_ outcome: Outcome) {
    switch outcome {
    case .running: self.init(outcome: "running")
    case .finished: self.init(outcome: "ok")
    case .failed(.exit(let code)): self.init(outcome: "exit", code: Double(code))
    case .failed(.signal(let number)): self.init(outcome: "signal", code: Double(number))
    case .failed(.noResult): self.init(outcome: "no_result")
    case .failed(.notStarted(let reason)): self.init(outcome: "not_started", reason: reason)
    case .failed(.abandoned(let attempts, let reason)):
      self.init(outcome: "abandoned", code: Double(attempts), reason: reason)
    case .diverged(let epoch, let reason):
      self.init(outcome: "diverged", code: epoch.map(Double.init) ?? -1, reason: reason)
    case .timedOut(let limit): self.init(outcome: "timed_out", code: limit.seconds)
    case .cancelled: self.init(outcome: "interrupted")
    case .lost: self.init(outcome: "lost")
    }
  }

  /// The outcome; nil for columns that no outcome has.
  package var value: Outcome? {
    switch outcome {
    case "running": .running
    case "ok": .finished
    case "exit": Int(exactly: code).map { .failed(.exit(code: $0)) }
    case "signal": Int(exactly: code).map { .failed(.signal($0)) }
    case "no_result": .failed(.noResult)
    case "not_started": .failed(.notStarted(reason))
    case "abandoned":
      Int(exactly: code).map { .failed(.abandoned(attempts: $0, reason: reason)) }
    // The epoch is what a program printed, and may be any number: one that is no count is none.
    case "diverged": .diverged(epoch: code < 0 ? nil : Int(exactly: code), reason: reason)
    case "timed_out":
      Duration(stored: code).map { .timedOut(after: .milliseconds(($0.seconds * 1000).rounded())) }
    case "interrupted": .cancelled
    case "lost": .lost
    default: nil
    }
  }
}
