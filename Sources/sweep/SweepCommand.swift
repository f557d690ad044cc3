import ArgumentParser
import Laboratory

/// The program: a list of commands.
@main
struct SweepCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "Train a grid of networks, and learn what each setting did.",
    version: "sweep \(Laboratory.version)",
    subcommands: [
      RunCommand.self, CancelCommand.self, PlanCommand.self, CheckCommand.self, ReportCommand.self,
      CompareCommand.self,
      GateCommand.self, ReplicateCommand.self,
      PredictCommand.self, ServeCommand.self,
      EffectsCommand.self, ExportCommand.self, StatusCommand.self, RunsCommand.self,
      ShowCommand.self,
      LogsCommand.self, ClassifyCommand.self, SQLCommand.self, TagCommand.self, NoteCommand.self,
      RemoveCommand.self,
      SettingsCommand.self, SchemaCommand.self,
      InitCommand.self, DoctorCommand.self, ExplainCommand.self, TrainCommand.self,
      GuardCommand.self,
      TaskCommand.self,
    ]
  )

  static func main() async {
    do {
      var command = try await asyncParseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      end(with: refusal(error))
    }
  }

  /// Ends the program as the parser does; on a terminal the last line names the code of what the parser refused.
  private static func end(with error: any Error) -> Never {
    guard Output.errors.isTerminal, let code = RefusalCode.code(ofParsing: error) else {
      exit(withError: error)
    }
    printError(fullMessage(for: error))
    printError(RefusalCode.more([code.rawValue]))
    exit(withError: exitCode(for: error))
  }
}
