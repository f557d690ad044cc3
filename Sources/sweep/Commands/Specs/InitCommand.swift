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

  @Argument(help: "The file to write.")
  var file = "sweep.json"

  @Flag(help: "Replace the file if it is there.")
  var force = false

  func run() throws {
    let url = URL(fileURLWithPath: file)
    guard force || !FileManager.default.fileExists(atPath: url.path) else {
      throw ValidationError("There is a file '\(file)' already. Use --force to replace it.")
    }
    let name = url.deletingPathExtension().lastPathComponent
    let schema = url.deletingLastPathComponent().appending(component: "sweep.schema.json")
    do {
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try Data(StarterSpec.text(name: name).utf8).write(to: url)
      let text = SpecSchema(of: builtInTrainer).json.pretty + "\n"
      try Data(text.utf8).write(to: schema)
    } catch {
      throw OutputFile.Failure(path: file, reason: error.reason)
    }
    try Output.standard.line(
      "Wrote \(file) and \(schema.lastPathComponent) beside it. Next: sweep plan \(file)"
    )
  }
}
