import ArgumentParser
import Foundation
import Laboratory
import Storage

/// Forgets a sweep.
struct RemoveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rm",
    abstract:
      "Delete a sweep: its runs, logs, predictions and reports. What Slurm has of it is cancelled first."
  )

  @Argument(help: "The name of a sweep, in full.", completion: CompletedName.sweep)
  var sweep: String

  @OptionGroup var folder: ResultsOptions

  @Flag(help: "Do not ask.")
  var yes = false

  func run() async throws {
    let removal = try folder.laboratory.removal(of: sweep)
    guard yes || confirms(removal) else { throw ExitCode.failure }
    let jobs = try await folder.laboratory.remove(removal)
    if !jobs.isEmpty {
      try Output.standard.line(
        "Cancelled job\(jobs.count == 1 ? "" : "s") \(jobs.joined(separator: ", ")) of Slurm."
      )
    }
  }

  private func confirms(_ removal: Removal) -> Bool {
    guard isatty(STDIN_FILENO) == 1 else {
      printError(
        "Error: there is no terminal to ask on; add --yes to delete '\(removal.sweep.name)'."
      )
      return false
    }
    printError(
      "\(removal.sweep.name): \(removal.sweep.ledger)\nThis deletes them with '\(removal.folder)'."
    )
    return agrees("Delete?")
  }
}
