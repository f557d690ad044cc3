import Foundation
import Notation
import Storage
package import Sweeps

/// What is asked of a plan.
package struct PlanRequest: Sendable {
  /// The spec's file, and `key=value` texts that override its keys.
  package let spec: String
  package let overrides: [String]
  /// Only these runs, as in `dropout=0.5 tuning=full`; nil for all.
  package let filter: String?
  /// Runs at a time; nil for as many as there are cores for.
  package let jobs: Int?
  /// Whether a few epochs of each kind of run are timed first.
  package let probes: Bool
  /// The time there is; nil where nobody asks what fits into it.
  package let budget: Duration?
  /// A change that is to be shown, as a metric and its size in the metric's unit; nil where nobody asks.
  package let change: (metric: String, size: Double)?

  package init(
    spec: String,
    overrides: [String],
    filter: String?,
    jobs: Int?,
    probes: Bool,
    budget: Duration?,
    change: (metric: String, size: Double)?
  ) {
    self.spec = spec
    self.overrides = overrides
    self.filter = filter
    self.jobs = jobs
    self.probes = probes
    self.budget = budget
    self.change = change
  }
}

/// What a spec would run, and what is known of that beforehand.
package struct Outlook: Sendable {
  package let spec: Spec
  package let plan: SweepPlan
  package let comparison: PlanComparison
  /// nil where nothing is known of the runs' durations.
  package let estimate: TimeEstimate?
  package let budget: BudgetAdvice?
  package let seeds: SeedAdvice?
  /// nil where every cell gets all seeds.
  package let looks: LookAdvice?
}

/// What fits into the time that there is.
package struct BudgetAdvice: Sendable {
  /// Cells, with all their seeds, that fit, and how many there are.
  package let fitting: Int
  package let cells: Int
  /// The balanced subset; empty where all or none fit, or fewer seeds of all cells do.
  package let subset: [SweepPlan.Cell]
  /// How many seeds of all cells fit, of a spec whose questions need their cells; nil for any other.
  package let seeds: Int?
  /// What the subset can tell; where that is nothing, no subset is offered.
  package let part: PartOfGrid?
  /// What makes a spec that fits, as `key=value` texts; empty where all fits or nothing does.
  package let overrides: [String]

  init(
    fitting: Int,
    cells: Int,
    subset: [SweepPlan.Cell] = [],
    seeds: Int? = nil,
    part: PartOfGrid? = nil,
    overrides: [String] = []
  ) {
    self.fitting = fitting
    self.cells = cells
    self.subset = subset
    self.seeds = seeds
    self.part = part
    self.overrides = overrides
  }
}

extension Laboratory {
  /// Says what a spec would run, without running it.
  ///
  /// - Throws: `SpecFaults`, `SpecError`, `StoreError`, ``LaboratoryError``, `TrainingError` from a probe, or what
  ///   the digest of the data throws.
  package func plan(_ request: PlanRequest) throws -> Outlook {
    let spec = try spec(at: request.spec, overrides: request.overrides)
    let all = try Grid(spec, trainer: builtInTrainer, files: Disk())
    let grid =
      try request.filter.map { try all.selecting(try RunFilter($0, of: spec), of: spec) } ?? all
    let demand = try demand(of: spec, grid: all)
    let comparison = try comparison(of: grid, with: spec.name, demand)
    let costs = try request.probes ? probe(spec, grid) : costs(of: spec)
    let jobs = request.jobs ?? Self.defaultJobs(for: spec)
    let plan = SweepPlan(of: grid, trainer: trainer(of: spec))
    let estimate = TimeEstimate(
      count: comparison.toDo,
      levels: { grid[comparison.indices?[$0] ?? $0].levels },
      costs: costs,
      jobs: jobs
    )
    return Outlook(
      spec: spec,
      plan: plan,
      comparison: comparison,
      estimate: estimate,
      budget: try request.budget.map { try advice(on: $0, request, spec, grid, costs, jobs: jobs) },
      seeds: try request.change.map { try advice(on: $0, spec) },
      looks: try advice(on: demand, spec, all, costs, jobs: jobs)
    )
  }

