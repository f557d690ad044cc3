import ArgumentParser
import Laboratory
import Notation
import Sweeps

/// What a run's program printed.
struct LogsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "logs",
    abstract: "Print what a run printed besides its results."
  )

  @Argument(help: "The id of a run or the beginning of it.", completion: CompletedName.run)
  var id: String

  @OptionGroup var folder: ResultsOptions

  @Option(
    help: "The sweep that the run is of, where several have it.",
    completion: CompletedName.sweep
  )
  var sweep: String?

  @Option(help: "The number of the attempt (default: the last).")
  var attempt: Int?

  @Flag(help: "Show the log of a finished run although predictions are open; this is written down.")
  var showResults = false

  @Flag(help: "Print the bytes as they were printed, and not what a terminal would obey as text.")
  var raw = false

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let found = try folder.laboratory.log(
      ofRun: id,
      in: sweep,
      attempt: attempt,
      .init(showResults: showResults, of: "logs")
    )
    found.warn(wasAskedFor: true)
    let log = found.value
    guard let bytes = log.bytes else { return printError(sealedSentence) }
    if raw, !json { return try Output.standard.write(bytes) }
    let lines = String(decoding: bytes, as: UTF8.self).split(
      separator: "\n",
      omittingEmptySubsequences: false
    ).dropLast(bytes.last == UInt8(ascii: "\n") || bytes.isEmpty ? 1 : 0)
    guard json else { return try Output.standard.lines(lines.map(String.init)) }
    try Output.standard.json([
      "run": .string(log.record.run.id), "attempt": JSON(log.record.attempt),
      "path": .string(log.path), "lines": .array(lines.map { .string(String($0)) }),
    ])
  }
}
