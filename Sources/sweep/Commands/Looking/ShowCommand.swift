import ArgumentParser
import Execution
import Laboratory
import Notation
import Storage
import Sweeps
import Training

/// All that is known of one run.
struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show one run: settings, attempts, where it comes from."
  )

  @Argument(help: "The id of a run or the beginning of it.", completion: CompletedName.run)
  var id: String

  @OptionGroup var folder: ResultsOptions

  @Option(
    help: "The sweep that the run is of, where several have it.",
    completion: CompletedName.sweep
  )
  var sweep: String?

  @Flag(help: "Print the one command that computes this run again.")
  var reproduce = false

  @Flag(help: "Draw its network: layers, shapes, parameters, and what of it learns.")
  var network = false

  @Flag(help: "List what was installed for its program: packages and their versions.")
  var environment = false

  @Flag(help: "Show results although predictions are open; this is written down.")
  var showResults = false

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    if reproduce { return try printCommand() }
    if network { return try printNetwork() }
    let found = try folder.laboratory.history(
      ofRun: id,
      in: sweep,
      .init(showResults: showResults, of: "show")
    )
    if environment { return try printEnvironment(found.value) }
    found.warn(wasAskedFor: true)
    if json {
      return try Output.standard.json(try object(found.value, showsResults: found.showsResults))
    }
    try Output.standard.line(text(found.value))
    if !found.showsResults { printError(sealedSentence) }
  }

  private func printNetwork() throws {
    let (run, settings, outline) = try folder.laboratory.network(ofRun: id, in: sweep)
    let body =
      switch settings.body {
      case .none: ""
      case .letters: ", its body from letters"
      case .named(let body): ", its body \(body.rawValue)"
      case .file(let path): ", its body from \(path)"
      }
    try Output.standard.line(outline.text("\(settings.model.rawValue) of run \(run.id)\(body)"))
  }

  /// Files of a run that are listed one by one; JSON has all of them.
  private static let artifactLimit = 20

  private func printEnvironment(_ history: RunHistory) throws {
    guard let text = history.environment else {
      return printError("Nothing is known of what was installed: no Python ran it.")
    }
    try Output.standard.write(text.hasSuffix("\n") ? text : text + "\n")
  }

  private func text(_ history: RunHistory) -> String {
    let run = history.attempts[0].run
    var lines = ["Run \(run.id) of \(history.sweep.name): \(run.cellText(axes: history.axes))"]
    lines.append("settings: \(JSON.object(run.settings).text)")
    lines.append("folder: \(history.folders.run(run))")
    for attempt in history.attempts {
      lines.append(
        "attempt \(attempt.attempt): \(attempt.outcome), started \(attempt.started.text), \(attempt.duration.readable)"
          + (attempt.site.isEmpty ? "" : ", \(attempt.site)")
      )
      lines += attempt.lastLines.suffix(5).map { "  | \($0)" }
      lines += attempt.measurements.final.sorted { $0.key < $1.key }
        .map { "  \($0.key) = \(number($0.value).levelText)" }
      lines += attempt.measurements.texts.sorted { $0.key < $1.key }
        .map { "  \($0.key): \($0.value)" }
    }
    lines += labelLines(tags: history.tags, notes: history.notes)
    lines += history.artifacts.prefix(Self.artifactLimit).map {
      "left: \($0.path), \($0.bytes.grouped) bytes"
    }
    let more = history.artifacts.count - Self.artifactLimit
    if more > 0 { lines.append("left: \(more.grouped) more files") }
    return (lines + history.provenance.lines).joined(separator: "\n")
  }

  private func object(_ history: RunHistory, showsResults: Bool) throws -> JSON {
    var object = JSONObject()
    object["sweep"] = .string(history.sweep.name)
    object["settings"] = history.attempts.last.map { .object($0.run.settings) }
    object["attempts"] = .array(
      history.attempts.map { $0.json(axes: history.axes, showsResults: showsResults) }
    )
    object["provenance"] = history.provenance.json
    object["environment"] = history.environment.map(JSON.string)
    object["tags"] = JSON(history.tags)
    object["notes"] = history.notes.json
    object["artifacts"] = .array(
      history.artifacts.map { ["path": .string($0.path), "bytes": JSON($0.bytes)] }
    )
    return .object(object)
  }

  private func printCommand() throws {
    let (command, provenance) = try folder.laboratory.reproduction(
      ofRun: id,
      in: sweep,
      program: ownPath
    )
    if let git = provenance.git {
      printError(
        "It was computed at commit \(git.commit)\(git.isDirty ? ", with changes\(git.changedFiles.map { " in \($0.prefix(10).joined(separator: ", "))\($0.count > 10 ? ", ..." : "")" } ?? "")" : "")."
      )
    }
    printError(
      "It was computed by \(provenance.version) on \(provenance.host.processor), \(provenance.host.system)."
    )
    try Output.standard.write(command + "\n")
  }
}

extension Provenance {
  /// Where results come from, a line per fact.
  fileprivate var lines: [String] {
    var lines = [
      "command line: \(commandLine.map(shellQuoted).joined(separator: " "))", "in: \(directory)",
      "spec: \(specDigest)", "version: \(version)",
    ]
    if let trainerVersion { lines.append("trainer: \(trainerVersion)") }
    if let command { lines.append("command: \(command.map(shellQuoted).joined(separator: " "))") }
    if let worker { lines.append("worker: \(worker.map(shellQuoted).joined(separator: " "))") }
    lines += fingerprints.sorted { $0.key < $1.key }.map { "read: \($0.key) \($0.value)" }
    if let git { lines.append("git: \(git.commit)\(git.isDirty ? " with changes" : "")") }
    if let environment {
      lines.append("installed: \(environment.prefix(16)); --environment lists it")
    }
    lines.append("host: \(host.name), \(host.processor), \(host.cores) cores, \(host.system)")
    lines.append("jobs: \(jobs)")
    lines += limits.sorted { $0.key < $1.key }.map { "limit: \($0.key) \($0.value)" }
    return lines
  }
}
