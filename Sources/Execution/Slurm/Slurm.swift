import Foundation
import Notation
package import Storage
package import Sweeps
import Synchronization

/// Makes runs as tasks of Slurm's arrays.
///
/// Slurm starts processes and nothing else: which run is done is decided by the segments that tasks seal, and Slurm's
/// word only says what may still be alive. The tasks go on when this process ends, and the next one adopts them.
package final class Slurm: Executor {
  /// Assignments that are held at a time, so that memory does not grow with the grid.
  private static let capacity = 20_000...120_000
  /// How the tokens of this executor begin.
  package static let mark = "slurm-"
  /// Runs of a task that are reckoned with where their number is not fixed.
  private static let usualChunk = 16
  /// Records that may be on their way to the store before further segments are read.
  static let backlog = 2_000

  package let token = Slurm.mark + UUID().uuidString
  package let slots: Int
  package let events: AsyncStream<ExecutorEvent>
  let tell: AsyncStream<ExecutorEvent>.Continuation
  let plan: SlurmPlan
  let store: Store
  let calls: SlurmCalls
  let state: Mutex<State>
  let clock = SuspendingClock()
  let beginning: SuspendingClock.Instant

  /// What it knows; everything that is decided without asking anybody is decided on the board.
  struct State: Sendable {
    var board: ClusterBoard
    var batches: [Batch] = []
    /// Batches that Slurm has not confirmed: since when, and what `sbatch` said.
    var uncertain: [String: (since: Duration, words: String)] = [:]
    /// Segments that were read, and how many of their ends are not in the store yet.
    var segments: [String: Int] = [:]
    var segmentOfRun: [String: String] = [:]
    var logOfRun: [String: String] = [:]
    var unstored = 0
    var program: PlacedProgram?
    /// Failures in a row on a device of a start of a task.
    var deviceFailures: [String: Int] = [:]
    var timeLimit: Duration?
    var arrayLimit: Int?
    var nextPoll = Duration.zero
    var pollPause = SlurmPace.shortestPoll
    var nextSubmission = Duration.zero
    /// Whether the answers so far came after the last listing.
    var gone: [ClusterBoard.TaskKey] = []
    var noted: Set<String> = []
    /// Whether the coordinator has said which runs it wants.
    var isAsked = false
    var isLeaving = false
    var isEnding = false
    var work: Task<Void, Never>?
    var sweepID: Int64 = 0
  }

  /// - Parameters:
  ///   - plan: What is the same for all batches.
  ///   - store: Keeps the batches.
  ///   - calls: Slurm's programs.
  /// - Throws: ``SlurmError``.
  package init(_ plan: SlurmPlan, store: Store, calls: SlurmCalls = SlurmCalls()) throws {
    if let option = Submission.conflict(in: plan.settings.options) {
      throw SlurmError.reservedOption(option)
    }
    for program in ["sbatch", "squeue", "scancel"] where !calls.hasProgram(program) {
      throw SlurmError.noProgram(program)
    }
    self.plan = plan
    self.store = store
    self.calls = calls
    let wanted = 4 * plan.settings.slots * (plan.settings.chunk ?? Self.usualChunk)
    slots =
      plan.detaches
      ? .max : min(max(wanted, Self.capacity.lowerBound), Self.capacity.upperBound)
    beginning = clock.now
    state = Mutex(State(board: ClusterBoard(attempts: plan.settings.attempts)))
    (events, tell) = AsyncStream.makeStream()
  }

  package var programs: Int { plan.settings.slots }
  package var outlivesCoordinator: Bool { true }
  package var hasLeft: Bool { state.withLock { $0.isLeaving && !$0.batches.isEmpty } }
  var now: Duration { beginning.duration(to: clock.now) }

  /// Takes up the batches of earlier sessions, and adopts the attempts of which something may still come.
  package func start(recovering sessions: [AbandonedSession]) async throws -> Recovery {
    guard let sweepID = try store.sweepID(named: plan.spec.name) else { return Recovery() }
    try plan.folders.prepare()
    let batches = try dropUnmade(store.openBatches(ofSweep: sweepID))
    let limit = await calls.arrayLimit()
    let now = now
    let open = sessions.flatMap(\.attempts)
    let known = OpenChunks(of: batches, keeping: Set(open.map(\.key.run)))
    let adopted = state.withLock { state in
      state.sweepID = sweepID
      state.arrayLimit = limit
      for batch in batches {
        state.batches.append(batch)
        state.board.add(batch.name, chunks: known.chunks[batch.name] ?? [])
        if batch.job == nil { state.uncertain[batch.name] = (now, "") }
      }
      var adopted: Set<AttemptKey> = []
      for attempt in open {
        guard let run = known.runs[attempt.key.run],
          state.board.adopt(run.id, token: attempt.handle, since: attempt.started)
        else { continue }
        state.board.claim(
          Assignment(run: run, index: 0, attempt: attempt.key.number, slot: 0)
        )
        adopted.insert(attempt.key)
      }
      return adopted
    }
    let work = Task { await self.work() }
    state.withLock { $0.work = work }
    return Recovery(adopted: adopted)
  }

  /// Closes the batches whose folder was not made to the end: `sbatch` is called only after that.
  ///
  /// - Returns: The others.
  private func dropUnmade(_ batches: [Batch]) throws -> [Batch] {
    var made: [Batch] = []
    for batch in batches {
      let folder = BatchFolder(batch.folder)
      if batch.job != nil || folder.isMade {
        made.append(batch)
      } else {
        try store.close(batch)
        folder.remove()
      }
    }
    return made
  }

  package func submit(_ assignments: [Assignment]) {
    send { $0.submit(assignments) }
    state.withLock { $0.isAsked = true }
  }

  package func limitTime(to limit: Duration?) { state.withLock { $0.timeLimit = limit } }

  /// Cancels everything: what fails in the same way everywhere is not to be tried any further.
  package func stop() {
    let jobs = state.withLock { state in
      state.isEnding = true
      return state.batches.compactMap(\.job)
    }
    halt()
    Task {
      if !jobs.isEmpty { _ = await calls.cancel(jobs) }
      send { $0.cancel() }
    }
  }

  package func withdraw() {
    let jobs = state.withLock { state in
      state.isEnding = true
      return state.batches.compactMap(\.job)
    }
    halt()
    Task {
      if !jobs.isEmpty { _ = await calls.cancel(jobs, onlyPending: true) }
      send { $0.withdraw() }
    }
  }

  /// Tells tasks at work to begin no further run; one that cannot be told begins the rest of its own.
  private func halt() {
    for batch in state.withLock({ $0.batches }) {
      _ = FileManager.default.createFile(atPath: BatchFolder(batch.folder).halt, contents: nil)
    }
  }

  /// Where nothing can be stored, nothing need be cancelled: what tasks seal stays in their folders.
  package func kill() { leave() }

  package func leave() {
    state.withLock { $0.isLeaving = true }
    tell.finish()
  }

  package func finish() async {
    let work = state.withLock { state in
      state.isEnding = true
      return state.work
    }
    work?.cancel()
    await work?.value
    tell.finish()
    try? dropStored()
    try? closeFinished()
  }

  /// Changes the board and tells what follows.
  func send(_ change: (inout ClusterBoard) -> [ExecutorEvent]) {
    let events = state.withLock { state in
      let events = change(&state.board)
      for event in events {
        if case .ended = event { state.unstored += 1 }
      }
      return events
    }
    for event in events { tell.yield(event) }
  }

  /// Forgets the runs whose ends an earlier session has stored without having had the time to take their files away.
  private func dropStored() throws {
    let (runs, sweepID) = state.withLock { ($0.board.unclaimedRuns, $0.sweepID) }
    guard !runs.isEmpty else { return }
    let stored = try store.concludedRuns(among: runs, ofSweep: sweepID)
    state.withLock { $0.board.drop(stored) }
    for run in stored { if let file = release(run).file { unlink(file) } }
  }

  /// Forgets which files tell of a run.
  ///
  /// - Returns: Its segment, where that tells of nothing else, and its log.
  private func release(_ run: String) -> (file: String?, log: String?) {
    state.withLock { state in
      let log = state.logOfRun.removeValue(forKey: run)
      guard let path = state.segmentOfRun.removeValue(forKey: run),
        let left = state.segments[path]
      else { return (nil, log) }
      state.segments[path] = left - 1
      return (left == 1 ? path : nil, log)
    }
  }

  package func stored(_ record: Record) {
    state.withLock { $0.unstored = max(0, $0.unstored - 1) }
    let (file, log) = release(record.run.id)
    if let log {
      let own = plan.folders.log(of: record.run, attempt: record.attempt)
      try? FileManager.default.moveItem(atPath: log, toPath: own)
    }
    if let file { unlink(file) }
  }

  /// Forgets the batches of which nothing more is to come.
  func closeFinished() throws {
    let closed = state.withLock { state in
      let open = state.board.openBatches
      let unread = state.segments.filter { $0.value > 0 }.keys
      let closed = state.batches.filter { batch in
        !open.contains(batch.name) && state.uncertain[batch.name] == nil
          && !unread.contains { $0.hasPrefix(batch.folder + "/") }
      }
      for batch in closed { state.board.close(batch.name) }
      state.batches.removeAll { batch in closed.contains { $0.id == batch.id } }
      return closed
    }
    for batch in closed {
      try store.close(batch)
      BatchFolder(batch.folder).remove()
      let prefix = batch.folder + "/"
      state.withLock { state in
        state.segments = state.segments.filter { !$0.key.hasPrefix(prefix) }
      }
    }
  }
}

/// How often Slurm is asked, in seconds on a real cluster.
enum SlurmPace {
  /// Twelve calls a minute at the most.
  static let shortestPoll = 5.0
  static let longestPoll = 30.0
  /// Between two arrays.
  static let submission = 5.0
  /// After which a job that `squeue` does not know was never there.
  static let unconfirmed = 60.0
  /// After which a file is seen that was sealed before its task went.
  static let sight = 15.0
  static let sightOnNetwork = 60.0
  static let listing = 1.0
}
