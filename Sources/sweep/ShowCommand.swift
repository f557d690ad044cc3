import ArgumentParser
import Execution
import Notation
import Storage
import Sweeps
import Foundation

/// All that is known of one run.
struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show one run: settings, attempts, where it comes from."
  )

  @Argument(help: "The id of a run or the beginning of it.")
  var id: String

  @Option(help: "The results folder.")
  var results = "results"

  @Flag(help: "Print the one command that computes this run again.")
  var reproduce = false

  @Flag(help: "Show results although predictions are open; this is written down.")
  var showResults = false

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    try readingStore(results) { store in
      let (id, sweep) = try store.run(matching: self.id)
      let attempts = try store.attempts(at: id, of: sweep)
      guard let last = attempts.last, let provenance = try store.provenance(ofRun: id, in: sweep)
      else { throw StoreError.unknownRun(self.id) }
      if reproduce { return try reproduce(last.run, of: sweep, provenance, in: store) }
      let shows = try unseals(sweep, in: store, showResults: showResults, command: "show")
      let axes = try store.axisNames(of: sweep)
      if json {
        return print(
          try object(attempts, sweep, provenance, axes: axes, showsResults: shows).text
        )
      }
      print(text(attempts, last.run, sweep, provenance, axes: axes, showsResults: shows))
      if !shows { printError(sealedSentence) }
    }
  }

  private func text(
    _ attempts: [Record],
    _ run: Run,
    _ sweep: SweepSummary,
    _ provenance: Provenance,
    axes: [String],
    showsResults: Bool
  ) -> String {
    let folders = SweepFolders(results: absolutePath(results), folder: sweep.folder)
    var lines = ["Run \(run.id) of \(sweep.name): \(run.cellText(axes: axes))"]
    lines.append("settings: \(JSON.object(run.settings).text)")
    lines.append("folder: \(folders.run(run))")
    for attempt in attempts {
      lines.append(
        "attempt \(attempt.attempt): \(attempt.outcome), started \(attempt.started.text), \(attempt.duration.readable)"
      )
      lines += attempt.lastLines.suffix(5).map { "  | \($0)" }
      guard showsResults else { continue }
      lines += attempt.measurements.final.sorted { $0.key < $1.key }
        .map { "  \($0.key) = \(number($0.value).levelText)" }
      lines += attempt.measurements.texts.sorted { $0.key < $1.key }
        .map { "  \($0.key): \($0.value)" }
    }
    return (lines + provenance.lines).joined(separator: "\n")
  }

  private func object(
    _ attempts: [Record],
    _ sweep: SweepSummary,
    _ provenance: Provenance,
    axes: [String],
    showsResults: Bool
  ) throws -> JSON {
    var object = JSONObject()
    object["sweep"] = .string(sweep.name)
    object["settings"] = attempts.last.map { .object($0.run.settings) }
    object["attempts"] = .array(attempts.map { $0.json(axes: axes, showsResults: showsResults) })
    object["provenance"] = JSON(line: Array(try provenance.json.utf8))
    return .object(object)
  }

  // MARK: Reproduce

  private func reproduce(
    _ run: Run,
    of sweep: SweepSummary,
    _ provenance: Provenance,
    in store: Store
  ) throws {
    if let git = provenance.git {
      printError(
        "It was computed at commit \(git.commit)\(git.isDirty ? ", with changes ('sweep show --json' has them)" : "")."
      )
    }
    printError(
      "It was computed by \(provenance.version) on \(provenance.host.processor), \(provenance.host.system)."
    )
    let settings = JSON.object(run.settings).text
    let folder = (sweep.file as NSString).deletingLastPathComponent
    guard let command = provenance.command else {
      return print(
        "cd \(shellQuoted(folder)) && printf '%s' \(shellQuoted(settings)) | \(shellQuoted(ownPath)) train --settings - --seed \(run.seed)"
      )
    }
    print(
      try Reproduction(
        command: command,
        run: run,
        folder: folder,
        cores: provenance.limits["cores"]
      )
      .text
    )
  }
}

/// The shell command that does what the runner did for one run, in a fresh folder.
struct Reproduction {
  let command: [String]
  let run: Run
  let folder: String
  let cores: String?

  var text: String {
    get throws {
      let words = try CommandTemplate(command).filled { name in
        switch name {
        case "seed": String(run.seed)
        case "run": run.id
        case "run_dir": "\u{0}$SWEEP_RUN_DIR\u{0}"
        case "settings_file": "\u{0}$SWEEP_SETTINGS\u{0}"
        case "slot": "0"
        default: run.settings[name]?.levelText
        }
      }
      let settings = shellQuoted(JSON.object(run.settings).text)
      let threads = WorkerEnvironment.threadVariables.map { "\($0)=\(cores ?? "1")" }
      return """
        cd \(shellQuoted(folder)) && export SWEEP_RUN=\(run.id) SWEEP_SEED=\(run.seed) SWEEP_SLOT=0 \
        SWEEP_RUN_DIR="$(mktemp -d)" && export SWEEP_SETTINGS="$SWEEP_RUN_DIR/settings.json" && \
        printf '%s' \(settings) > "$SWEEP_SETTINGS" && \(threads.joined(separator: " ")) \
        \(words.map(quoted).joined(separator: " "))
        """
    }
  }

  /// A word whose parts between zero characters are left for the shell to fill in.
  private func quoted(_ word: String) -> String {
    word.split(separator: "\u{0}", omittingEmptySubsequences: true)
      .map { $0.hasPrefix("$SWEEP_") ? "\"\($0)\"" : shellQuoted(String($0)) }.joined()
  }
}

extension Provenance {
  /// Where results come from, a line per fact.
  var lines: [String] {
    var lines = [
      "command line: \(commandLine.map(shellQuoted).joined(separator: " "))", "in: \(directory)",
      "spec: \(specDigest)", "version: \(version)",
    ]
    if let trainerVersion { lines.append("trainer: \(trainerVersion)") }
    if let command { lines.append("command: \(command.map(shellQuoted).joined(separator: " "))") }
    lines += fingerprints.sorted { $0.key < $1.key }.map { "read: \($0.key) \($0.value)" }
    if let git { lines.append("git: \(git.commit)\(git.isDirty ? " with changes" : "")") }
    lines.append("host: \(host.name), \(host.processor), \(host.cores) cores, \(host.system)")
    lines.append("jobs: \(jobs)")
    lines += limits.sorted { $0.key < $1.key }.map { "limit: \($0.key) \($0.value)" }
    return lines
  }
}
