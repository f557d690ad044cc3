import ArgumentParser
import Execution
import Notation
import Storage
import Sweeps
import Foundation

/// What a run's program printed.
struct LogsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "logs",
    abstract: "Print what a run printed besides its results."
  )

  @Argument(help: "The id of a run or the beginning of it.")
  var id: String

  @Option(help: "The results folder.")
  var results = "results"

  @Option(help: "The number of the attempt (default: the last).")
  var attempt: Int?

  @Flag(help: "Show the log of a finished run although predictions are open; this is written down.")
  var showResults = false

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    try readingStore(results) { store in
      let (id, sweep) = try store.run(matching: self.id)
      let attempts = try store.attempts(at: id, of: sweep)
      guard
        let record = attempt.map({ number in attempts.first { $0.attempt == number } })
          ?? attempts.last
      else {
        throw ValidationError(
          "Run \(id) has \(attempts.count) attempt\(attempts.count == 1 ? "" : "s")."
        )
      }
      // A log may well hold what the program measured.
      if record.status == .ok,
        try !unseals(sweep, in: store, showResults: showResults, command: "logs")
      {
        return printError(sealedSentence)
      }
      let path = SweepFolders(results: store.folder, folder: sweep.folder)
        .log(of: record.run, attempt: record.attempt)
      try show(path, record)
    }
  }

  private func show(_ path: String, _ record: Record) throws {
    // A program that printed nothing but results left no file.
    let text = FileManager.default.contents(atPath: path) ?? Data()
    guard json else { return FileHandle.standardOutput.write(text) }
    let lines = String(decoding: text, as: UTF8.self).split(
      separator: "\n",
      omittingEmptySubsequences: false
    )
    print(
      JSON.object([
        "run": .string(record.run.id), "attempt": number(record.attempt), "path": .string(path),
        "lines": .array(lines.dropLast(lines.last == "" ? 1 : 0).map { .string(String($0)) }),
      ]).text
    )
  }
}
