import ArgumentParser
import Execution
import Notation
import Storage
import Sweeps
import Foundation

/// Where sweeps stand.
struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Show where sweeps stand."
  )

  @Argument(help: "The name of a sweep or the beginning of it (default: all).")
  var sweep: String?

  @Option(help: "The results folder.")
  var results = "results"

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    try readingStore(results) { store in
      let sweeps = try sweep.map { [try store.sweep(matching: $0)] } ?? store.sweeps()
      guard !json else {
        return print(JSON.array(sweeps.map(\.json)).text)
      }
      for sweep in sweeps {
        print(sweep.text)
        let axes = try store.axisNames(of: sweep)
        for record in try store.running(of: sweep) {
          let elapsed = Duration.seconds(Date().timeIntervalSince(record.started))
          print("  \(record.run.id)  \(record.run.cellText(axes: axes))  \(elapsed.readable)")
        }
      }
    }
  }
}

extension SweepSummary {
  /// `dose  running since 2026-01-31 10:00:00` and the sum of its runs.
  fileprivate var text: String {
    let state =
      isRunning
      ? "running"
      : ledger.pending > 0 ? "unfinished" : ledger.unsuccessful > 0 ? "with failures" : "done"
    return "\(name)  \(state), last started \(started.text)\n  \(ledger)"
      + (dropped > 0 ? "\n  \(dropped.grouped) stored runs are not planned any more" : "")
  }

  fileprivate var json: JSON {
    [
      "name": .string(name), "folder": .string(folder), "spec": .string(file),
      "running": .boolean(isRunning), "started": .string(started.text),
      "dropped": number(dropped), "ledger": ledger.json,
    ]
  }
}

extension Date {
  /// The moment in universal time: `2026-01-31 10:00:00Z`.
  var text: String {
    formatted(
      .iso8601.year().month().day().dateTimeSeparator(.space).time(
        includingFractionalSeconds: false
      )
      .timeZone(separator: .omitted)
    )
  }
}
