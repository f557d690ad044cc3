import ArgumentParser
import Laboratory
import Notation
import Storage

/// Gives words to sweeps and runs by which they are found again.
struct TagCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tag",
    abstract: "Give tags to a sweep or a run, take them away, or list them.",
    discussion: """
      'sweep status --tag paper' and 'sweep runs --tag paper' find them again. Tags change no result and no id.
      """
  )

  @Argument(
    help: "The name of a sweep or the id of a run, or the beginning of it.",
    completion: CompletedName.sweepOrRun
  )
  var target: String

  @Argument(help: "The tags; without any, those that are there are listed.")
  var tags: [String] = []

  @OptionGroup var folder: ResultsOptions

  @Option(
    help: "The sweep that the run is of, where several have it.",
    completion: CompletedName.sweep
  )
  var sweep: String?

  @Flag(help: "Take the tags away.")
  var remove = false

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let labels =
      tags.isEmpty
      ? try folder.laboratory.labels(of: target, in: sweep)
      : try folder.laboratory.tag(target, in: sweep, with: tags, removing: remove)
    try labels.write(json: json)
  }
}

extension Labels {
  /// Writes whose they are and what they say.
  func write(json: Bool) throws {
    guard !json else {
      return try Output.standard.json([
        "format": "labels/1", "owner": .string(owner), "tags": JSON(tags), "notes": notes.json,
      ])
    }
    let lines = labelLines(tags: tags, notes: notes, indent: "  ")
    try Output.standard.lines([owner] + (lines.isEmpty ? ["  no tags and no notes"] : lines))
  }
}

/// A line for all tags, and one for each note; none where there are none.
func labelLines(tags: [String], notes: [WrittenNote], indent: String = "") -> [String] {
  (tags.isEmpty ? [] : ["\(indent)tags: \(tags.joined(separator: ", "))"])
    + notes.map { "\(indent)note of \($0.at.text): \($0.text)" }
}

extension [WrittenNote] {
  var json: JSON {
    .array(map { ["at": .string($0.at.text), "text": .string($0.text)] })
  }
}
