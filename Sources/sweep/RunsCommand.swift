import ArgumentParser
import Execution
import Notation
import Storage
import Sweeps
import Foundation

/// The runs of a sweep, one line each.
struct RunsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs",
    abstract: "List the runs of a sweep that were started."
  )

  @Argument(help: "The name of a sweep or the beginning of it (default: the newest).")
  var sweep: String?

  @Option(help: "The results folder.")
  var results = "results"

  @Option(help: "Only runs of this status: ok, failed, diverged, timed_out, running or pending.")
  var status: String?

  @Flag(help: "Show results although predictions are open; this is written down.")
  var showResults = false

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    guard let status, RunStatus(rawValue: status) == nil else { return }
    let known = RunStatus.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
    throw ValidationError("Unknown status '\(status)'. There is \(known).")
  }

  func run() throws {
    try readingStore(results) { store in
      let sweep = try store.sweep(matching: sweep)
      let shows = try unseals(sweep, in: store, showResults: showResults, command: "runs")
      let axes = try store.axisNames(of: sweep)
      let records = try store.records(of: sweep, curves: false).filter {
        status == nil || $0.status.rawValue == status
      }
      if json {
        return print(JSON.array(records.map { $0.json(axes: axes, showsResults: shows) }).text)
      }
      for record in records { print(line(record, axes: axes, showsResults: shows)) }
      if !shows { printError(sealedSentence) }
    }
  }

  private func line(_ record: Record, axes: [String], showsResults: Bool) -> String {
    let status = record.status.rawValue.padding(toLength: 9, withPad: " ", startingAt: 0)
    let duration = record.status.isConcluded ? "  \(record.duration.readable)" : ""
    let metrics =
      showsResults
      ? record.measurements.final.sorted { $0.key < $1.key }
        .map { "  \($0.key)=\(number($0.value).levelText)" }.joined() : ""
    return "\(record.run.id)  \(status)  \(record.run.cellText(axes: axes))\(duration)\(metrics)"
  }
}

extension Record {
  /// The attempt as other programs read it; `metrics` only where results may be shown.
  func json(axes: [String], showsResults: Bool) -> JSON {
    var object = JSONObject()
    object["run"] = .string(run.id)
    object["status"] = .string(status.rawValue)
    object["attempt"] = number(attempt)
    object["levels"] = .object(
      JSONObject(zip(axes, run.levels).map { JSONObject.Member(key: $0, value: .string($1)) })
    )
    object["seed"] = number(run.seed)
    object["started"] = .string(started.text)
    object["duration"] = number(duration.seconds)
    object["outcome"] = .string(outcome.description)
    if !lastLines.isEmpty { object["last_lines"] = .array(lastLines.map(JSON.string)) }
    if showsResults { object["metrics"] = measurements.json }
    return .object(object)
  }
}

/// What stands in the place of results that are kept back.
let sealedSentence =
  "Results are not shown while predictions are open; --show-results shows them, and is written down."

/// Whether the results of a sweep may be shown; asking for them where they are sealed is written down.
func unseals(
  _ sweep: SweepSummary,
  in store: Store,
  showResults: Bool,
  command: String
) throws -> Bool {
  guard try store.isSealed(sweep) else { return true }
  guard showResults else { return false }
  try recordReveal(of: sweep, results: store.folder, command: "\(command) --show-results")
  return true
}

/// Writes down that open predictions were revealed, and says so; predictions sealed later are late.
func revealWithWarning(_ sweep: SweepSummary, in store: Store, command: String) throws {
  guard sweep.ledger.concluded > 0, try store.isSealed(sweep) else { return }
  printError("Warning: this shows results of '\(sweep.name)', whose predictions were open.")
  try recordReveal(of: sweep, results: store.folder, command: command)
}

/// Writes down that results were shown, or says that it cannot be written.
func recordReveal(of sweep: SweepSummary, results folder: String, command: String) throws {
  do {
    let store = try Store.writing(to: folder)
    try store.reveal(sweep, command: command)
    try store.close()
  } catch StoreError.notWritable {
    printError(
      "Warning: this folder is read-only, so it is not written down that results were shown."
    )
  }
}
