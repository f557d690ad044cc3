import ArgumentParser
import Foundation
import Laboratory
import Notation
import Storage
import Sweeps

/// Where sweeps stand.
struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Show where sweeps stand."
  )

  @Argument(
    help: "The name of a sweep or the beginning of it (default: all).",
    completion: CompletedName.sweep
  )
  var sweep: String?

  @OptionGroup var folder: ResultsOptions

  @Option(help: "Only sweeps with this tag.", completion: CompletedName.tag)
  var tag: String?

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let standings = try folder.laboratory.standings(of: sweep, tag: tag)
    guard !json else { return try Output.standard.json(.array(standings.map(\.json))) }
    for standing in standings {
      try Output.standard.line(standing.summary.text)
      try Output.standard.lines(
        labelLines(tags: standing.tags, notes: standing.notes, indent: "  ")
      )
      for record in standing.running {
        let elapsed = Duration.seconds(Date().timeIntervalSince(record.started))
        let cell = record.run.cellText(axes: standing.axes)
        try Output.standard.line("  \(record.run.id)  \(cell)  \(elapsed.readable)")
      }
    }
  }
}

extension SweepStanding {
  fileprivate var json: JSON {
    var object = summary.json
    object["tags"] = JSON(tags)
    object["notes"] = notes.json
    return .object(object)
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

  fileprivate var json: JSONObject {
    [
      "name": .string(name), "folder": .string(folder), "spec": .string(file),
      "running": .boolean(isRunning), "started": .string(started.text),
      "dropped": JSON(dropped), "ledger": ledger.json,
    ]
  }
}
