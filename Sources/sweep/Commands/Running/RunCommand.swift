import ArgumentParser
import Execution
import Laboratory
import Notation
import Storage
import Sweeps
import Foundation

/// Does what is missing of a sweep.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run what is not finished yet, in parallel processes.",
    discussion: """
      Giving the same command again goes on where the last one stopped: every run is done exactly once.
      """
  )

  @Argument(help: "The spec: a JSON file.")
  var spec: String

  @Option(
    name: [.customShort("j", allowingJoined: true), .long],
    help: "Runs at a time (default: as many as there are cores for)."
  )
  var jobs: Int?

  @Flag(name: [.customShort("n"), .long], help: "Show what would be done, and do nothing.")
  var dryRun = false

  @Option(help: "The results folder.")
  var results = "results"

  @Option(name: .customLong("set"), help: "Override a key of the spec, as in --set seeds=8.")
  var overrides: [String] = []

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
      throw ValidationError("'--jobs \(jobs)' starts nothing; use 1 or more.")
    }
  }

  func run() async throws {
    let spec = try readSpec(spec, overrides: overrides)
    let grid: Grid
    let wanted: Set<String>?
    let launch: Launch
    do {
      grid = try Grid(spec, trainer: builtInTrainer)
      wanted = try filter.map { try ids(matching: $0, of: spec) }
      launch = try self.launch(of: spec)
    } catch {
      printError("Error: \(error)")
      throw ExitCode.usage
    }
    let folder = absolutePath(results)
    if dryRun { return try show(grid, spec: spec, wanted: wanted, folder: folder) }
    guard try confirms(wanted?.count ?? grid.count) else { throw ExitCode.failure }
    let store = try Store.writing(to: folder)
    let stored = try StoredRuns(of: spec, results: folder)
    let costs = RunCosts(knownTo: stored, of: spec, results: folder)
    try await run(spec, grid, wanted, launch, costs, in: store)
    try store.close()
  }

  private func ids(matching filter: String, of spec: Spec) throws -> Set<String> {
    let grid = try Grid(spec, trainer: builtInTrainer, filter: try RunFilter(filter, of: spec))
    return Set(grid.indices.lazy.map { grid.id(at: $0) })
  }

  private func launch(of spec: Spec) throws -> Launch {
    guard let command = spec.command else {
      return Launch(
        trainer: [ownPath, "train", "--cache", absolutePath(results) + "/cache"],
        directory: spec.directory
      )
    }
    return try Launch(command: command, directory: spec.directory)
  }

  private var repeats: RunPlan.Repeats {
    RunPlan.Repeats(unsuccessful: retryFailed, all: again)
  }

  private func jobs(of spec: Spec) -> Int {
    jobs ?? max(1, ProcessInfo.processInfo.activeProcessorCount / spec.limits.cores)
  }

  /// As many runs at a time as this process may have files open for.
  private func affordable(_ wanted: Int) throws -> Int {
    let slots = DescriptorLimit.slots(wanted)
    guard slots > 0 else {
      throw ValidationError(
        "This process may open too few files to start a run; 'ulimit -n 256' allows more."
      )
    }
    if slots < wanted {
      printError(
        "Warning: This process may open files for \(slots) runs at a time, not for \(wanted); 'ulimit -n' raises that."
      )
    }
    return slots
  }

  // MARK: Dry run

  private func show(_ grid: Grid, spec: Spec, wanted: Set<String>?, folder: String) throws {
    let plan = try plannedRuns(grid, spec: spec, folder: folder, repeats: repeats) {
      wanted?.contains($0) ?? true
    }
    try Output.standard.line(plan.sentence)
    for place in plan.places.prefix(20) {
      let run = grid[place]
      try Output.standard.line("  \(run.id)  \(run.cellText(of: spec))")
    }
    if plan.places.count > 20 {
      try Output.standard.line("  ... and \((plan.places.count - 20).grouped) more")
    }
  }

  // MARK: Run

  private func run(
    _ spec: Spec,
    _ grid: Grid,
    _ wanted: Set<String>?,
    _ launch: Launch,
    _ costs: RunCosts,
    in store: Store
  ) async throws {
    if spec.limits.memoryBytes != nil, !canLimitMemory {
      throw ValidationError(
        "This system cannot limit the memory of a run; remove 'memory' from 'limits'."
      )
    }
    let jobs = try affordable(jobs(of: spec))
    let provenance = try await provenance(of: spec, jobs: jobs)
    for warning in try warnings(spec, provenance, in: store) { printError("Warning: \(warning)") }
    let predictions = PredictionFile(results: store.folder, sweepFolder: spec.folder)
    try refuseChange(of: spec, since: predictions)
    let executor = Local(
      slots: jobs,
      spec: spec,
      launch: launch,
      results: store.folder,
      sentry: [ownPath, "guard"]
    )
    let coordinator = try Coordinator.start(
      spec,
      grid: grid,
      store: store,
      executor: executor,
      provenance: provenance,
      options: CoordinatorOptions(
        repeats: repeats,
        costs: costs,
        isSelected: { wanted?.contains($0) ?? true },
        takesOver: takeOver,
        file: absolutePath(self.spec),
        predictionHead: { try predictions.head }
      )
    )
    guard confirms(coordinator.plan) else {
      try coordinator.withdraw()
      throw ExitCode.failure
    }
    let progress = Progress(
      spec: spec,
      grid: grid,
      plan: coordinator.plan,
      estimate: coordinator.estimate,
      jobs: jobs,
      results: store.folder,
      style: json ? .json : quiet ? .quiet : .automatic,
      showsResults: try showsResults(of: spec, in: store)
    )
    let signals = watchSignals { count in
      if count > 1 { return coordinator.kill() }
      Task { await coordinator.stop(.interrupted) { progress.show($0) } }
    }
    let drawing = Task { await progress.keepDrawing() }
    let end = try await coordinator.run { progress.show($0) }
    drawing.cancel()
    signals.cancel()
    progress.show(end, command: resumeCommand)
    if end.reason == .interrupted { throw ExitCode.interrupted }
    guard end.isConsistent else { throw ExitCode.storage }
    guard end.unsuccessful + coordinator.plan.keptUnsuccessful == 0, end.reason == nil else {
      throw ExitCode.failure
    }
  }

  /// Whether results may be shown while predictions may be open; asking for it is written down.
  private func showsResults(of spec: Spec, in store: Store) throws -> Bool {
    guard try store.isSealed(spec) else { return true }
    guard showResults else { return false }
    try store.reveal(store.sweep(matching: spec.name), command: "run --show-results")
    return true
  }

  /// Asks before more runs are started than anyone starts by accident.
  ///
  /// - Throws: `ValidationError` where there is nobody to ask.
  private func confirms(_ count: Int) throws -> Bool {
    guard count > cap, !yes else { return true }
    let sentence = "These are \(count.grouped) runs, more than \(cap.grouped)"
    guard canAsk else {
      throw ValidationError(
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

  private func provenance(of spec: Spec, jobs: Int) async throws -> Provenance {
    Provenance(
      specDigest: spec.digest,
      commandLine: CommandLine.arguments,
      directory: FileManager.default.currentDirectoryPath,
      version: Laboratory.version,
      trainerVersion: spec.command == nil ? builtInTrainer.version : nil,
      command: spec.command,
      git: await Provenance.Git.state(of: spec.directory),
      host: .current,
      jobs: jobs,
      limits: spec.limits.texts,
      fingerprints: try fingerprints(of: spec, trainer: builtInTrainer)
    )
  }

  /// What makes results of earlier starts those of something else.
  private func warnings(_ spec: Spec, _ provenance: Provenance, in store: Store) throws -> [String]
  {
    guard let sweep = try store.sweeps().first(where: { $0.name == spec.name }),
      let earlier = try store.provenance(of: sweep).last
    else { return [] }
    let changes = provenance.changes(since: earlier).map {
      "\($0) Earlier runs with it are not planned any more; they stay in the store."
    }
    guard let command = spec.command, spec.inputs.isEmpty,
      let first = try store.firstResult(of: sweep)
    else { return changes }
    return changes
      + changedFiles(in: command, of: spec.directory, after: first).map {
        "'\($0)' is newer than results of this sweep, which are kept all the same. Name it in 'inputs' to make its content part of every run, or repeat the runs with --again."
      }
  }

  /// The command that goes on, as it was given.
  private var resumeCommand: String {
    (["sweep"] + CommandLine.arguments.dropFirst()).map(shellQuoted).joined(separator: " ")
  }
}
