import ArgumentParser
import Laboratory
import Notation
import Sweeps

/// Lists the settings of the built-in trainer.
struct SettingsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "settings",
    abstract:
      "List every setting of the built-in trainer: what it may be, its default, what it does."
  )

  @Argument(help: "Only this setting, or those whose name contains this.")
  var name: String?

  @Flag(help: "Print a JSON list.")
  var json = false

  func run() throws {
    let rules = builtInTrainer.settings.filter { rule in name.map(rule.name.contains) ?? true }
    guard !rules.isEmpty else {
      let names = builtInTrainer.settings.map(\.name)
      let nearest = Suggestion.nearest(to: name ?? "", among: names)
      throw ValidationError(
        .badValue,
        "Unknown setting '\(name ?? "")'." + (nearest.map { " Did you mean '\($0)'?" } ?? "")
      )
    }
    if json {
      try Output.standard.write(JSON.array(rules.map(\.json)).pretty + "\n")
    } else {
      try Output.standard.line(rules.map(\.paragraph).joined(separator: "\n"))
    }
  }
}

extension Setting {
  fileprivate var paragraph: String {
    "\(name)\n  \(summary)\n  values: \(expectation)\n  default: \(defaultValue.levelText)\n"
  }

  fileprivate var json: JSON {
    [
      "name": .string(name), "values": .string(expectation), "default": defaultValue,
      "summary": .string(summary),
    ]
  }
}
