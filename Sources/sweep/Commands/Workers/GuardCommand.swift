import ArgumentParser
import Execution

/// What 'sweep run' starts beside the runs: it ends them when the coordinator is killed.
struct GuardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "guard",
    abstract: "End the programs of a coordinator that was killed.",
    shouldDisplay: false
  )

  @Argument(help: "What the environment of every program of the coordinator carries.")
  var mark: String

  func run() {
    Sentry.watch(mark: mark)
  }
}
