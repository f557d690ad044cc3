import ArgumentParser
import Foundation
import Notation
import Sweeps

/// The spec of a command, and what is changed of it.
struct SpecOptions: ParsableArguments {
  @Argument(help: "The spec: a JSON file.", completion: .file(extensions: ["json"]))
  var spec: String

  @Option(name: .customLong("set"), help: "Override a key of the spec, as in --set seeds=8.")
  var changes: [String] = []

  @Option(name: .customLong("as"), help: "Name the sweep: what was changed is a sweep of its own.")
  var name: String?

  @Option(
    help: """
      Ask only these questions of the spec, as in --questions dropout,augment; 'all' for every one. Sheets and prompts \
      ask, without it, those that the spec marks for a lesson.
      """,
    completion: CompletedName.question
  )
  var questions: String?

  /// Whether questions are asked that the spec does not mark for a lesson.
  var choosesQuestions: Bool { questions != nil }

  /// What is changed, as `key=value` texts.
  var overrides: [String] {
    let ids = questions.flatMap { ids in
      ids == "all"
        ? nil
        : ids.split(separator: ",").map { JSON.quoted($0.trimmingCharacters(in: .whitespaces)) }
    }
    return changes + [name.map { "name=" + JSON.quoted($0) }].compactMap(\.self)
      + [ids.map { "questions=[\($0.joined(separator: ","))]" }].compactMap(\.self)
  }
}

extension Spec {
  /// Says on standard error what a change of the spec left out.
  func warn() {
    for note in notes { printError("Note: \(note)") }
  }
}
