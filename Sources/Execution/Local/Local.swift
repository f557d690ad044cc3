import Foundation
package import Storage
import Subprocess
package import Sweeps
import Synchronization

#if canImport(System)
import System
#else
import SystemPackage
#endif

/// Runs programs on this machine, each in a process group of its own, without a shell.
///
/// Each run has a process of its own, but where the spec's program is a worker: then the runs of a slot share one.
///
/// None of them outlives its coordinator: a guard ends them when it is killed, and the next start ends what the
/// guard missed.
package final class Local: Executor {
  package let token = UUID().uuidString
  package let slots: Int
  package let devices: Devices
  package let events: AsyncStream<ExecutorEvent>
  private let tell: AsyncStream<ExecutorEvent>.Continuation
  let launch: Launch
  let folders: SweepFolders
  private let results: ResultsSource?
  private let keep: [KeptFile]
  /// What a run's folder may hold of no earlier attempt.
  private let ownFiles: [String]
  private let limits: Limits
  /// What the analysis is about: a run without a finite value of one of these has no result.
  private let declaredMetrics: [String]
  private let sentryCommand: [String]
  let groups = ProcessGroups()
  let workers = Workers()
  /// The levels of the cell whose points may be looked at while it is at work; nil for all cells.
  private let openLevels: [String]?
  private let timeLimit = Mutex<Duration?>(nil)
  /// `NAME=value` with a closing zero byte, the same for all runs.
  let environment: [[UInt8]]

  /// - Parameters:
  ///   - slots: Programs at a time.
  ///   - spec: For the limits of a run, and where its metrics are.
  ///   - launch: The program of every run.
  ///   - folders: Where the files of the sweep lie.
  ///   - devices: What the slots have to themselves.
  ///   - sentry: The program and arguments that call ``Sentry/watch(mark:input:)`` with one more argument; empty
  ///     for none.
  ///   - hidesCurves: Whether points of other cells than the baseline's are kept from who looks on, although the spec
  ///     asks nothing.
  package init(
    slots: Int,
    spec: Spec,
    launch: Launch,
    folders: SweepFolders,
    devices: Devices = .none,
    sentry: [String] = [],
    hidesCurves: Bool = false
  ) {
    self.slots = slots
    self.devices = devices
    self.launch = launch
    self.results = spec.results
    keep = spec.keep
    // A program of one's own may go on from what it left, under whatever name.
    let kept = spec.program == nil ? KeptFile.allCases.map(\.name) : []
    ownFiles = (spec.results?.file.map { [$0] } ?? []) + kept
    // What a question compares is not even written where everybody could read it.
    openLevels = spec.questions.isEmpty && !hidesCurves ? nil : spec.axes.map(\.baseline.text)
    limits = spec.limits
    declaredMetrics = spec.metricNames
    self.folders = folders
    sentryCommand = sentry
    environment = WorkerEnvironment.entries(
      cores: spec.limits.cores,
      mark: Self.mark(token),
      devices: devices
    )
    (events, tell) = AsyncStream.makeStream()
  }

  /// What the environment of every program of a session carries.
  private static func mark(_ token: String) -> String { "SWEEP_COORDINATOR=\(token)" }

  /// Ends what is left of sessions that were killed, and adopts nothing.
  package func start(recovering sessions: [AbandonedSession]) async throws -> Recovery {
    var count = 0
    for session in sessions {
      for attempt in session.attempts {
        guard let process = ProcessIdentity(handle: attempt.handle), process.isAlive else {
          continue
        }
        Foundation.kill(-process.pid, SIGKILL)
        count += 1
      }
      count += endProcesses(marked: Self.mark(session.token))
    }
    try folders.prepare()
    if !sentryCommand.isEmpty {
      groups.watch(with: try Sentry.start(sentryCommand + [Self.mark(token)]))
      Task { await keepWatch() }
    }
    return Recovery(ended: count)
  }

  /// Starts another sentry where one was killed, until it is let go.
  private func keepWatch() async {
    for _ in 0..<Self.mostSentries {
      guard let sentry = groups.sentry else { return }
      await sentry.ended()
      guard groups.sentry === sentry,
        let next = try? Sentry.start(sentryCommand + [Self.mark(token)])
      else { return }
      groups.watch(with: next)
    }
  }

  /// Somebody who kills every sentry means it.
  private static let mostSentries = 100

  package func submit(_ assignments: [Assignment]) {
    for assignment in assignments {
      Task {
        do {
          tell.yield(.ended(try await attempt(assignment)))
        } catch {
          tell.yield(.failed(assignment.key, error))
        }
      }
    }
  }

  package func limitTime(to limit: Duration?) { timeLimit.withLock { $0 = limit } }

  package func stop() {
    groups.stopAll()
    Task {
      try? await Task.sleep(for: ProcessGroups.grace)
      groups.killAll()
    }
  }

  package func kill() { groups.killAll() }

  package func stored(_ record: Record) {
    unlink(folders.liveCurve(of: record.run, attempt: record.attempt))
  }

  package func finish() async {
    tell.finish()
    await workers.dismiss()
    await groups.dismissWatch()
    folders.removeLiveCurves()
  }

  /// Runs one attempt to its end, whatever that is.
  ///
  /// - Returns: The attempt as the store keeps it.
  /// - Throws: ``StoreError`` when the run's folder cannot be written, which is no fault of the program.
  private func attempt(_ assignment: Assignment) async throws -> Record {
    let run = assignment.run
    try folders.prepare(run, removing: ownFiles)
    let transcript = Transcript(
      pattern: results?.pattern,
      log: folders.log(of: run, attempt: assignment.attempt),
      curve: openLevels.map { $0 == run.levels } ?? true
        ? folders.liveCurve(of: run, attempt: assignment.attempt) : nil,
      endsWithResult: launch.isShared
    )
    let site = Site(device: devices.name(of: assignment.slot) ?? "")
    let clock = SuspendingClock()
    let started = Date()
    let start = clock.now
    let began: (pid_t) -> Task<Void, Never> = { [self] group in
      if let memoryBytes = limits.memoryBytes { limitMemory(of: group, toBytes: memoryBytes) }
      let handle = ProcessIdentity(living: group)?.handle ?? ""
      tell.yield(.began(assignment.key, handle: handle, at: started, site: site))
      return Task { await endAtLimit(group, since: start) }
    }
    let ending =
      launch.isShared
      ? try await share(assignment, transcript, began: began)
      : try await supervise(assignment, transcript, began: began)
    let outcome = await outcome(of: ending, transcript, run)
    return Record(
      run: run,
      attempt: assignment.attempt,
      outcome: outcome,
      measurements: await transcript.measurements,
      lastLines: outcome == .finished ? [] : await transcript.lastLines,
      started: started,
      duration: start.duration(to: clock.now),
      site: site
    )
  }

  /// How a program ended: by itself or from here, or that it never began.
  enum Ending {
    case ended(TerminationStatus, from: ProcessGroups.Ending?)
    /// A worker said how the run came out, and lives on.
    case answered
    case notStarted(String)
  }

  /// Starts a program and reads what it prints until it has ended, and with it all that it started.
  ///
  /// `began` is given the process group, and gives back the task that watches the time.
  private func supervise(
    _ assignment: Assignment,
    _ transcript: Transcript,
    began: (pid_t) -> Task<Void, Never>
  ) async throws -> Ending {
    var group: pid_t?
    var timer: Task<Void, Never>?
    let result: Result<TerminationStatus, any Error>
    do {
      let status = try await patiently(unless: { group != nil }) {
        try await Subprocess.run(
          configuration(of: assignment.run, slot: assignment.slot),
          input: .none,
          output: .sequence,
          error: .sequence
        ) { execution in
          let leader = execution.processIdentifier.value
          group = leader
          groups.began(leader)
          timer = began(leader)
          async let errors: Void = read(
            execution.standardError,
            .errors,
            of: leader,
            into: transcript
          )
          try await read(execution.standardOutput, .output, of: leader, into: transcript)
          try await errors
        }.terminationStatus
      }
      result = .success(status)
    } catch {
      result = .failure(error)
    }
    timer?.cancel()
    await transcript.finish()
    let reason = group.flatMap { groups.ended($0) }
    switch result {
    case .success(let status): return .ended(status, from: reason)
    case .failure(let shortage as Shortage): throw shortage
    case .failure(let error):
      // One that comes when the program has begun, such as a thread that cannot be made to watch it, is no fault of it either.
      if let shortage = Shortage(error) { throw shortage }
      return .notStarted(launchFailure(error))
    }
  }

  /// Ends a program once its limit has passed, looking again where the limit is not known yet.
  private func endAtLimit(_ group: pid_t, since start: SuspendingClock.Instant) async {
    let clock = SuspendingClock()
    while !Task.isCancelled {
      guard let limit = timeLimit.withLock({ $0 }) else {
        guard limits.timeout != nil, (try? await clock.sleep(for: .seconds(1))) != nil else {
          return
        }
        continue
      }
      let left = limit - start.duration(to: clock.now)
      guard left > .zero else { return await groups.end(group, because: .timeout(limit)) }
      guard (try? await clock.sleep(for: left)) != nil else { return }
    }
  }

  private func read(
    _ sequence: SubprocessOutputSequence,
    _ stream: Transcript.Stream,
    of group: pid_t,
    into transcript: Transcript
  ) async throws {
    for try await buffer in sequence {
      await transcript.read(buffer, from: stream)
      // A program that ended may have left a child that prints for ever into the same pipe.
      if hasExited(group) { Foundation.kill(-group, SIGKILL) }
    }
  }

  /// Says whether a child has ended and still waits to be collected, so that its number is still its own.
  private func hasExited(_ pid: pid_t) -> Bool {
    var state = siginfo_t()
    return waitid(P_PID, id_t(pid), &state, WEXITED | WNOHANG | WNOWAIT) == 0
      && state.si_signo != 0
  }

  private func outcome(
    of ending: Ending,
    _ transcript: Transcript,
    _ run: Run
  ) async -> Outcome {
    let status: TerminationStatus
    switch ending {
    case .answered: status = .exited(0)
    case .notStarted(let why):
      await transcript.note(why)
      return .failed(.notStarted(why))
    case .ended(_, from: .stop?): return .cancelled
    case .ended(_, from: .timeout(let limit)?): return .timedOut(after: limit)
    case .ended(let own, from: nil): status = own
    }
    if let file = results?.file { await transcript.read(fileAt: folders.results(file, of: run)) }
    if let divergence = await transcript.divergence {
      return .diverged(epoch: divergence.epoch, reason: divergence.reason)
    }
    switch status {
    case .exited:
      if let reason = await transcript.measurements.divergence(of: declaredMetrics) {
        return .diverged(epoch: nil, reason: reason)
      }
    case .signaled: break
    }
    switch status {
    case .exited(0):
      return await transcript.measurements.final.isEmpty ? .failed(.noResult) : .finished
    case .exited(let code): return .failed(.exit(code: Int(code)))
    case .signaled(let signal): return .failed(.signal(Int(signal)))
    }
  }

  // MARK: Start

  private func configuration(of run: Run, slot: Int) -> Configuration {
    var own = [
      "SWEEP_RUN": run.id, "SWEEP_SEED": String(run.seed),
      "SWEEP_SETTINGS": folders.settings(of: run), "SWEEP_RUN_DIR": folders.run(run),
      "SWEEP_SLOT": String(slot),
    ].merging(devices.environment(of: slot)) { $1 }
    if !keep.isEmpty { own["SWEEP_KEEP"] = keep.map(\.rawValue).joined(separator: ",") }
    let device = devices.name(of: slot) ?? ""
    return configuration(
      launch.arguments(of: run, slot: slot, device: device, folders: folders),
      own
    )
  }

  /// A program as the leader of a process group.
  ///
  /// - Parameters:
  ///   - words: What it is called, and its arguments.
  ///   - own: What its environment holds beside that of all programs.
  /// - Returns: What is to be started.
  func configuration(_ words: [String], _ own: [String: String]) -> Configuration {
    var options = PlatformOptions()
    options.processGroupID = 0
    return Configuration(
      executable: .path(FilePath(launch.program)),
      arguments: Arguments(
        executablePathOverride: words[0],
        remainingValues: Array(words.dropFirst())
      ),
      environment: .custom(environment + own.map { Array("\($0.key)=\($0.value)\0".utf8) }),
      workingDirectory: FilePath(launch.directory),
      platformOptions: options
    )
  }

  func launchFailure(_ error: any Error) -> String {
    guard let error = error as? SubprocessError else {
      return "'\(launch.program)' could not be run: \(reason(of: error))"
    }
    let cause = error.underlyingError.map { " (\($0))" } ?? ""
    return "'\(launch.program)' could not be run: \(error.description)\(cause)"
  }
}
