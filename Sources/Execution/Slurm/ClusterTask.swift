import Foundation
import Storage
package import Sweeps
import Synchronization

/// The runs of one task of a cluster, made on a node: what `sweep task` does.
///
/// It starts programs as the local executor does, and tells how they ended in segments. It never opens the store and
/// never calls Slurm. Asked to stop it begins nothing more and tells of nothing that ended in that moment: a program
/// that died because its task was told to has no result.
package final class ClusterTask: Sendable {
  /// What may end it before its time.
  package enum Order: Sendable {
    /// The time limit is near: nothing more begins, and what is at work may end.
    case beginNothing
    /// It is to end at once.
    case stop
  }

  /// How long an end is kept back, in case it was the first sign of a stop.
  private static let doubt = Duration.milliseconds(300)

  /// How often the last segment is tried where there is no room for it.
  private static let lastAttempts = 30

  private struct State {
    var waiting: ArraySlice<Assignment>
    var open = 0
    var held: [(record: Record, at: SuspendingClock.Instant)] = []
    var lines: [Segment.Line] = []
    var sealed: SuspendingClock.Instant
    var segments = 0
    var isDraining = false
    var isStopped = false
  }

  private let folder: BatchFolder
  private let manifest: BatchManifest
  private let executor: any Executor
  private let index: Int
  private let start: TaskStart
  private let devices: Devices
  private let state: Mutex<State>
  private let clock = SuspendingClock()

  /// - Parameters:
  ///   - folder: The batch's.
  ///   - manifest: What all its tasks are told.
  ///   - index: The task.
  ///   - start: Names this start of it, and says where it is.
  ///   - runs: Those of the task that have no end.
  ///   - executor: Starts their programs.
  ///   - devices: What its slots have to themselves.
  package init(
    folder: BatchFolder,
    manifest: BatchManifest,
    index: Int,
    start: TaskStart,
    runs: [Run],
    executor: any Executor,
    devices: Devices = .none
  ) {
    self.folder = folder
    self.manifest = manifest
    self.index = index
    self.start = start
    self.executor = executor
    // Fewer slots than devices use the first of them only.
    self.devices = Devices(
      Array(devices.names.prefix(executor.slots)),
      perDevice: devices.perDevice
    )
    let assignments = runs.enumerated().map {
      Assignment(run: $1, index: $0, attempt: 1, slot: 0)
    }
    state = Mutex(State(waiting: assignments[...], sealed: clock.now))
  }

  /// Makes the runs.
  ///
  /// - Returns: Whether it came to the end of them.
  /// - Throws: What the executor throws, or `StoreError` where a segment cannot be written.
  package func run() async throws -> Bool {
    _ = try await executor.start(recovering: [])
    executor.limitTime(to: manifest.timeLimitSeconds.map { .seconds($0) })
    var failure: (any Error)?
    let sealing = Task { [self] in
      // What cannot be written now is tried again with what comes next.
      while (try? await clock.sleep(for: Self.doubt / 3)) != nil { try? seal() }
    }
    var free = Array((0..<executor.slots).reversed())
    var slotOfRun: [String: Int] = [:]
    // Where all fail alike it is for the coordinator to end the sweep.
    var rest = DeviceRest(devices, keepsLast: true)
    begin(&free, &slotOfRun)
    let hasWork = state.withLock { $0.open > 0 }
    events: for await event in hasWork ? executor.events : .finished {
      switch event {
      case .began(let key, _, let moment, let site):
        state.withLock {
          $0.lines.append(.began(run: key.run, at: moment, device: site.device))
        }
        continue
      case .ended(let record):
        executor.stored(record)
        hold(record)
        if let slot = slotOfRun.removeValue(forKey: record.run.id) {
          _ = rest.ended(record.status, in: slot)
          free.append(slot)
          free.removeAll { !rest.isAwake($0) }
        }
      case .failed(let key, let error):
        failure = error
        if let slot = slotOfRun.removeValue(forKey: key.run) { free.append(slot) }
        state.withLock { state in
          state.open -= 1
          state.isDraining = true
        }
      case .lost, .surplus, .returned, .broken, .noted: continue
      }
      begin(&free, &slotOfRun)
      if state.withLock({ $0.open == 0 }) { break events }
    }
    await executor.finish()
    sealing.cancel()
    await sealing.value
    if !state.withLock({ $0.isStopped }) { try? await clock.sleep(for: Self.doubt) }
    try await sealRest()
    if let failure { throw failure }
    return state.withLock { $0.waiting.isEmpty && !$0.isStopped }
  }

  /// Takes an order from outside.
  package func take(_ order: Order) {
    state.withLock { state in
      state.isDraining = true
      if order == .stop {
        state.isStopped = true
        state.held = []
      }
    }
    if order == .stop { executor.stop() }
  }

  private func begin(_ free: inout [Int], _ slots: inout [String: Int]) {
    if access(folder.halt, F_OK) == 0 { state.withLock { $0.isDraining = true } }
    var begun: [Assignment] = []
    state.withLock { state in
      while !state.isDraining, let slot = free.last, let next = state.waiting.popFirst() {
        free.removeLast()
        slots[next.run.id] = slot
        state.open += 1
        begun.append(Assignment(run: next.run, index: next.index, attempt: 1, slot: slot))
      }
    }
    executor.submit(begun)
  }

  private func hold(_ record: Record) {
    state.withLock { state in
      state.open -= 1
      guard !state.isStopped, record.status.isConcluded else { return }
      state.held.append((record, clock.now))
    }
  }

  /// Seals the rest, with patience: the runs in it would have to be made again.
  private func sealRest() async throws {
    for attempt in 1... {
      do {
        return try seal(isLast: true)
      } catch  where attempt < Self.lastAttempts && !state.withLock({ $0.isStopped }) {
        try await clock.sleep(for: .seconds(manifest.sealSeconds))
      }
    }
  }

  /// Seals what is beyond doubt, once there is enough of it or it is old enough.
  private func seal(isLast: Bool = false) throws {
    let segment = state.withLock { state -> (Segment, Int)? in
      let now = clock.now
      let certain = state.held.prefix { $0.at.duration(to: now) >= Self.doubt }
      state.held.removeFirst(certain.count)
      state.lines += certain.map { .ended(Segment.Ending($0.record)) }
      let pause = Duration.seconds(manifest.sealSeconds)
      guard !state.lines.isEmpty, isLast || state.sealed.duration(to: now) >= pause else {
        return nil
      }
      defer {
        state.lines = []
        state.segments += 1
        state.sealed = now
      }
      return (
        Segment(task: index, token: start.token, site: start.site, lines: state.lines),
        state.segments
      )
    }
    guard let (segment, number) = segment else { return }
    do {
      try folder.seal(segment, number: number)
    } catch {
      state.withLock { $0.lines = segment.lines + $0.lines }
      throw error
    }
  }
}

