import Execution
import Foundation
import Notation
import Statistics
import Sweeps

extension RunPlan {
  /// What a start will do, in one sentence.
  var sentence: String {
    var parts = ["\(kept.grouped) kept", "\(indices.count.grouped) to do (\(new.grouped) new)"]
    if repeated > 0 { parts.append("\(repeated.grouped) of them repeated") }
    if dropped > 0 { parts.append("\(dropped.grouped) dropped (stored, but not planned any more)") }
    return parts.joined(separator: ", ") + "\n" + ledger.description
  }
}

extension LookNews {
  /// What a look found and what is next: `Look 2 of 4, after 8 seeds: 3 settled, 1 open. 24 more runs …`.
  var sentence: String {
    let words: [(LookStanding.State, String)] = [
      (.settled, "settled"), (.givenUp, "given up"), (.notSettled, "not settled"), (.open, "open"),
    ]
    let counts = words.compactMap { state, word in
      states?[state].map { "\($0.grouped) \(word)" }
    }
    let found = counts.isEmpty ? "" : ": " + counts.joined(separator: ", ")
    let next =
      next.map { "\(added.indices.count.grouped) more runs, to \($0) seeds where they are needed." }
      ?? "No more seeds are needed."
    return "Look \(number) of \(looks), after \(seeds) seeds\(found). \(next)"
  }
}

extension StopReason {
  /// Why nothing more starts, and what happens to what is at work.
  var sentence: String {
    switch self {
    case .interrupted: "Stopping: runs at work are asked to end. A second Ctrl-C ends them at once."
    case .left:
      "Leaving: what Slurm has goes on. 'sweep cancel' ends it, and the same command takes in what comes."
    case .noDevice(let rested, let failures):
      "Nothing more is started: every device is rested (\(rested.joined(separator: ", "))), for the last \(failures) runs on each failed."
    case .halted(let why): "Nothing more is started: \(why)."
    case .sameFailure(let count, let failure, let lastLine):
      "Stopped: the first \(count) runs all ended the same way (\(failure)"
        + (lastLine.isEmpty ? "" : "; last line: '\(lastLine)'")
        + "). The rest stays pending; 'sweep check' tries the set-up."
    case .storage: "Stopping: results cannot be stored."
    }
  }
}

extension Run {
  /// The run's levels and seed: `dropout=0.5 tuning=full seed=3`.
  func cellText(of spec: Spec) -> String {
    cellText(axes: spec.axes.map(\.name))
  }

  func cellText(axes: [String]) -> String {
    (zip(axes, levels).map { "\($0)=\($1)" } + ["seed=\(seed)"]).joined(separator: " ")
  }
}

extension Record {
  /// What went wrong, with the end of the log and where to find all of it.
  func failureText(of spec: Spec, log: String) -> String {
    let head =
      "Run \(run.id) (\(run.cellText(of: spec))) \(outcome)"
      + (attempt > 1 ? ", attempt \(attempt)" : "")
    guard !lastLines.isEmpty else { return head }
    let tail = lastLines.suffix(5).map { "  | \($0)" }
    return ([head] + tail + ["  Log: \(log)"]).joined(separator: "\n")
  }
}
