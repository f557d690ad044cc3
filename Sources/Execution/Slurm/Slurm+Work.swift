import Foundation
import Notation
import Storage
import Sweeps
import Synchronization

extension Slurm {
  /// Listens to the tasks, asks Slurm, and hands in what waits, until nothing is left to do.
  func work() async {
    while !Task.isCancelled {
      do {
        let (hasHeard, isAll) = try takeIn()
        // What lies unread says of runs how they ended.
        if isAll { giveUpGone() }
        try await askSlurm()
        try await handIn()
        try closeFinished()
        if isHandedIn {
          leave()
          return
        }
        try? await clock.sleep(for: plan.time(hasHeard ? SlurmPace.listing / 4 : SlurmPace.listing))
      } catch {
        tell.yield(.broken(error))
        return
      }
    }
  }

  /// Whether nobody need stay: everything is with Slurm, and that was all that was asked for.
  private var isHandedIn: Bool {
    plan.detaches
      && state.withLock { state in
        state.isAsked && state.board.waitingCount == 0 && state.uncertain.isEmpty
          && !state.batches.isEmpty
      }
  }

  // MARK: Segments

  /// Reads what tasks have sealed.
  ///
  /// - Returns: Whether there was something, and whether nothing is left that is new: what waits for the store bounds it.
  private func takeIn() throws -> (hasHeard: Bool, isAll: Bool) {
    var hasHeard = false
    for batch in state.withLock({ $0.batches }) {
      for path in BatchFolder(batch.folder).segments() {
        let (isNew, hasRoom) = state.withLock {
          ($0.segments[path] == nil, $0.unstored < Self.backlog)
        }
        guard isNew else { continue }
        guard hasRoom else { return (hasHeard, false) }
        guard let bytes = FileManager.default.contents(atPath: path) else { continue }
        hasHeard = true
        guard let segment = Segment(bytes) else {
          note("'\(path)' is no segment that this version reads; it is left alone.", once: path)
          state.withLock { $0.segments[path] = 0 }
          continue
        }
        // A task is an answer, too: where nobody heard the job's number, its tasks know it.
        if isUnconfirmed(batch), let job = segment.site.job.split(separator: "_").first {
          try confirm(batch, as: String(job))
        }
        take(segment, at: path, of: batch)
      }
    }
    return (hasHeard, true)
  }

  private func isUnconfirmed(_ batch: Batch) -> Bool {
    state.withLock { state in
      state.batches.contains { $0.id == batch.id && $0.job == nil }
    }
  }

  private func take(_ segment: Segment, at path: String, of batch: Batch) {
    state.withLock { $0.segments[path] = 0 }
    let hasEnds = segment.lines.contains { if case .ended = $0 { true } else { false } }
    let logs = hasEnds ? BatchFolder(batch.folder).logNames(of: segment.token) : []
    for line in segment.lines {
      if case .ended(let ending) = line {
        expect(ending, segment, at: path, of: batch, logs: logs)
        judgeDevice(of: ending, segment)
      }
      send { $0.take(line, of: segment, in: batch.name) }
    }
    let isDone = state.withLock { $0.segments[path] == 0 }
    if isDone { unlink(path) }
  }

  /// Remembers which file says how a run ended, where that is news.
  private func expect(
    _ ending: Segment.Ending,
    _ segment: Segment,
    at path: String,
    of batch: Batch,
    logs: Set<String>
  ) {
    let task = ClusterBoard.TaskKey(batch: batch.name, index: segment.task)
    let log = BatchFolder(batch.folder).log(
      of: ending.run,
      attempt: ending.attempt,
      token: segment.token
    )
    let hasLog = logs.contains((log as NSString).lastPathComponent)
    state.withLock { state in
      guard state.board.isExpected(ending.run, by: segment.token, of: task) else { return }
      state.segmentOfRun[ending.run] = path
      state.segments[path, default: 0] += 1
      if hasLog { state.logOfRun[ending.run] = log }
    }
  }

  /// Says which device of a task fails one run after another.
  private func judgeDevice(of ending: Segment.Ending, _ segment: Segment) {
    guard !ending.device.isEmpty else { return }
    let failures = state.withLock { state -> Int in
      let key = segment.token + " " + ending.device
      guard [.failed, .timedOut].contains(ending.outcome.status) else {
        state.deviceFailures[key] = nil
        return 0
      }
      state.deviceFailures[key, default: 0] += 1
      return state.deviceFailures[key, default: 0]
    }
    guard failures == DeviceRest.limit else { return }
    note(
      "\(failures) runs in a row failed on device \(ending.device) of \(segment.site.node); "
        + "the task there uses it no more where it has another.",
      once: segment.token + ending.device
    )
  }

