import Foundation
import Notation

/// What a terminal shows of a sweep at one moment.
struct LiveView {
  /// A run at work.
  struct Running {
    let slot: Int
    let text: String
    let levels: [String]
    let start: SuspendingClock.Instant
  }

  let name: String
  var total: Int
  var done = 0
  var failed = 0
  var begun = 0
  /// By the run's id.
  var running: [String: Running] = [:]
  var slowest: (text: String, duration: Duration)?
  /// One line of results; nil while predictions are open.
  var results: String?

  /// Running runs that are shown.
  private static let lineLimit = 8

  /// The lines of the view, none wider than the terminal.
  ///
  /// ```
  /// dose  [########------------]  19/48  1 failed, 2 running, 1 min 5 s left
  ///   0  weight_decay=3 seed=2  4.1 s
  ///   1  weight_decay=10 seed=2  0.8 s
  ///   slowest: weight_decay=0 seed=0  5.2 s
  /// ```
  func lines(width: Int, left: Duration?, now: SuspendingClock.Instant) -> [String] {
    var lines = [headline(left: left)]
    for run in running.values.sorted(by: { $0.slot < $1.slot }).prefix(Self.lineLimit) {
      lines.append("  \(run.slot)  \(run.text)  \(run.start.duration(to: now).readable)")
    }
    if running.count > Self.lineLimit {
      lines.append("  ... and \(running.count - Self.lineLimit) more")
    }
    if let slowest { lines.append("  slowest: \(slowest.text)  \(slowest.duration.readable)") }
    if let results { lines.append("  \(results)") }
    return lines.map { $0.count > width ? String($0.prefix(max(width - 3, 1))) + "..." : $0 }
  }

  private func headline(left: Duration?) -> String {
    let cells = 20
    let filled = total == 0 ? cells : done * cells / total
    let bar = String(repeating: "#", count: filled) + String(repeating: "-", count: cells - filled)
    return "\(name)  [\(bar)]  \(done.grouped)/\(total.grouped)  \(failed.grouped) failed, "
      + "\(running.count) running" + (left.map { ", \($0.readable) left" } ?? "")
  }
}

/// Columns of the terminal on standard error; 80 where it does not say.
var terminalWidth: Int { columns(of: STDERR_FILENO) ?? 80 }