  /// What the rule of a spec is expected to cost; nil without one.
  private func advice(
    on demand: SeedDemand?,
    _ spec: Spec,
    _ grid: Grid,
    _ costs: RunCosts,
    jobs: Int
  ) throws -> LookAdvice? {
    guard let demand else { return nil }
    let all = TimeEstimate(
      count: grid.cellCount,
      levels: { grid[$0].levels },
      costs: costs,
      jobs: jobs
    )
    return LookAdvice(
      demand.sequence,
      spread: LookAdvice.spread(of: try records(ofSweep: spec.name), in: spec),
      secondsPerRun: all.map { $0.secondsPerRun / Double(jobs) }
    )
  }

  // MARK: Durations

  /// Sweeps whose durations are looked at, the newest first.
  private static let durationsLimit = 20

  /// What is known of the durations of a spec's runs: from runs like them, else from a probe that was kept.
  func costs(of spec: Spec) throws -> RunCosts {
    let known = try readingIfStarted { try $0.durations(ofNewest: Self.durationsLimit) } ?? []
    let costs = RunCosts(known, like: spec, trainer: trainer(of: spec))
    let trials = costs.count > 0 ? [] : TrialFile(results: results, spec: spec).trials
    return trials.isEmpty ? costs : RunCosts(trials: trials, axes: spec.axes)
  }

  private func probe(_ spec: Spec, _ grid: Grid) throws -> RunCosts {
    guard spec.program == nil else { throw LaboratoryError.probesOnlyTheTrainer }
    let trials = try Trial.probe(grid, in: spec.directory)
    // A folder that cannot be written costs only the estimate of the start to come.
    try? TrialFile(results: results, spec: spec).keep(trials)
    return RunCosts(trials: trials, axes: spec.axes)
  }

  // MARK: Advice

  private func advice(
    on budget: Duration,
    _ request: PlanRequest,
    _ spec: Spec,
    _ grid: Grid,
    _ costs: RunCosts,
    jobs: Int
  ) throws -> BudgetAdvice {
    let all = TimeEstimate(
      count: grid.count,
      levels: { grid[$0].levels },
      costs: costs,
      jobs: jobs
    )
    guard let all else { throw LaboratoryError.unknownDurations }
    let perCell = all.secondsPerRun * Double(max(1, grid.seeds.count)) / Double(jobs)
    let fitting = min(grid.cellCount, Int(budget / .seconds(1) / perCell))
    let plain = BudgetAdvice(fitting: fitting, cells: grid.cellCount)
    // A rule of looks decides by itself how many seeds there are.
    guard fitting < grid.cellCount, request.filter == nil, spec.looks == nil else { return plain }
    let perSeed = all.secondsPerRun * Double(grid.cellCount) / Double(jobs)
    let seeds = Int(budget / .seconds(1) / perSeed)
    // A question needs its cells, and an interval two seeds.
    if !spec.questions.isEmpty, seeds >= 2 {
      let kept = spec.seeds.prefix(seeds).map(String.init).joined(separator: ",")
      return BudgetAdvice(
        fitting: fitting,
        cells: grid.cellCount,
        seeds: seeds,
        overrides: [spec.seeds == Array(spec.seeds.indices) ? "seeds=\(seeds)" : "seeds=[\(kept)]"]
      )
    }
    guard fitting > 0 else { return plain }
    return try subset(of: spec, fitting, of: grid, request)
  }

