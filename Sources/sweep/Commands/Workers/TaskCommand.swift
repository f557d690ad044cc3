import ArgumentParser
import Execution
import Foundation
import Laboratory

/// What Slurm starts on a node: the runs of one task of an array.
struct TaskCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "task",
    abstract: "Make the runs of one task of a cluster, on the node where it was started.",
    shouldDisplay: false
  )

  @Option(help: "The folder of the batch.")
  var batch: String

  func run() async throws {
    let task = try await Laboratory.task(
      ofBatch: batch,
      environment: ProcessInfo.processInfo.environment,
      program: ownPath,
      random: String(UUID().uuidString.prefix(8).lowercased())
    )
    let signals = watch([SIGTERM, SIGINT, SIGHUP, SIGUSR1]) { signal in
      task.take(signal == SIGUSR1 ? .beginNothing : .stop)
    }
    let isComplete = try await task.run()
    signals.cancel()
    // Slurm shall not take a task for complete that was told to stop.
    guard isComplete else { throw ExitCode.interrupted }
  }
}
