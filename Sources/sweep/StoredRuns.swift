import Execution
import Notation
import Storage
import Sweeps
import Foundation

/// What a results folder knows that matters to a plan.
struct StoredRuns {
  /// Sweeps whose durations are looked at, the newest first.
  private static let sweepLimit = 20
  /// Grids up to this size are compared run by run; in larger ones the stored runs are looked up.
  private static let comparedLimit = 1_000_000

  /// What finished runs of any sweep took.
  private(set) var durations: [RunDuration] = []
  /// Runs of the sweep of this name that its last spec planned.
  private(set) var ofThisSweep: [Record] = []
  private var ids: [String: StoredRun] = [:]

  /// Reads a folder; one without a database holds nothing.
  ///
  /// - Throws: An exit code, what went wrong being printed.
  init(of spec: Spec, results: String) throws {
    guard FileManager.default.fileExists(atPath: results + "/" + Store.fileName) else { return }
    (durations, ofThisSweep, ids) = try readingStore(results) { store in
      let own = try store.sweeps().first { $0.name == spec.name }
      return (
        try store.durations(ofNewest: StoredRuns.sweepLimit),
        try own.map { try store.records(of: $0, curves: false) } ?? [],
        try store.storedRuns(ofSweep: spec.name)
      )
    }
  }

  /// Compares what is stored of the sweep with a grid.
  func comparison(with grid: Grid) -> PlanComparison {
    guard grid.count > StoredRuns.comparedLimit else {
      let plan = RunPlan(
        ids: grid.indices.lazy.map { grid.id(at: $0) },
        excluded: grid.excludedCellCount,
        stored: ids,
        repeats: RunPlan.Repeats()
      )
      return PlanComparison(
        kept: plan.kept,
        new: plan.new,
        unfinished: plan.places.count - plan.new,
        dropped: plan.dropped,
        places: plan.places
      )
    }
    var kept: Set<String> = []
    for record in ofThisSweep where record.status.isConcluded {
      if grid.run(levels: record.run.levels, seed: record.run.seed)?.id == record.run.id {
        kept.insert(record.run.id)
      }
    }
    let concluded = ids.count { $0.value.status.isConcluded }
    return PlanComparison(
      kept: kept.count,
      new: grid.count - kept.count,
      unfinished: 0,
      dropped: concluded - kept.count,
      places: nil
    )
  }
}

extension RunCosts {
  /// What a results folder knows of the durations of a spec's runs: from runs like them, else from a probe.
  init(knownTo stored: StoredRuns, of spec: Spec, results: String) {
    let costs = RunCosts(stored.durations, like: spec, trainer: SpecOptions.trainer(of: spec))
    let trials = costs.count > 0 ? [] : TrialFile(results: results, spec: spec).trials
    self = trials.isEmpty ? costs : RunCosts(trials: trials, axes: spec.axes)
  }
}

/// A grid against the store.
struct PlanComparison {
  /// Planned runs that came to an end before.
  let kept: Int
  /// Planned runs of which nothing is stored.
  let new: Int
  /// Planned runs that were begun and have no result.
  let unfinished: Int
  /// Stored runs with a result that are not planned any more.
  let dropped: Int
  /// Places of the runs to do; nil where there are too many to list.
  let places: [Int]?

  func toDo(of grid: Grid) -> Int { places?.count ?? new }

  func levels(at index: Int, of grid: Grid) -> [String] {
    grid[places?[index] ?? index].levels
  }
}
