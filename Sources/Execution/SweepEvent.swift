package import Statistics
package import Sweeps

/// What happens while a coordinator works, in the order in which it becomes true.
package enum SweepEvent: Sendable {
  /// Runs are about to start.
  case planned(RunPlan)
  /// Programs of an earlier coordinator that was killed were still there, and were ended.
  case endedLeftovers(count: Int)
  case began(Run, attempt: Int, slot: Int, Ledger)
  /// An attempt came to an end, and its record is on the disk.
  case ended(Record, Ledger, willRetry: Bool)
  /// A look was taken and written down, and brought these further runs.
  case looked(LookNews)
  /// A device is given no more runs, for so many in a row failed on it.
  case rested(device: String, failures: Int)
  /// Something that people should know of where the runs are made.
  case noted(String)
  /// No further run starts.
  case stopping(StopReason)
}

/// What a look of a rule of seeds decided.
package struct LookNews: Sendable, Equatable {
  /// From 1, of how many.
  package let number: Int
  package let looks: Int
  /// With how many seeds it was planned.
  package let seeds: Int
  /// How many questions have which state; nil where that is kept back.
  package var states: [LookStanding.State: Int]?
  /// The runs that it brought; none where the rule has come to its end.
  package let added: RunPlan
  /// With how many seeds the next look will be; nil where there is none.
  package let next: Int?
  package let ledger: Ledger
}

/// Why a coordinator starts no more runs although some are left.
package enum StopReason: Sendable, Equatable {
  /// Ctrl-C, SIGTERM or SIGHUP.
  case interrupted
  /// The same, where the runs go on without this process.
  case left
  /// The spec's `halt` came true.
  case halted(String)
  /// The first runs all failed in the same way, so the others would too.
  case sameFailure(count: Int, failure: String, lastLine: String)
  /// Every device has been rested.
  case noDevice(rested: [String], failures: Int)
  /// The store could not be written.
  case storage
}

/// What a coordinator leaves behind.
package struct SweepEnd: Sendable {
  /// As the store has it after the last commit.
  package let ledger: Ledger
  /// Whether the books add up, and are those that were kept while the runs came in.
  package let isConsistent: Bool
  /// How many of the runs that were selected this time have no result.
  package let unsuccessful: Int
  package let pending: Int
  /// Whether runs go on without this process.
  package let isLeft: Bool
  package let reason: StopReason?
  /// The attempts of this start that failed, diverged or timed out and were not made good, in their order.
  package var failures: [Record]
}
