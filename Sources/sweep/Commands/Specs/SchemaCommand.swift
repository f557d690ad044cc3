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

  enum Format: String, ExpressibleByArgument, CaseIterable { case json, md }

  @Option(help: "The schema, or the keys of a spec as a page for people.")
  var format = Format.json

  func run() throws {
    switch format {
    case .json: try Output.standard.write(SpecSchema(of: builtInTrainer).json.pretty + "\n")
    case .md: try Output.standard.write(SpecPage.markdown)
    }
  }
}