/// One start of a task: its name that no other start has, and where it is.
package struct TaskStart: Sendable, Equatable {
  package let index: Int
  package let token: String
  package let site: Site

  /// Reads what Slurm tells a task; nil where this process is none.
  ///
  /// The task's own number is what stays the same through restarts: the last of an array has the array's job id.
  ///
  /// - Parameters:
  ///   - environment: Of the task.
  ///   - host: The machine.
  ///   - random: A word that no other start has.
  package init?(_ environment: [String: String], host: Sweeps.Host, random: String) {
    guard let index = environment["SLURM_ARRAY_TASK_ID"].flatMap(Int.init), index >= 0,
      let job = environment["SLURM_ARRAY_JOB_ID"], !job.isEmpty
    else { return nil }
    let restarts = environment["SLURM_RESTART_COUNT"].flatMap(Int.init) ?? 0
    self.index = index
    token = "\(job)_\(index).\(restarts).\(random)"
    site = Site(
      node: environment["SLURMD_NODENAME"] ?? host.name,
      processor: host.processor,
      job: "\(job)_\(index)",
      restarts: max(0, restarts)
    )
  }
}

extension AsyncStream<ExecutorEvent> {
  /// A stream of nothing.
  fileprivate static var finished: Self { AsyncStream { $0.finish() } }
}

extension Segment.Ending {
  fileprivate init(_ record: Record) {
    self.init(
      run: record.run.id,
      outcome: record.outcome,
      measurements: record.measurements,
      lastLines: record.lastLines,
      started: record.started,
      duration: record.duration,
      device: record.site.device,
      attempt: record.attempt
    )
  }
}
