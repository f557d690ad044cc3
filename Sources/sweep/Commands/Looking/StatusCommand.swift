import ArgumentParser
import Execution
import Foundation
import Laboratory
import Notation
import Storage
import Sweeps

/// Where sweeps stand.
struct StatusCommand: AsyncParsableCommand {
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

  func run() async throws {
    let standings = try folder.laboratory.standings(of: sweep, tag: tag)
    guard !json else { return try await printJSON(standings) }
    for standing in standings {
      try Output.standard.line(standing.summary.text)
      try Output.standard.lines(
        labelLines(tags: standing.tags, notes: standing.notes, indent: "  ")
      )
      for record in standing.running {
        let elapsed = Duration.seconds(Date().timeIntervalSince(record.started))
        let cell = record.run.cellText(axes: standing.axes)
        try Output.standard.line(
          "  \(record.run.id)  \(cell)  \(elapsed.readable)"
            + (record.site.isEmpty ? "" : "  \(record.site)")
        )
      }
      for standing in try await folder.laboratory.clusterStanding(of: standing.summary) {
        try Output.standard.line("  \(standing.text)")
      }
    }
  }

  private func printJSON(_ standings: [SweepStanding]) async throws {
    var objects: [JSON] = []
    for standing in standings {
      let batches = try await folder.laboratory.clusterStanding(of: standing.summary)
      objects.append(standing.json(batches))
    }
    try Output.standard.json(.array(objects))
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

extension SweepStanding {
  /// The sweep, and where its runs at work and its batches are, as far as there are any.
  fileprivate func json(_ batches: [ClusterStanding]) -> JSON {
    var object = summary.json
    object["tags"] = JSON(tags)
    object["notes"] = notes.json
    let placed = running.filter { !$0.site.isEmpty }
    if !placed.isEmpty {
      object["at_work"] = .array(
        placed.map { ["run": .string($0.run.id), "site": $0.site.json] }
      )
    }
    if !batches.isEmpty { object["slurm"] = .array(batches.map(\.json)) }
    return .object(object)
  }
}

extension ClusterStanding {
  /// Which tasks are where: `Slurm job 4711: 100 tasks, 16 running on n1, n2; 84 waiting (Resources)`.
  fileprivate var text: String {
    let head =
      "Slurm job \(batch.job ?? "(not confirmed) \(batch.name)"): \(batch.tasks.grouped) task\(batch.tasks == 1 ? "" : "s") of \(batch.runs.grouped) run\(batch.runs == 1 ? "" : "s")"
    guard let lines else { return head + "; Slurm does not answer" }
    let parts = groups(of: lines).map { state, count, nodes, reasons in
      let place = nodes.isEmpty ? "" : " on \(nodes.joined(separator: ", "))"
      let why = reasons.isEmpty ? "" : " (\(reasons.joined(separator: ", ")))"
      return "\(count.grouped) \(state.lowercased())\(place)\(why)"
    }
    return parts.isEmpty
      ? head + ", gone from the queue" : head + ", " + parts.joined(separator: "; ")
  }

  fileprivate var json: JSON {
    [
      "job": JSON(batch.job), "name": .string(batch.name), "tasks": JSON(batch.tasks),
      "runs": JSON(batch.runs),
      "states": lines.map { lines in
        .object(
          JSONObject(
            groups(of: lines).map { JSONObject.Member(key: $0.state, value: JSON($0.count)) }
          )
        )
      } ?? .null,
    ]
  }

  /// Tasks by their state; nodes of those at work, and reasons of those that wait.
  private func groups(of lines: [QueueAnswer.Line])
    -> [(state: String, count: Int, nodes: [String], reasons: [String])]
  {
    Dictionary(grouping: lines, by: \.state).sorted { $0.key < $1.key }.map { state, lines in
      (
        state, lines.reduce(0) { $0 + max(1, $1.tasks.count) },
        state == "RUNNING" ? Set(lines.map(\.node)).subtracting([""]).sorted() : [],
        state == "PENDING" ? Set(lines.map(\.reason)).subtracting(["", "None"]).sorted() : []
      )
    }
  }
}
