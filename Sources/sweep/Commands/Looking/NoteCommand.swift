import ArgumentParser
import Foundation
import Laboratory

/// Writes down what somebody wants to remember of a sweep or a run.
struct NoteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "note",
    abstract: "Write something down about a sweep or a run, or list what was written.",
    discussion:
      "A note stays with the moment at which it was written; 'sweep show' and 'sweep status' print it."
  )

  @Argument(
    help: "The name of a sweep or the id of a run, or the beginning of it.",
    completion: CompletedName.sweepOrRun
  )
  var target: String

  @Argument(help: "The note; without one, those that are there are listed.")
  var text: String?

  @OptionGroup var folder: ResultsOptions

  @Option(
    help: "The sweep that the run is of, where several have it.",
    completion: CompletedName.sweep
  )
  var sweep: String?

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    if let text, text.allSatisfy(\.isWhitespace) {
      throw ValidationError(.missing, "The note is empty.")
    }
  }

  func run() throws {
    let labels =
      try text.map { try folder.laboratory.note($0, of: target, in: sweep, at: Date()) }
      ?? folder.laboratory.labels(of: target, in: sweep)
    try labels.write(json: json)
  }
}
