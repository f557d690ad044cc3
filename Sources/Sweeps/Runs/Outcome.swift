import Notation

/// Where a run stands, in the words of the reports.
package enum RunStatus: String, Sendable, Hashable, CaseIterable {
  case pending
  case running
  case ok
  case failed
  case diverged
  case timedOut = "timed_out"

  /// Says whether a run with this status is left alone by the next start.
  package var isConcluded: Bool {
    switch self {
    case .pending, .running: false
    case .ok, .failed, .diverged, .timedOut: true
    }
  }
}

/// Why an attempt that ended by itself gave no result.
package enum Failure: Sendable, Hashable {
  /// The program ended with a code other than 0.
  case exit(code: Int)
  /// The program was ended by a signal that did not come from here.
  case signal(Int)
  /// The program ended well but printed no metric.
  case noResult
  /// The program could not be started; the text says why.
  case notStarted(String)
  /// So many attempts had begun and were lost with their machine or their task, the last for this reason.
  case abandoned(attempts: Int, reason: String)
}

extension Failure: CustomStringConvertible {
  package var description: String {
    switch self {
    case .exit(let code): "exit code \(code)"
    case .signal(let number): "killed by \(signalName(number))"
    case .noResult: "ended well but printed no metric"
    case .notStarted(let reason): reason
    case .abandoned(let attempts, let reason):
      "given up after \(attempts) attempt\(attempts == 1 ? " that was" : "s that were") lost; \(reason)"
    }
  }
}

/// What became of one attempt at a run.
///
/// A failed run is data, not an error: only `cancelled` and `lost` leave the run to be done again.
package enum Outcome: Sendable, Hashable {
  /// The program is still at work.
  case running
  /// The program ended with code 0 and gave at least one metric.
  case finished
  case failed(Failure)
  /// The program said that its training diverged; `epoch` is nil when it did not say where.
  case diverged(epoch: Int?, reason: String)
  /// The program was ended after the limit of the spec, measured without the machine's sleep.
  case timedOut(after: Duration)
  /// The coordinator was asked to stop, and ended the program.
  case cancelled
  /// The coordinator, the machine or the cluster's task died while the program was at work.
  case lost

  package var status: RunStatus {
    switch self {
    case .running: .running
    case .finished: .ok
    case .failed: .failed
    case .diverged: .diverged
    case .timedOut: .timedOut
    case .cancelled, .lost: .pending
    }
  }
}

extension Outcome: CustomStringConvertible {
  package var description: String {
    switch self {
    case .running: "running"
    case .finished: "ok"
    case .failed(let failure): "failed: \(failure)"
    case .diverged(let epoch, let reason):
      "diverged" + (epoch.map { " in epoch \($0)" } ?? "") + (reason.isEmpty ? "" : ": \(reason)")
    case .timedOut(let limit): "timed out after \(limit.plainSeconds) s"
    case .cancelled: "interrupted"
    case .lost: "lost"
    }
  }
}
