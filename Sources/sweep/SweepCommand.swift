import ArgumentParser

/// The program: a list of commands.
@main
struct SweepCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "Train a grid of networks, and learn what each setting did.",
    version: "sweep \(version)",
    subcommands: [
      RunCommand.self, PlanCommand.self, CheckCommand.self, ReportCommand.self, CompareCommand.self,
      PredictCommand.self,
      EffectsCommand.self, ExportCommand.self, StatusCommand.self, RunsCommand.self,
      ShowCommand.self,
      LogsCommand.self, RemoveCommand.self, SettingsCommand.self, SchemaCommand.self,
      InitCommand.self, TrainCommand.self, GuardCommand.self,
    ]
  )
}

/// The version of the program, stored with every run.
let version = "0.1.0"
