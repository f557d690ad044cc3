import ArgumentParser
import Execution
import Laboratory
import Notation
import Storage
import Sweeps
import Foundation

/// Shows what a spec would run.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Show what a spec would run, and how long it would take, without running it."
  )

  @OptionGroup var options: SpecOptions

  @Option(help: "Only these runs, as in --filter 'dropout=0.5 tuning=full'.")
  var filter: String?

  @Option(
    name: [.customShort("j", allowingJoined: true), .long],
    help: "Runs at a time (default: as many as there are cores for)."
  )
  var jobs: Int?

  @Option(help: "The results folder.")
  var results = "results"

  @Flag(help: "Time a few epochs of each kind of run first.")
  var probe = false

  @Option(help: "The time there is, as in 10m: which balanced subset of the cells fits into it?")
  var budget: String?

  @Option(help: "A change to be shown, as in accuracy=0.01: how many seeds does it need?")
  var detect: String?

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    if let jobs, jobs < 1 {
      throw ValidationError("'--jobs \(jobs)' starts nothing; use 1 or more.")
    }
    if let budget, Quantity.duration(budget) == nil {
      throw ValidationError("'--budget \(budget)' is no duration. Write 90s, 10m or 1h30m.")
    }
    if let detect, PlanCommand.change(detect) == nil {
      throw ValidationError(
        "'--detect \(detect)' is not of the form metric=change, as accuracy=0.01."
      )
    }
  }

  func run() throws {
    let spec = try options.read()
    let grid: Grid
    do {
      let wanted = try filter.map { try RunFilter($0, of: spec) }
      grid = try Grid(spec, trainer: builtInTrainer, filter: wanted)
    } catch {
      printError("Error: \(error)")
      throw ExitCode.usage
    }
    let trainer = SpecOptions.trainer(of: spec)
    let stored = try StoredRuns(of: spec, results: absolutePath(results))
    let comparison = stored.comparison(with: grid)
    let costs = try costs(of: spec, grid, stored, trainer)
    let jobs = jobs ?? max(1, ProcessInfo.processInfo.activeProcessorCount / spec.limits.cores)
    let text = PlanText(
      spec: spec,
      plan: SweepPlan(of: grid, trainer: trainer),
      comparison: comparison,
      estimate: TimeEstimate(
        count: comparison.toDo(of: grid),
        levels: { comparison.levels(at: $0, of: grid) },
        costs: costs,
        jobs: jobs
      ),
      budget: try budgetAdvice(spec, grid, costs, jobs: jobs),
      seeds: try seedAdvice(spec, stored)
    )
    print(json ? text.json.pretty : text.text)
  }

  private func costs(
    of spec: Spec,
    _ grid: Grid,
    _ stored: StoredRuns,
    _ trainer: Trainer?
  ) throws -> RunCosts {
    let folder = absolutePath(results)
    guard probe else { return RunCosts(knownTo: stored, of: spec, results: folder) }
    guard spec.command == nil else {
      throw ValidationError("'--probe' times the built-in trainer, and this spec has a command.")
    }
    try enterFolder(of: spec)
    let trials = try Probe(grid).trials
    // A folder that cannot be written costs only the estimate of the start to come.
    try? TrialFile(results: folder, spec: spec).keep(trials)
    return RunCosts(trials: trials, axes: spec.axes)
  }

  private func budgetAdvice(
    _ spec: Spec,
    _ grid: Grid,
    _ costs: RunCosts,
    jobs: Int
  ) throws -> BudgetAdvice? {
    guard let budget, let duration = Quantity.duration(budget) else { return nil }
    guard
      let all = TimeEstimate(
        count: grid.count,
        levels: { grid[$0].levels },
        costs: costs,
        jobs: jobs
      )
    else {
      throw ValidationError("Nothing is known of how long these runs take. Add --probe.")
    }
    let perCell = all.secondsPerRun * Double(max(1, grid.seeds.count)) / Double(jobs)
    let fitting = min(grid.cellCount, Int(duration / .seconds(1) / perCell))
    guard fitting > 0, fitting < grid.cellCount, filter == nil else {
      return BudgetAdvice(budget: budget, fitting: fitting, of: grid.cellCount, subset: [])
    }
    let smaller = try options.read(overriding: [
      "sample.count=\(fitting)", "sample.method=balanced",
    ])
    let plan = SweepPlan(of: try Grid(smaller, trainer: builtInTrainer), trainer: nil)
    return BudgetAdvice(
      budget: budget,
      fitting: fitting,
      of: grid.cellCount,
      subset: plan.first + plan.last
    )
  }

  private func seedAdvice(_ spec: Spec, _ stored: StoredRuns) throws -> SeedAdvice? {
    guard let detect, let change = PlanCommand.change(detect) else { return nil }
    let metric = spec.metric(named: change.metric)
    guard let advice = SeedAdvice(metric: metric, size: change.size, records: stored.ofThisSweep)
    else {
      throw ValidationError(
        "'--detect' needs a pilot: two cells with the same two seeds or more that measured "
          + "'\(change.metric)' in \(results)."
      )
    }
    return advice
  }

  private static func change(_ text: String) -> (metric: String, size: Double)? {
    let sides = text.split(separator: "=", maxSplits: 1)
    guard sides.count == 2, let size = Double(sides[1]), size > 0, size.isFinite else { return nil }
    return (String(sides[0]), size)
  }
}

/// What fits into the time that there is.
struct BudgetAdvice {
  let budget: String
  /// Cells, with all their seeds, that fit.
  let fitting: Int
  let of: Int
  /// The balanced subset; empty where all or none fit.
  let subset: [SweepPlan.Cell]
}