  /// A balanced part of the cells, with the questions that it can answer.
  private func subset(
    of spec: Spec,
    _ fitting: Int,
    of grid: Grid,
    _ request: PlanRequest
  ) throws -> BudgetAdvice {
    let sample = ["sample.count=\(fitting)", "sample.method=balanced"]
    let unasked = spec.questions.isEmpty ? [] : ["questions=[]", "textbook=[]"]
    let smaller = try self.spec(
      at: request.spec,
      overrides: request.overrides + sample + unasked
    )
    let part = try grid.selecting(nil, of: smaller)
    let cells = part.cells.map { cell in zip(part.axes, cell).map { $0.levels[$1].text } }
    let answered = spec.questions.filter { asked in
      asked.question.arms.allSatisfy { arm in
        cells.contains { arm.contains($0, of: spec.axes) }
      }
    }.map { JSON.quoted($0.id) }
    let asked =
      answered.isEmpty ? unasked : ["questions=[\(answered.joined(separator: ","))]"]
    let plan = SweepPlan(of: part, trainer: nil)
    if plan.part?.tellsNothing == true, answered.isEmpty {
      return BudgetAdvice(fitting: fitting, cells: grid.cellCount, part: plan.part)
    }
    return BudgetAdvice(
      fitting: fitting,
      cells: grid.cellCount,
      subset: plan.first + plan.last,
      part: plan.part,
      overrides: sample + asked
    )
  }

  /// How many seeds a change needs, judged by the runs of a pilot.
  ///
  /// It tells how far runs scatter and not which way they went, so that it leaves predictions open.
  private func advice(
    on change: (metric: String, size: Double),
    _ spec: Spec
  ) throws -> SeedAdvice {
    let metric = spec.metric(named: change.metric)
    let pilot = try records(ofSweep: spec.name)
    guard let advice = SeedAdvice(metric: metric, size: change.size, records: pilot) else {
      throw LaboratoryError.noPilot(metric: change.metric, in: results)
    }
    return advice
  }

  /// The runs of a sweep that its last spec planned; none where it was never started.
  private func records(ofSweep name: String) throws -> [Record] {
    let found = try readingIfStarted { store -> [Record]? in
      let sweep = try store.sweeps().first { $0.isNamed(name) }
      return try sweep.map { try store.records(of: $0, curves: false) }
    }
    return found.flatMap(\.self) ?? []
  }

  // MARK: What is stored

  /// Grids up to this size are compared run by run; in larger ones the stored runs are looked up.
  private static let comparedLimit = 1_000_000

  /// Compares what is stored of a sweep with a grid.
  private func comparison(
    of grid: Grid,
    with name: String,
    _ demand: SeedDemand?
  ) throws -> PlanComparison {
    let stored = try readingIfStarted { try $0.storedRuns(ofSweep: name) } ?? StoredRuns()
    guard grid.count > Self.comparedLimit else {
      let plan = RunPlan(
        ids: grid.indices.lazy.map { grid.id(at: $0) },
        excluded: grid.excludedCellCount,
        stored: stored,
        repeats: RunPlan.Repeats(),
        isPlanned: { demand?.asks(for: $0, in: grid) ?? true }
      )
      return PlanComparison(
        kept: plan.kept,
        new: plan.new,
        unfinished: plan.indices.count - plan.new,
        dropped: plan.dropped,
        indices: plan.indices
      )
    }
    let kept = try records(ofSweep: name).count { record in
      record.status.isConcluded
        && grid.run(levels: record.run.levels, seed: record.run.seed)?.id == record.run.id
    }
    return PlanComparison(
      kept: kept,
      new: grid.count - kept,
      unfinished: 0,
      dropped: stored.concludedCount - kept,
      indices: nil
    )
  }
}

/// A grid against what is stored of its sweep.
package struct PlanComparison: Sendable {
  /// Planned runs that came to an end before.
  package let kept: Int
  /// Planned runs of which nothing is stored.
  package let new: Int
  /// Planned runs that were begun and have no result.
  package let unfinished: Int
  /// Stored runs with a result that are not planned any more.
  package let dropped: Int
  /// Indices in the grid of the runs to do; nil where there are too many to list.
  let indices: [Int]?

  var toDo: Int { indices?.count ?? new }
}
