package import Foundation
import Notation
import Storage
package import Sweeps

/// What a coordinator knows of the runs that it gave to a cluster: the decisions without the cluster.
///
/// A run is the coordinator's by an assignment, and the cluster's by the task that is to make it. Which assignment an
/// execution answers is decided when it is heard of: a task that was started anew makes another attempt.
package struct ClusterBoard: Sendable {
  /// A task of a batch.
  package struct TaskKey: Sendable, Hashable {
    /// The batch's name.
    package let batch: String
    package let index: Int

    package init(batch: String, index: Int) {
      self.batch = batch
      self.index = index
    }
  }

  struct TaskState: Sendable {
    /// Runs without an end that was told.
    var runs: Set<String>
    /// Answers in a row in which it was not alive, and since when.
    var misses = 0
    var missedSince: Duration?
    var state: String?
    var node = ""
    var hasBegun = false
  }

  /// A start of a run on some node.
  struct Execution: Sendable {
    let token: String
    var began: (moment: Date, site: Site)?
    var isAnnounced = false
    /// An end that no assignment has asked for yet.
    var ending: (Segment.Ending, Site)?
  }

  /// Successive answers without a task after which it is not coming back.
  static let misses = 3

  /// Attempts that may begin and be lost before a run counts as failed.
  let attempts: Int
  private var waiting: ArraySlice<Assignment> = []
  private var claims: [String: Assignment] = [:]
  private var coverage: [String: TaskKey] = [:]
  private var executions: [String: Execution] = [:]
  private(set) var tasks: [TaskKey: TaskState] = [:]
  private var losses: [String: Int] = [:]
  /// Seconds of the runs that ended well, for the size of chunks.
  private(set) var durations = SortedDurations([])
  private(set) var hasBegun = false
  /// Tasks that failed before any run of theirs had begun.
  private(set) var barrenTasks: Set<TaskKey> = []

  package init(attempts: Int) {
    self.attempts = attempts
  }

  /// Assignments that no task covers yet.
  package var waitingCount: Int { waiting.count }
  /// Tasks with runs that have no end.
  package var openTaskCount: Int { tasks.values.count { !$0.runs.isEmpty } }
  package var medianSeconds: Double? { durations.middle }
  /// Whether a batch has runs without an end.
  package func isOpen(_ batch: String) -> Bool {
    tasks.contains { $0.key.batch == batch && !$0.value.runs.isEmpty }
  }
  package var openBatches: Set<String> {
    Set(tasks.lazy.filter { !$0.value.runs.isEmpty }.map(\.key.batch))
  }

  // MARK: What the coordinator does

  /// Takes in a batch that earlier sessions, or this one, handed to the cluster.
  package mutating func add(_ batch: String, chunks: [[String]]) {
    for (index, runs) in chunks.enumerated() {
      let key = TaskKey(batch: batch, index: index)
      // A later batch has a run only where the earlier one was given up.
      for run in runs { coverage[run] = key }
      tasks[key] = TaskState(runs: Set(runs))
    }
  }

  /// Takes in an attempt of an earlier session that was under way.
  ///
  /// - Returns: Whether something may still come of it.
  package mutating func adopt(_ run: String, token: String, since moment: Date) -> Bool {
    guard coverage[run] != nil else { return false }
    var execution = Execution(token: token)
    execution.began = (moment, Site())
    execution.isAnnounced = true
    executions[run] = execution
    return true
  }

  /// Binds an adopted attempt to its assignment, which has begun.
  package mutating func claim(_ assignment: Assignment) { claims[assignment.run.id] = assignment }

  /// Takes in assignments: what a task already covers is bound to it, the others wait for a batch.
  ///
  /// - Returns: What is known of them by now.
  package mutating func submit(_ assignments: [Assignment]) -> [ExecutorEvent] {
    var events: [ExecutorEvent] = []
    for assignment in assignments {
      let run = assignment.run.id
      if coverage[run] != nil {
        claims[run] = assignment
        events += announce(run)
      } else {
        waiting.append(assignment)
      }
    }
    return events
  }

  /// The next runs for a batch, which are covered by it from here on.
  package mutating func take(_ batch: String, tasks: Int, chunk: Int) -> [[Run]] {
    var chunks: [[Run]] = []
    while chunks.count < tasks, !waiting.isEmpty {
      let taken = Array(waiting.prefix(chunk))
      waiting = waiting.dropFirst(taken.count)
      for assignment in taken { claims[assignment.run.id] = assignment }
      chunks.append(taken.map(\.run))
    }
    add(batch, chunks: chunks.map { $0.map(\.id) })
    return chunks
  }

  // MARK: What tasks say

  /// Whether the end of a run that a start of a task tells of would be news.
  package func isExpected(_ run: String, by token: String, of task: TaskKey) -> Bool {
    guard coverage[run] == task else { return false }
    return executions[run].map { $0.token == token && $0.ending == nil } ?? true
  }

  /// Takes in a line of a segment.
  ///
  /// - Parameters:
  ///   - line: What is said.
  ///   - segment: By which start of a task.
  ///   - batch: The batch's name.
  /// - Returns: What follows.
  package mutating func take(_ line: Segment.Line, of segment: Segment, in batch: String)
    -> [ExecutorEvent]
  {
    let task = TaskKey(batch: batch, index: segment.task)
    var site = segment.site
    switch line {
    case .began(let run, let moment, let device):
      site.device = device
      let token = segment.token
      let hasEnd = executions[run].map { $0.ending != nil && $0.token != token } ?? false
      guard coverage[run] == task, !hasEnd else {
        return [.surplus(SurplusAttempt(run: run, handle: token, started: moment, site: site))]
      }
      return began(run, segment.token, at: moment, site, of: task)
    case .ended(let ending):
      guard coverage[ending.run] == task else { return [] }
      site.device = ending.device
      return ended(ending, segment.token, site, of: task)
    }
  }

  private mutating func began(
    _ run: String,
    _ token: String,
    at moment: Date,
    _ site: Site,
    of task: TaskKey
  ) -> [ExecutorEvent] {
    hasBegun = true
    tasks[task]?.hasBegun = true
    let earlier = executions[run]
    guard earlier?.token != token else { return [] }
    var events: [ExecutorEvent] = []
    if earlier?.isAnnounced == true {
      events = lost(run, because: "its task was started anew on \(site.node)")
    }
    executions[run] = Execution(token: token, began: (moment, site))
    // A claim that was just lost is answered by the next one.
    return events + announce(run)
  }

  private mutating func ended(
    _ ending: Segment.Ending,
    _ token: String,
    _ site: Site,
    of task: TaskKey
  ) -> [ExecutorEvent] {
    let run = ending.run
    var execution = executions[run] ?? Execution(token: token)
    // Of two that were under way at once the one that is on the books answers; the other was lost.
    guard execution.token == token, execution.ending == nil else { return [] }
    hasBegun = true
    if ending.outcome == .finished { durations.insert(ending.duration.seconds) }
    execution.ending = (ending, site)
    executions[run] = execution
    // However long it takes until somebody asks for it, it is not made again.
    tasks[task]?.runs.remove(run)
    return announce(run)
  }

  /// Tells the coordinator what is known of a run, once it has an assignment for it.
  private mutating func announce(_ run: String) -> [ExecutorEvent] {
    guard let claim = claims[run], var execution = executions[run] else { return [] }
    var events: [ExecutorEvent] = []
    if !execution.isAnnounced, let (moment, site) = execution.began {
      execution.isAnnounced = true
      executions[run] = execution
      let handle = execution.token
      events.append(.began(claim.key, handle: handle, at: moment, site: site))
    }
    guard let (ending, site) = execution.ending else { return events }
    forget(run)
    return events + [.ended(ending.record(of: claim, at: site))]
  }

  /// Runs that tasks have and nobody has asked for.
  package var unclaimedRuns: [String] { coverage.keys.filter { claims[$0] == nil } }

  /// Forgets runs that nobody will ask for, for their ends are in the store.
  package mutating func drop(_ runs: [String]) {
    for run in runs { forget(run) }
  }

  /// Forgets a run that has its end.
  private mutating func forget(_ run: String) {
    if let task = coverage.removeValue(forKey: run) { tasks[task]?.runs.remove(run) }
    claims[run] = nil
    executions[run] = nil
    losses[run] = nil
  }

  /// What a run's attempt comes to that began and has no end.
  private mutating func lost(_ run: String, because reason: String) -> [ExecutorEvent] {
    guard let claim = claims.removeValue(forKey: run) else { return [] }
    losses[run, default: 0] += 1
    guard losses[run, default: 0] >= attempts, let began = executions[run]?.began else {
      return [.lost(claim.key, because: reason)]
    }
    let record = Record(
      run: claim.run,
      attempt: claim.attempt,
      outcome: .failed(.abandoned(attempts: attempts, reason: reason)),
      measurements: Measurements(),
      lastLines: [],
      started: began.moment,
      duration: .zero,
      site: began.site
    )
    forget(run)
    return [.ended(record)]
  }

  // MARK: What Slurm says

  /// Takes in an answer about batches.
  ///
  /// - Parameters:
  ///   - answer: What was said.
  ///   - batches: Which were asked for and have a job.
  ///   - now: The time since some moment.
  /// - Returns: Whether anything moved since the last answer.
  package mutating func observe(_ answer: QueueAnswer, of batches: Set<String>, at now: Duration)
    -> Bool
  {
    var alive: Set<TaskKey> = []
    var states: [TaskKey: (state: String, node: String)] = [:]
    for line in answer.lines where batches.contains(line.name) {
      for index in line.tasks {
        let key = TaskKey(batch: line.name, index: index)
        if line.isAlive { alive.insert(key) }
        states[key] = (line.state, line.node)
      }
    }
    var hasMoved = false
    for (key, task) in tasks where batches.contains(key.batch) && !task.runs.isEmpty {
      var task = task
      if let (state, node) = states[key] {
        hasMoved = hasMoved || task.state != state
        task.state = state
        if !node.isEmpty { task.node = node }
      }
      if alive.contains(key) {
        (task.misses, task.missedSince) = (0, nil)
      } else {
        hasMoved = true
        task.misses += 1
        task.missedSince = task.missedSince ?? now
      }
      tasks[key] = task
    }
    return hasMoved
  }

  /// The tasks that are not coming back: not alive in three answers in a row, and for longer than a file takes to be seen.
  package func goneTasks(at now: Duration, grace: Duration) -> [TaskKey] {
    tasks.filter { _, task in
      !task.runs.isEmpty && task.misses >= Self.misses
        && task.missedSince.map { now - $0 >= grace } ?? false
    }.keys.sorted { ($0.batch, $0.index) < ($1.batch, $1.index) }
  }

  /// Gives up on a task: its runs are free again.
  ///
  /// - Returns: What that means to the coordinator; a run that had not begun waits for the next batch.
  package mutating func giveUp(_ key: TaskKey, because given: String? = nil) -> [ExecutorEvent] {
    guard let task = tasks[key] else { return [] }
    if task.state == "FAILED", !task.hasBegun { barrenTasks.insert(key) }
    let reason = given ?? TaskEnd.sentence(task.state, node: task.node)
    var events: [ExecutorEvent] = []
    for run in task.runs.sorted() where coverage[run] == key {
      coverage[run] = nil
      if executions[run]?.isAnnounced == true {
        events += lost(run, because: reason)
      } else if let claim = claims.removeValue(forKey: run) {
        waiting.append(claim)
      }
      executions[run] = nil
    }
    tasks[key]?.runs = []
    return events
  }

  /// Forgets the tasks of a batch of which nothing more comes.
  package mutating func close(_ batch: String) {
    tasks = tasks.filter { $0.key.batch != batch }
  }

  /// Takes back the assignments that wait, and those whose runs have not begun.
  package mutating func withdraw() -> [ExecutorEvent] {
    var withdrawn = Array(waiting)
    waiting = []
    for (run, claim) in claims where executions[run] == nil {
      withdrawn.append(claim)
      claims[run] = nil
    }
    return withdrawn.map { .returned($0.key) }
  }

  /// Takes back every assignment.
  package mutating func cancel() -> [ExecutorEvent] {
    let begun = claims.filter { executions[$0.key]?.isAnnounced == true }.map(\.value)
    let events: [ExecutorEvent] = begun.map { .ended($0.cancelled()) }
    for claim in begun { claims[claim.run.id] = nil }
    defer { claims = [:] }
    return withdraw() + claims.values.map { .returned($0.key) } + events
  }
}

extension Segment.Ending {
  /// The record of an assignment that ended so.
  fileprivate func record(of assignment: Assignment, at site: Site) -> Record {
    Record(
      run: assignment.run,
      attempt: assignment.attempt,
      outcome: outcome,
      measurements: measurements,
      lastLines: lastLines,
      started: started,
      duration: duration,
      site: site
    )
  }
}

extension Assignment {
  /// The record of an attempt that was taken back.
  fileprivate func cancelled() -> Record {
    Record(
      run: run,
      attempt: attempt,
      outcome: .cancelled,
      measurements: Measurements(),
      lastLines: [],
      started: Date(),
      duration: .zero
    )
  }
}
