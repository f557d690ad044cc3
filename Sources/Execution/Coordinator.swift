import Foundation
import Statistics
package import Storage
package import Sweeps

/// Does what is missing of a sweep, each run exactly once, whatever happens.
///
/// It alone writes the database; an executor makes the attempts.
package final class Coordinator: Sendable {
  /// What this start will do.
  package let plan: RunPlan
  /// How long that will take; nil where nothing is known of the runs' durations.
  package let estimate: TimeEstimate?
  let store: Store
  private let executor: any Executor
  let enrollment: Enrollment
  private let sessionID: Int64
  private let predictionHead: @Sendable () throws -> String
  let queue: RunQueue
  let looks: LookTaking?
  private let journal: Journal

  /// Takes the sweep's lock and finds out what is missing; nothing runs before ``run(announce:)``.
  ///
  /// - Parameters:
  ///   - spec: What is asked for.
  ///   - grid: All its runs.
  ///   - store: Opened for writing.
  ///   - executor: Where the runs are made.
  ///   - provenance: Of this start.
  ///   - options: What the command line says.
  /// - Returns: The coordinator that holds the lock.
  /// - Throws: ``CoordinatorLock/Refusal``, ``StoreError``, or why the predictions cannot be read.
  package static func start(
    _ spec: Spec,
    grid: Grid,
    store: Store,
    executor: any Executor,
    provenance: Provenance,
    options: CoordinatorOptions
  ) throws -> Coordinator {
    let head = try options.predictionHead()
    let (enrollment, sessionID) = try store.enroll(
      spec,
      file: options.file,
      provenance: provenance,
      token: executor.token,
      takesOver: options.takesOver
    )
    let stored = try store.storedRuns(of: enrollment)
    let demand = try options.demand?(store, enrollment)
    let plan = RunPlan(
      ids: grid.indices.lazy.map { grid.id(at: $0) },
      excluded: grid.excludedCellCount,
      stored: stored,
      repeats: options.repeats,
      isPlanned: { demand?.asks(for: $0) ?? true },
      isSelected: options.isSelected
    )
    try store.makeCurrent(
      enrollment,
      planned: plan.ledger.planned,
      excluded: grid.excludedCellCount,
      kept: plan.newlyPlanned.lazy.map { (grid[$0.index], $0.rowID, $0.index) }
    )
    let estimate = estimate(of: plan, grid, costs: options.costs, slots: executor.programs)
    if let estimate { try store.note(estimate, sessionID: sessionID) }
    return Coordinator(
      plan: plan,
      estimate: estimate,
      store: store,
      executor: executor,
      enrollment: enrollment,
      sessionID: sessionID,
      predictionHead: options.predictionHead,
      queue: RunQueue(
        plan: plan,
        grid: grid,
        limits: spec.limits,
        slots: executor.slots,
        durations: try store.durations(of: enrollment),
        predictionHead: head,
        devices: executor.devices,
        programs: executor.programs,
        hasLooks: demand.map { !$0.sequence.isFinished } ?? false
      ),
      journal: Journal(store: store, enrollment: enrollment, sessionID: sessionID),
      looks: demand.map { LookTaking(grid: grid, options: options, demand: $0) }
    )
  }

  /// How long a plan takes; nil where nothing is known of the runs' durations.
  private static func estimate(
    of plan: RunPlan,
    _ grid: Grid,
    costs: RunCosts?,
    slots: Int
  ) -> TimeEstimate? {
    costs.flatMap { costs in
      TimeEstimate(
        count: plan.indices.count,
        levels: { grid[plan.indices[$0]].levels },
        costs: costs,
        jobs: slots
      )
    }
  }

  private init(
    plan: RunPlan,
    estimate: TimeEstimate?,
    store: Store,
    executor: any Executor,
    enrollment: Enrollment,
    sessionID: Int64,
    predictionHead: @escaping @Sendable () throws -> String,
    queue: RunQueue,
    journal: Journal,
    looks: LookTaking?
  ) {
    self.plan = plan
    self.estimate = estimate
    self.store = store
    self.executor = executor
    self.enrollment = enrollment
    self.sessionID = sessionID
    self.predictionHead = predictionHead
    self.queue = queue
    self.journal = journal
    self.looks = looks
  }

  /// Gives the lock back without having done anything.
  package func withdraw() throws {
    try store.end(sessionID: sessionID)
  }

  /// Does all that is planned.
  ///
  /// - Parameter announce: Is told what happens, each result only when it is durable.
  /// - Returns: Where the sweep stands afterwards.
  /// - Throws: ``StoreError``, or what the executor or the predictions failed with; no attempt is open then.
  package func run(announce: @escaping @Sendable (SweepEvent) -> Void) async throws -> SweepEnd {
    announce(.planned(plan))
    do {
      try await recover(announce)
      await work(announce)
    } catch {
      await executor.finish()
      throw error
    }
    await executor.finish()
    if let failure = await queue.failure { throw failure }
    return try await end()
  }

  /// Starts nothing more and asks the attempts at work to end.
  ///
  /// - Parameters:
  ///   - reason: Why.
  ///   - announce: As in ``run(announce:)``.
  package func stop(_ reason: StopReason, announce: @escaping @Sendable (SweepEvent) -> Void) async
  {
    let reason: StopReason =
      reason == .interrupted && executor.outlivesCoordinator ? .left : reason
    guard await queue.stop(reason) else { return }
    announce(.stopping(reason))
    if reason == .left { executor.leave() } else { executor.stop() }
  }

  /// Ends the attempts at work at once.
  package func kill() {
    executor.kill()
  }

  private func end() async throws -> SweepEnd {
    let ledger = try store.ledger(
      of: enrollment,
      planned: await queue.ledger.planned,
      excluded: plan.ledger.excluded
    )
    let isLeft = executor.hasLeft
    if isLeft {
      try store.leave(sessionID: sessionID)
    } else {
      try store.end(sessionID: sessionID)
    }
    let failures = await queue.openFailures
    let kept = await queue.ledger
    return SweepEnd(
      ledger: ledger,
      // Of what goes on without this process, beginnings may have been heard of and not be stored yet.
      isConsistent: ledger.isBalanced && (isLeft || ledger == kept),
      unsuccessful: failures.count,
      pending: ledger.pending,
      isLeft: isLeft,
      reason: await queue.reason,
      failures: failures
    )
  }

  /// Has the executor settle what sessions that were killed left; what it does not adopt was lost.
  private func recover(_ announce: @Sendable (SweepEvent) -> Void) async throws {
    let sessions = try store.abandonedSessions(of: enrollment.sweepID, besides: sessionID)
    let recovery = try await executor.start(recovering: sessions)
    if recovery.ended > 0 { announce(.endedLeftovers(count: recovery.ended)) }
    let adopted = await queue.adopt(
      sessions.flatMap(\.attempts).filter { recovery.adopted.contains($0.key) }
    )
    let keys = Set(adopted.map(\.key))
    for session in sessions { try store.close(session, adopting: keys, into: sessionID) }
    for assignment in adopted {
      announce(
        .began(
          assignment.run,
          attempt: assignment.attempt,
          slot: assignment.slot,
          await queue.ledger
        )
      )
    }
  }

  private func work(_ announce: @escaping @Sendable (SweepEvent) -> Void) async {
    executor.limitTime(to: await queue.timeout)
    executor.submit(await queue.take())
    guard await !queue.isIdle else { return }
    await withDiscardingTaskGroup { group in
      for await event in executor.events {
        switch event {
        case .began(let key, let handle, let moment, let site):
          await begin(key, handle: handle, at: moment, site: site, announce)
        case .ended(let record):
          // Beside the others, so that results that come together share a commit.
          group.addTask { await self.conclude(record, announce) }
        case .lost(let key, let reason):
          guard let record = await queue.record(ofLost: key, because: reason) else { continue }
          group.addTask { await self.conclude(record, announce) }
        case .surplus(let attempt):
          if await queue.admits(attempt) { await add(attempt) }
        case .failed(let key, let error):
          await giveUp(error)
          await queue.drop(key)
          await goOn(announce)
        case .returned(let key):
          await queue.drop(key)
          await goOn(announce)
        case .broken(let error):
          await giveUp(error)
        case .noted(let sentence): announce(.noted(sentence))
        }
      }
    }
  }

  /// Writes down that an attempt is at work.
  private func begin(
    _ key: AttemptKey,
    handle: String,
    at moment: Date,
    site: Site,
    _ announce: @Sendable (SweepEvent) -> Void
  ) async {
    var head: String?
    do {
      head = try predictionHead()
    } catch {
      await giveUp(error)
    }
    let began = await queue.begin(
      key,
      handle: handle,
      at: moment,
      site: site,
      predictionHead: head
    )
    guard let attempt = began else { return }
    let assignment = attempt.assignment
    announce(
      .began(assignment.run, attempt: key.number, slot: assignment.slot, await queue.ledger)
    )
    let record = Record.running(assignment.run, attempt: key.number, since: moment, at: site)
    await journal.note(attempt.entry(record))
  }

  /// Writes down an attempt that nobody waited for.
  private func add(_ attempt: SurplusAttempt) async {
    do {
      let isNew = try store.add(attempt, enrollment, sessionID: sessionID)
      if !isNew { await queue.forget(attempt) }
    } catch {
      await giveUp(error)
    }
  }

  /// Stores how an attempt ended, announces it, and hands in what may begin in its place.
  private func conclude(
    _ record: Record,
    _ announce: @escaping @Sendable (SweepEvent) -> Void
  ) async {
    if await queue.attempt(record.key)?.began == nil {
      await begin(record.key, handle: "", at: record.started, site: record.site, announce)
    }
    guard let attempt = await queue.attempt(record.key) else {
      // Nobody wants it, and nothing of it need be kept elsewhere either.
      return executor.stored(record)
    }
    do {
      try await journal.save(attempt.entry(record))
      executor.stored(record)
      let verdict = await queue.ended(record)
      announce(.ended(record, await queue.ledger, willRetry: verdict.willRetry))
      for attempt in await queue.surplus(of: record.run.id) { await add(attempt) }
      if let device = verdict.rested {
        announce(.rested(device: device, failures: DeviceRest.limit))
      }
      if let reason = verdict.stop {
        announce(.stopping(reason))
        if case .sameFailure = reason { executor.stop() } else { executor.withdraw() }
      }
    } catch {
      await giveUp(error)
      await queue.drop(record.key)
    }
    await goOn(announce)
  }

  /// Hands in what may begin, or lets the executor go once nothing is open and no look brings more.
  private func goOn(_ announce: @Sendable (SweepEvent) -> Void) async {
    while await queue.claimLook() {
      do {
        try await takeLook(announce)
      } catch {
        await queue.extend(by: nil, mayFollow: false)
        await giveUp(error)
      }
    }
    executor.limitTime(to: await queue.timeout)
    executor.submit(await queue.take())
    if await queue.isIdle { await executor.finish() }
  }

  /// Ends everything after a failure of the disk or of the executor itself.
  private func giveUp(_ error: any Error) async {
    await queue.fail(error)
    executor.kill()
  }
}
