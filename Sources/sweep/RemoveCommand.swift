import ArgumentParser
import Execution
import Notation
import Storage
import Sweeps
import Foundation

/// Forgets a sweep.
struct RemoveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rm",
    abstract: "Delete a sweep: its runs, logs, predictions and reports."
  )

  @Argument(help: "The name of a sweep, in full.")
  var sweep: String

  @Option(help: "The results folder.")
  var results = "results"

  @Flag(help: "Do not ask.")
  var yes = false

  func run() async throws {
    let found = try readingStore(results) { store in
      let known = try store.sweeps()
      guard let found = known.first(where: { $0.name == sweep }) else {
        throw StoreError.unknownSweep(sweep, known: known.map(\.name))
      }
      return found
    }
    let folder = SweepFolders(results: absolutePath(results), folder: found.folder).root
    guard yes || confirms(found, folder: folder) else { throw ExitCode.failure }
    try await writingStore {
      let store = try Store.writing(to: absolutePath(results))
      try store.remove(found)
      try store.close()
    }
    guard FileManager.default.fileExists(atPath: folder) else { return }
    do {
      try FileManager.default.removeItem(atPath: folder)
    } catch {
      printError("Error: '\(folder)' cannot be deleted: \(error.reason).")
      throw ExitCode.storage
    }
  }

  private func confirms(_ found: SweepSummary, folder: String) -> Bool {
    guard isatty(STDIN_FILENO) == 1 else {
      printError("Error: there is no terminal to ask on; add --yes to delete '\(found.name)'.")
      return false
    }
    printError("\(found.name): \(found.ledger)\nThis deletes them with '\(folder)'.")
    emit("Delete? [y/N] ", to: STDERR_FILENO)
    return ["y", "yes"].contains((readLine() ?? "").lowercased())
  }
}
