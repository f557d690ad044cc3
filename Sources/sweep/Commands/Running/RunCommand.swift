import ArgumentParser
import Execution
import Foundation
import Laboratory
import Notation
import Sweeps

/// Does what is missing of a sweep.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run what is not finished yet, in parallel processes.",
    discussion: """
      Giving the same command again goes on where the last one stopped: every run is done exactly once. Where
      'seeds' is a rule of looks, each look is taken when its runs have ended, and brings the runs of the next.
      """
  )

  @OptionGroup var options: SpecOptions

  @Option(
    name: [.customShort("j", allowingJoined: true), .long],
    help: "Runs at a time (default: as many as there are devices or cores for)."
  )
  var jobs: Int?

  @Flag(name: [.customShort("n"), .long], help: "Show what would be done, and do nothing.")
  var dryRun = false

  @OptionGroup var place: PlaceOptions

  @OptionGroup var folder: ResultsOptions

  @Option(help: "Only these runs, as in --filter 'dropout=0.5 tuning=full'.")
  var filter: String?

  @Flag(help: "Also repeat runs that failed, diverged or timed out.")
  var retryFailed = false

  @Flag(help: "Repeat runs that are done; their earlier attempts are kept.")
  var again = false

  @Flag(help: "Do not ask before many runs are started, or runs are dropped or repeated.")
  var yes = false

  @Option(help: "Ask before more runs than this are started.")
  var cap = 10_000

  @Flag(help: "Print failures and the last line only.")
  var quiet = false

  @Flag(help: "Print one JSON object per event on standard output.")
  var json = false

  @Flag(help: "Show results although predictions are open; this is written down.")
  var showResults = false

  @Flag(help: "Clear the lock that a process of another machine left.")
  var takeOver = false

  func validate() throws {
    if let jobs, jobs < 1 {
      throw ValidationError(.outOfBounds, "'--jobs \(jobs)' starts nothing; use 1 or more.")
    }
  }

  func run() async throws {
    quitOnSignals()
    let laboratory = folder.laboratory
    let start = try await laboratory.prepare(
      StartRequest(
        spec: options.spec,
        overrides: options.overrides,
        filter: filter,
        jobs: jobs,
        repeats: RunPlan.Repeats(unsuccessful: retryFailed, all: again),
        takesOver: takeOver,
        place: try place.request()
      )
    )
    start.spec.warn()
    if dryRun { return try showPlan(of: start, laboratory) }
    guard try confirms(start.selectedCount) else { throw ExitCode.failure }
    let sweep = try await laboratory.start(start)
    for warning in sweep.warnings { printError("Warning: \(warning)") }
    guard confirms(sweep.plan) else {
      try sweep.withdraw()
      throw ExitCode.failure
    }
    let end = try await sweep.follow(
      start,
      style: json ? .json : quiet ? .quiet : .automatic,
      request: .init(showResults: showResults, of: "run"),
      results: laboratory.results
    )
    if end.reason == .interrupted || end.reason == .left { throw ExitCode.interrupted }
    guard end.isConsistent else { throw ExitCode.storage }
    guard end.unsuccessful + sweep.plan.keptUnsuccessful == 0, end.reason == nil else {
      throw ExitCode.failure
    }
  }

  /// More runs than this are not compared one by one with those that are stored only to be shown.
  private static let mostCompared = 1_000_000

  private func showPlan(of start: PreparedStart, _ laboratory: Laboratory) throws {
    guard start.grid.count <= Self.mostCompared else {
      try Output.standard.line(
        """
        These are \(start.selectedCount.grouped) runs, too many to say which of them are done; --filter or 'sample' \
        takes a part of them.
        """
      )
      return try show(start.grid.indices.prefix(20), of: start.grid.count, start)
    }
    let plan = try laboratory.plannedRuns(of: start)
    try Output.standard.line(plan.sentence)
    try show(plan.indices.prefix(20), of: plan.indices.count, start)
  }

  private func show(_ indices: some Sequence<Int>, of count: Int, _ start: PreparedStart) throws {
    for index in indices {
      let run = start.grid[index]
      try Output.standard.line("  \(run.id)  \(run.cellText(of: start.spec))")
    }
    if count > 20 { try Output.standard.line("  ... and \((count - 20).grouped) more") }
  }

  // MARK: Asking

  /// Asks before more runs are started than anyone starts by accident.
  ///
  /// - Throws: `ValidationError` where there is nobody to ask.
  private func confirms(_ count: Int) throws -> Bool {
    guard count > cap, !yes else { return true }
    let sentence = "These are \(count.grouped) runs, more than \(cap.grouped)"
    guard canAsk else {
      throw ValidationError(
        .unconfirmed,
        "\(sentence). Add --yes to start them, or take a part of them with --filter or 'sample'."
      )
    }
    printError("\(sentence).")
    return agrees("Go on?")
  }

  /// Asks on a terminal before work is repeated or left behind.
  private func confirms(_ plan: RunPlan) -> Bool {
    guard plan.dropped + plan.repeated > 0, !yes, canAsk else { return true }
    printError(plan.sentence)
    return agrees("Go on?")
  }

  private var canAsk: Bool {
    !json && isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1
  }
}