  /// Frees the runs of tasks that were gone before the last listing.
  private func giveUpGone() {
    let gone = state.withLock { state in
      defer { state.gone = [] }
      return state.gone
    }
    for task in gone {
      let reason = memoryLoss(of: task)
      send { $0.giveUp(task, because: reason) }
    }
    guard !gone.isEmpty else { return }
    let barren = state.withLock { state in
      state.board.hasBegun ? [] : Array(state.board.barrenTasks)
    }
    if let first = barren.first, barren.count >= min(3, gone.count) {
      tell.yield(.broken(failure(of: first, count: barren.count)))
    }
  }

  private func failure(of task: ClusterBoard.TaskKey, count: Int) -> SlurmError {
    let (path, lines) = log(of: task)
    return .tasksFail(count: count, lastLines: lines.suffix(3), log: path)
  }

  /// Why the runs of a task are lost where it ran out of memory and Slurm says so in its log alone; nil for all others.
  private func memoryLoss(of task: ClusterBoard.TaskKey) -> String? {
    guard let end = state.withLock({ $0.board.tasks[task] }), end.state == "FAILED",
      TaskEnd.isLossOfMemory(log(of: task).lines)
    else { return nil }
    return TaskEnd.sentence("OUT_OF_MEMORY", node: end.node)
  }

  /// What a task and Slurm have printed, and in which file.
  private func log(of task: ClusterBoard.TaskKey) -> (path: String, lines: [String]) {
    let batch = state.withLock { $0.batches.first { $0.name == task.batch } }
    let folder = BatchFolder(batch?.folder ?? "")
    let path = "\(folder.logs)/\(batch?.job ?? "")_\(task.index).log"
    let text = FileManager.default.contents(atPath: path).map {
      String(decoding: $0, as: UTF8.self)
    }
    return (path, (text ?? "").split(whereSeparator: \.isNewline).map(String.init))
  }

  // MARK: Slurm

  /// One call for all batches, at most twelve a minute; one that fails changes nothing.
  private func askSlurm() async throws {
    let (batches, isDue) = state.withLock { ($0.batches, self.now >= $0.nextPoll) }
    guard isDue, !batches.isEmpty else { return }
    let answer = await calls.queue(batches.map(\.name))
    let now = now
    guard let answer else {
      state.withLock { state in
        state.pollPause = min(state.pollPause * 1.5, SlurmPace.longestPoll)
        state.nextPoll = now + plan.time(state.pollPause)
      }
      return
    }
    for batch in batches where batch.job == nil {
      guard let job = answer.lines(of: batch.name).first?.job else { continue }
      try confirm(batch, as: job)
    }
    let grace = plan.time(
      networkFileSystem(of: plan.shared) == nil ? SlurmPace.sight : SlurmPace.sightOnNetwork
    )
    state.withLock { state in
      let known = Set(state.batches.filter { $0.job != nil }.map(\.name))
      let hasMoved = state.board.observe(answer, of: known, at: now)
      state.gone = state.board.goneTasks(at: now, grace: grace)
      state.pollPause =
        hasMoved ? SlurmPace.shortestPoll : min(state.pollPause * 1.5, SlurmPace.longestPoll)
      state.nextPoll = now + plan.time(state.pollPause)
    }
    try dropUnknown(answer, at: now)
    for line in answer.lines where line.reason.hasPrefix("JobHeld") {
      note("Slurm holds job \(line.job) back (\(line.reason)).", once: line.job + line.reason)
    }
  }

  private func confirm(_ batch: Batch, as job: String) throws {
    try store.note(job: job, of: batch)
    state.withLock { state in
      state.uncertain[batch.name] = nil
      if let place = state.batches.firstIndex(where: { $0.id == batch.id }) {
        state.batches[place] = batch.with(job: job)
      }
    }
  }

  /// Takes the runs back of batches that Slurm answers not to have, long enough after they were handed in.
  private func dropUnknown(_ answer: QueueAnswer, at now: Duration) throws {
    let unknown = state.withLock { state in
      state.batches.filter { batch in
        guard let (since, words) = state.uncertain[batch.name] else { return false }
        let patience = Submission.isTransient(words) ? SlurmPace.unconfirmed : 0
        return answer.lines(of: batch.name).isEmpty && now - since > plan.time(patience)
      }
    }
    for batch in unknown {
      let words = state.withLock { $0.uncertain.removeValue(forKey: batch.name)?.words ?? "" }
      let tasks = state.withLock { state in
        state.board.tasks.keys.filter { $0.batch == batch.name }
      }
      for task in tasks { send { $0.giveUp(task, because: "Slurm never had its task") } }
      guard Submission.isTransient(words) else {
        try closeFinished()
        throw SlurmError.refused(words)
      }
      note("Slurm did not take a batch (\(words)); it is handed in again.", once: batch.name)
    }
  }

