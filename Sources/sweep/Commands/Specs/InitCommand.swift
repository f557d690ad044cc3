import ArgumentParser
import Foundation
import Laboratory
import Notation
import Sweeps

/// Writes a spec to start from.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a commented spec to start from, and the schema that editors complete it with."
  )

  @Argument(help: "The file to write, or the name of a spec that comes with the program.")
  var file = "sweep.json"

  @Flag(help: "List the specs that come with the program.")
  var list = false

  @Flag(help: "Replace the file if it is there.")
  var force = false

  func run() throws {
    if list { return try printList() }
    let bundled = BundledSpec(file)
    let file = bundled.map { $0.name + ".json" } ?? file
    let url = URL(fileURLWithPath: file)
    guard force || !FileManager.default.fileExists(atPath: url.path) else {
      throw ValidationError(
        .fileExists,
        "There is a file '\(file)' already. Use --force to replace it."
      )
    }
    let name = url.deletingPathExtension().lastPathComponent
    let schema = url.deletingLastPathComponent().appending(component: "sweep.schema.json")
    do {
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try Data((bundled?.text ?? StarterSpec.text(name: name)).utf8).write(to: url)
      let text = SpecSchema(of: builtInTrainer).json.pretty + "\n"
      try Data(text.utf8).write(to: schema)
    } catch {
      throw OutputFile.Failure(path: file, reason: error.reason)
    }
    try Output.standard.line(
      "Wrote \(file) and \(schema.lastPathComponent) beside it. Next: sweep plan \(file)"
    )
  }

  private func printList() throws {
    let names = BundledSpec.all.map(\.name)
    let width = names.map(\.count).max() ?? 0
    for spec in BundledSpec.all {
      let question = JSON(line: Array(spec.text.utf8))?.object?["question"]?.string ?? ""
      let room = String(repeating: " ", count: width - spec.name.count)
      try Output.standard.line("\(spec.name)\(room)  \(question)")
    }
  }
}
