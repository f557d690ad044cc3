import ArgumentParser
import Laboratory
import Storage

/// Ends what a cluster has of a sweep.
struct CancelCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cancel",
    abstract: "End what Slurm has of a sweep; results that came are kept, and 'sweep run' goes on."
  )

  @Argument(help: "The name of a sweep or the beginning of it (default: the newest).")
  var sweep: String?

  @OptionGroup var folder: ResultsOptions

  func run() async throws {
    let (sweep, jobs) = try await folder.laboratory.cancel(sweep)
    try Output.standard.line(
      jobs.isEmpty
        ? "Slurm has nothing of '\(sweep.name)'."
        : "Cancelled job\(jobs.count == 1 ? "" : "s") \(jobs.joined(separator: ", ")) of '\(sweep.name)'."
    )
  }
}
