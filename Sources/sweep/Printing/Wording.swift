import Execution
import Foundation
import Notation
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

extension StopReason {
  /// Why nothing more starts, and what happens to what is at work.
  var sentence: String {
    switch self {
    case .interrupted: "Stopping: runs at work are asked to end. A second Ctrl-C ends them at once."
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
