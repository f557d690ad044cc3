import ArgumentParser
import Foundation
import Laboratory
import Notation
import Sweeps

/// The runs of a sweep, one line each.
struct RunsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs",
    abstract: "List the runs of a sweep that were started."
  )

  @Argument(
    help: "The name of a sweep or the beginning of it (default: the newest).",
    completion: CompletedName.sweep
  )
  var sweep: String?

  @OptionGroup var folder: ResultsOptions

  @Option(help: "Only runs of this status: ok, failed, diverged, timed_out, running or pending.")
  var status: String?

  @Option(help: "Only runs with this tag.", completion: CompletedName.tag)
  var tag: String?

  @Flag(help: "Show results although predictions are open; this is written down.")
  var showResults = false

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    guard let status, RunStatus(rawValue: status) == nil else { return }
    let known = RunStatus.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
    throw ValidationError(.badValue, "Unknown status '\(status)'. There is \(known).")
  }

  func run() throws {
    let found = try folder.laboratory.runs(
      of: sweep,
      status: status.flatMap(RunStatus.init),
      tag: tag,
      .init(showResults: showResults, of: "runs")
    )
    found.warn(wasAskedFor: true)
    let (axes, shows) = (found.value.axes, found.showsResults)
    if json {
      return try Output.standard.json(
        .array(found.value.records.map { $0.json(axes: axes, showsResults: shows) })
      )
    }
    try Output.standard.lines(found.value.records.map { line($0, axes: axes) })
    if !shows { printError(sealedSentence) }
  }

  private func line(_ record: Record, axes: [String]) -> String {
    let status = record.status.rawValue.padding(toLength: 9, withPad: " ", startingAt: 0)
    let duration = record.status.isConcluded ? "  \(record.duration.readable)" : ""
    let metrics = record.measurements.final.sorted { $0.key < $1.key }
      .map { "  \($0.key)=\(number($0.value).levelText)" }.joined()
    return "\(record.run.id)  \(status)  \(record.run.cellText(axes: axes))\(duration)\(metrics)"
  }
}
