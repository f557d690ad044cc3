import ArgumentParser
import Laboratory
import Notation
import Sweeps

/// Prints the JSON Schema of specs.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the JSON Schema of specs, for editors and validators.",
    discussion: """
      Write it beside a spec as sweep.schema.json and name it there as "$schema": an editor then completes \
      settings and shows what they do.
      """
  )

  func run() throws {
    try Output.standard.write(SpecSchema(of: builtInTrainer).json.pretty + "\n")
  }
}
