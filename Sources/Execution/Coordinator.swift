import Notation
package import Storage
package import Sweeps
import Foundation

/// Does what is missing of a sweep, each run exactly once, whatever happens.
///
/// It alone writes the database; programs speak to it over pipes.
package final class Coordinator: Sendable {
  private let grid: Grid
  private let store: Store
  private let options: CoordinatorOptions
  private let enrollment: Enrollment
  private let sessionID: Int64
  private let token: String
  private let stored: [String: StoredRun]
  /// What this start will do.
  package let plan: RunPlan
  /// How long that will take; nil where nothing is known of the runs' durations.
  package let estimate: TimeEstimate?
  private let groups: ProcessGroups
  private let queue: RunQueue
  private let journal: Journal
  private let local: Local
  private let sentry: Sentry?

  /// Takes the sweep's lock and finds out what is missing.
  ///
  /// - Parameters:
  ///   - spec: What is asked for.
  ///   - grid: All its runs.
  ///   - store: Opened for writing.
  ///   - launch: The program of every run.
  ///   - provenance: Of this start.
  ///   - options: What the command line says.
  /// - Throws: ``CoordinatorLock/Refusal`` or ``StoreError``.
  package init(
    spec: Spec,
    grid: Grid,
    store: Store,
    launch: Launch,
    provenance: Provenance,
    options: CoordinatorOptions
  ) throws {
    let token = UUID().uuidString
    let (enrollment, sessionID) = try store.enroll(
      spec,
      file: options.file,
      provenance: provenance,
      token: token,
      takesOver: options.takesOver
    )
    let stored = try store.storedRuns(of: enrollment)
    let plan = RunPlan(
      ids: grid.indices.lazy.map { grid.id(at: $0) },
      excluded: grid.excludedCellCount,
      stored: stored,
      repeats: options.repeats,
      isSelected: options.isSelected
    )
    try store.makeCurrent(
      enrollment,
      planned: plan.ledger.planned,
      excluded: grid.excludedCellCount,
      kept: plan.newlyPlanned.lazy.map { place in
        let run = grid[place]
        return (run, stored[run.id]?.rowID ?? 0, place)
      }
    )
    estimate = options.costs.flatMap { costs in
      TimeEstimate(
        count: plan.places.count,
        levels: { grid[plan.places[$0]].levels },
        costs: costs,
        jobs: options.jobs
      )
    }
    if let estimate { try store.note(estimate, sessionID: sessionID) }
    let folders = SweepFolders(results: store.folder, folder: spec.folder)
    sentry = options.sentry.isEmpty ? nil : try Sentry(command: options.sentry + [Self.mark(token)])
    groups = ProcessGroups(sentry: sentry)
    queue = RunQueue(
      plan: plan,
      limits: spec.limits,
      jobs: options.jobs,
      durations: try store.durations(of: enrollment)
    )
    journal = Journal(store: store, enrollment: enrollment, sessionID: sessionID, known: stored)
    local = Local(
      launch: launch,
      folders: folders,
      groups: groups,
      results: spec.results,
      memoryBytes: spec.limits.memoryBytes,
      isTimeLimited: spec.limits.timeout != nil,
      environment: WorkerEnvironment.entries(cores: spec.limits.cores, mark: Self.mark(token))
    )
    self.grid = grid
    self.store = store
    self.options = options
    self.enrollment = enrollment
    self.sessionID = sessionID
    self.token = token
    self.stored = stored
    self.plan = plan
  }

  private static func mark(_ token: String) -> String { "SWEEP_COORDINATOR=\(token)" }

  /// Gives the lock back without having done anything.
  package func withdraw() async throws {
    await sentry?.dismiss()
    try store.end(sessionID: sessionID)
  }

  /// Does all that is planned.
  ///
  /// - Parameter announce: Is told what happens, each result only when it is durable.
  /// - Returns: Where the sweep stands afterwards.
  /// - Throws: ``StoreError``; all programs have ended then.
  package func run(announce: @escaping @Sendable (SweepEvent) -> Void) async throws -> SweepEnd {
    announce(.planned(plan))
    try endLeftovers(announce)
    try local.folders.prepare()
    do {
      try await withThrowingTaskGroup { group in
        for slot in 0..<min(options.jobs, max(plan.places.count, 1)) {
          group.addTask { try await self.work(slot: slot, announce) }
        }
        try await group.waitForAll()
      }
    } catch {
      await sentry?.dismiss()
      throw error
    }
    await sentry?.dismiss()
    return try await end()
  }

  /// Starts nothing more and asks the programs at work to end.
  ///
  /// - Parameters:
  ///   - reason: Why.
  ///   - announce: As in ``run(announce:)``.
  package func stop(_ reason: StopReason, announce: @escaping @Sendable (SweepEvent) -> Void) async
  {
    guard await queue.stop(reason) else { return }
    announce(.stopping(reason))
    groups.stopAll()
    Task {
      try? await Task.sleep(for: ProcessGroups.grace)
      groups.killAll()
    }
  }

  /// Ends the programs at work at once.
  package func kill() {
    groups.killAll()
  }

  private func end() async throws -> SweepEnd {
    let ledger = try store.ledger(
      of: enrollment,
      planned: plan.ledger.planned,
      excluded: plan.ledger.excluded
    )
    try store.end(sessionID: sessionID)
    let failures = await queue.openFailures
    let kept = await queue.ledger
    return SweepEnd(
      ledger: ledger,
      isConsistent: ledger.isBalanced && ledger == kept,
      unsuccessful: failures.count,
      pending: ledger.pending,
      reason: await queue.reason,
      failures: failures
    )
  }

  private func endLeftovers(_ announce: @Sendable (SweepEvent) -> Void) throws {
    for leftovers in try store.leftovers(of: enrollment.sweepID, besides: sessionID) {
      var count = 0
      for process in leftovers.processes where process.isAlive {
        Foundation.kill(-process.pid, SIGKILL)
        count += 1
      }
      count += endProcesses(marked: Self.mark(leftovers.token))
      if count > 0 { announce(.endedLeftovers(count: count)) }
      try store.close(leftovers)
    }
  }

  /// One slot: run after run until none is left.
  private func work(slot: Int, _ announce: @escaping @Sendable (SweepEvent) -> Void) async throws {
    while let assignment = await queue.next() {
      let run = grid[assignment.place]
      let number = (stored[run.id]?.attempts ?? 0) + assignment.earlier + 1
      let earlier = await queue.begin(run, stored: stored[run.id]?.status ?? .pending)
      announce(.began(run, attempt: number, slot: slot, await queue.ledger))
      let entry = {
        @Sendable [head = options.predictionHead()] (record: Record, process: ProcessIdentity) in
        Journal.Entry(
          record: record,
          position: assignment.place,
          slot: slot,
          process: process,
          predictionHead: head
        )
      }
      let record = try await stoppingOnFailure {
        let record = try await local.attempt(
          run,
          number: number,
          slot: slot,
          timeout: { await self.queue.timeout }
        ) { [journal] process, started in
          await journal.note(entry(.running(run, attempt: number, since: started), process))
        }
        try await journal.save(entry(record, .none))
        return record
      }
      let verdict = await queue.ended(record, assignment, earlier: earlier)
      announce(.ended(record, await queue.ledger, willRetry: verdict.willRetry))
      if let reason = verdict.stop {
        announce(.stopping(reason))
        if case .sameFailure = reason { groups.stopAll() }
      }
    }
  }

  /// Does what needs the disk; when that fails, nothing more is begun and all programs end.
  private func stoppingOnFailure<Value>(_ body: () async throws -> Value) async throws -> Value {
    do {
      return try await body()
    } catch {
      _ = await queue.stop(.storage)
      groups.killAll()
      throw error
    }
  }
}
