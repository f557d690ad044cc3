import Execution
import Foundation
import Statistics
import Storage
import Sweeps

/// Rules of seeds: which runs a sweep wants by now.
extension Laboratory {
  /// The rule of a spec with its levels; nil where every cell gets all seeds.
  static func lookPlan(of spec: Spec, hasPValues: Bool) -> LookPlan? {
    spec.looks.map { LookPlan($0, alpha: LookSchedule.alpha, hasPValues: hasPValues) }
  }

  /// Takes looks for a coordinator: from what is stored, and into the chain before any run follows from them.
  ///
  /// - Throws: `PredictionFileError` or `PredictionChainError` where the rule cannot be sealed.
  func takingLooks(
    of spec: Spec,
    grid: Grid
  ) throws -> (@Sendable (Store, Enrollment) throws -> SeedDemand)? {
    guard let plan = Self.lookPlan(of: spec, hasPValues: false) else { return nil }
    let file = PredictionFile(results: results, sweepFolder: spec.folder)
    try file.seal(spec, at: Date())
    return { store, enrollment in
      let now = Date()
      let demand = try Self.demand(plan, of: spec, grid: grid, file: file, in: store) {
        try store.results(of: enrollment)
      }
      try file.append(demand.looks(at: now), of: spec, at: now)
      return demand
    }
  }

  /// Which runs a rule wants by what is stored, without writing anything.
  ///
  /// - Throws: `StoreError`, or why the chain cannot be read.
  func demand(of spec: Spec, grid: Grid) throws -> SeedDemand? {
    guard let plan = Self.lookPlan(of: spec, hasPValues: false) else { return nil }
    let file = PredictionFile(results: results, sweepFolder: spec.folder)
    let stored = try readingIfStarted { store in
      try Self.demand(plan, of: spec, grid: grid, file: file, in: store) {
        try store.results(ofSweep: spec.name)
      }
    }
    return stored ?? SeedDemand(plan, of: spec, grid: grid, records: [])
  }

  private static func demand(
    _ plan: LookPlan,
    of spec: Spec,
    grid: Grid,
    file: PredictionFile,
    in store: Store,
    results: () throws -> [Record]
  ) throws -> SeedDemand {
    let looks = try file.chain()?.looks ?? []
    let records = try asLooked(try results(), looks: looks) {
      try store.attempts(at: $0, ofSweep: spec.name)
    }
    return SeedDemand(plan, of: spec, grid: grid, records: records)
  }

  /// The records as the looks found them: an attempt that was repeated after its look does not change what it found.
  ///
  /// - Parameters:
  ///   - records: The deciding attempts.
  ///   - looks: The looks that were taken.
  ///   - attempts: All attempts at a run, the first one first.
  /// - Returns: One for each record, in their order.
  static func asLooked(
    _ records: [Record],
    looks: [TakenLook],
    attempts: (String) throws -> [Record]
  ) rethrows -> [Record] {
    try records.map { record in
      guard let look = looks.first(where: { record.run.seed < $0.seeds }), record.started > look.at
      else { return record }
      let earlier = try attempts(record.run.id).last {
        $0.started <= look.at && $0.status.isConcluded
      }
      guard let earlier else { return record }
      return Record(
        run: record.run,
        attempt: earlier.attempt,
        outcome: earlier.outcome,
        measurements: earlier.measurements,
        lastLines: earlier.lastLines,
        started: earlier.started,
        duration: earlier.duration,
        site: earlier.site
      )
    }
  }
}