  func note(_ sentence: String, once key: String) {
    if state.withLock({ $0.noted.insert(key).inserted }) { tell.yield(.noted(sentence)) }
  }

  // MARK: Handing in

  /// The tasks of the next batch, the runs of each, and how many of them may be at work at once.
  private struct Size {
    let tasks: Int
    let chunk: Int
    let throttle: Int
  }

  /// The tasks of one array at the most, whatever the cluster allows.
  private static let arrayLimit = 10_000

  /// What the next batch is; nil where it is not its time.
  ///
  /// A throttle is an array's own. The next array therefore waits until it fits beside the others as a whole, or until few
  /// tasks of theirs are left.
  private var nextSize: Size? {
    state.withLock { state in
      let board = state.board
      let slots = plan.settings.slots
      let open = board.openTaskCount
      guard board.waitingCount > 0, !state.isEnding, !state.isLeaving, state.uncertain.isEmpty,
        plan.detaches || self.now >= state.nextSubmission
      else { return nil }
      let median = board.medianSeconds
      let chunk =
        plan.settings.chunk
        ?? ChunkSize.automatic(
          runs: board.waitingCount,
          slots: slots,
          median: median,
          atOnce: plan.runsAtOnce,
          isUnattended: plan.detaches
        )
      let limit = min(state.arrayLimit ?? 1000, Self.arrayLimit)
      let isProbe = plan.settings.chunk == nil && median == nil && !plan.detaches
      let needed = (board.waitingCount + chunk - 1) / chunk
      let tasks = min(needed, limit, isProbe ? slots : .max)
      if plan.detaches { return Size(tasks: tasks, chunk: chunk, throttle: slots) }
      guard open <= slots / 4 || open + tasks <= slots else { return nil }
      return Size(tasks: tasks, chunk: chunk, throttle: max(1, slots - open))
    }
  }

  /// Hands in the next batch, where it is its time.
  private func handIn() async throws {
    guard let size = nextSize else { return }
    let name = "sweep-\(plan.spec.folder)-\(UUID().uuidString.prefix(8).lowercased())"
    let folder = "\(plan.shared)/slurm/\(name)"
    let program = try placeProgram()
    let chunks = state.withLock { $0.board.take(name, tasks: size.tasks, chunk: size.chunk) }
    let submission = Submission(
      name: name,
      folder: folder,
      tasks: chunks.count,
      throttle: min(size.throttle, chunks.count),
      cores: plan.spec.limits.cores,
      predecessor: plan.detaches ? state.withLock { $0.batches.last?.job } : nil,
      settings: plan.settings
    )
    // The row comes first: a folder without one would be nobody's.
    let batch = try store.begin(
      Batch(
        name: name,
        folder: folder,
        tasks: submission.tasks,
        runs: chunks.reduce(0) { $0 + $1.count },
        submitted: Date(),
        settings: plan.settings
      ),
      ofSweep: state.withLock { $0.sweepID }
    )
    try BatchFolder(folder).make(
      manifest(program.digest),
      chunks: chunks,
      script: submission.script(program: program.path)
    )
    try await handIn(submission, as: batch)
  }

  /// Calls `sbatch` once, and writes down what it said.
  private func handIn(_ submission: Submission, as batch: Batch) async throws {
    state.withLock { state in
      state.batches.append(batch)
      state.uncertain[batch.name] = (self.now, "")
    }
    let answer = await calls.submit(submission)
    let now = now
    state.withLock { state in
      state.nextSubmission = now + plan.time(SlurmPace.submission)
      state.uncertain[batch.name] = (now, answer.complaint)
      state.pollPause = SlurmPace.shortestPoll
      state.nextPoll = max(state.nextPoll, now + plan.time(SlurmPace.shortestPoll / 2))
    }
    if answer.isGood, let job = Submission.job(in: answer.output) { try confirm(batch, as: job) }
  }

  private func manifest(_ digest: String) -> BatchManifest {
    BatchManifest(
      spec: plan.spec.text,
      directory: plan.spec.directory,
      program: digest,
      runs: plan.shared + "/runs",
      cache: plan.cache,
      timeLimitSeconds: state.withLock { $0.timeLimit?.seconds },
      devices: plan.devices.devices,
      perDevice: plan.devices.perDevice,
      // Ten thousand tasks must not write files faster than one program reads them.
      sealSeconds: max(2, Double(plan.settings.slots) / 100) * min(1, max(0.1, plan.pace))
    )
  }

  /// Puts a copy of the program where all nodes see it, before the first batch.
  private func placeProgram() throws -> PlacedProgram {
    if let placed = state.withLock({ $0.program }) { return placed }
    let placed = try PlacedProgram(plan.program, in: plan.shared + "/bin")
    state.withLock { $0.program = placed }
    return placed
  }
}
