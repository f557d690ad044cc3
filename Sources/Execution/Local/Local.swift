import Notation
import Storage
import Sweeps
import Foundation
import Subprocess

#if canImport(System)
import System
#else
import SystemPackage
#endif

/// Runs programs on this machine, each in a process group of its own, without a shell.
struct Local: Sendable {
  /// What is started for every run.
  let launch: Launch
  let folders: SweepFolders
  let groups: ProcessGroups
  let results: ResultsSource?
  let memoryBytes: Int?
  /// Whether the spec limits the time of a run.
  let isTimeLimited: Bool
  /// `NAME=value` with a closing zero byte, the same for all runs.
  let environment: [[UInt8]]

  /// Runs one attempt to its end, whatever that is.
  ///
  /// - Parameters:
  ///   - run: What to compute.
  ///   - number: Counts the attempts at this run from 1.
  ///   - slot: The place among those that run at the same time, from 0.
  ///   - timeout: Gives the limit as far as it is known; time stands still while the machine sleeps.
  ///   - began: Is told the process once it is there.
  /// - Returns: The attempt as the store keeps it.
  /// - Throws: ``StoreError`` when the run's folder cannot be written, which is no fault of the program.
  func attempt(
    _ run: Run,
    number: Int,
    slot: Int,
    timeout: @escaping @Sendable () async -> Duration?,
    began: @Sendable (ProcessIdentity, Date) async -> Void
  ) async throws -> Record {
    try folders.prepare(run, results: results?.file)
    let transcript = Transcript(
      pattern: results?.pattern,
      log: folders.log(of: run, attempt: number)
    )
    let clock = SuspendingClock()
    let started = Date()
    let start = clock.now
    let ending = await supervise(run, slot: slot, into: transcript) { group in
      if let memoryBytes { limitMemory(of: group, toBytes: memoryBytes) }
      await began(
        ProcessIdentity(living: group) ?? ProcessIdentity(pid: group, start: ""),
        started
      )
      return Task { await end(group, after: timeout, since: start) }
    }
    let outcome = await outcome(of: ending, transcript, run)
    return Record(
      run: run,
      attempt: number,
      outcome: outcome,
      measurements: await transcript.measurements,
      lastLines: outcome == .finished ? [] : await transcript.lastLines,
      started: started,
      duration: start.duration(to: clock.now)
    )
  }

  /// How a program ended: by itself or from here, or that it never began.
  private enum Ending {
    case ended(TerminationStatus, from: ProcessGroups.Ending?)
    case notStarted(String)
  }

  /// Starts a program and reads what it prints until it has ended, and with it all that it started.
  ///
  /// `began` is given the process group, and gives back the task that watches the time.
  private func supervise(
    _ run: Run,
    slot: Int,
    into transcript: Transcript,
    began: (pid_t) async -> Task<Void, Never>
  ) async -> Ending {
    var group: pid_t?
    var timer: Task<Void, Never>?
    let result: Result<TerminationStatus, any Error>
    do {
      let ended = try await Subprocess.run(
        configuration(of: run, slot: slot),
        input: .none,
        output: .sequence,
        error: .sequence
      ) { execution in
        let leader = execution.processIdentifier.value
        group = leader
        groups.began(leader)
        timer = await began(leader)
        async let errors: Void = read(
          execution.standardError,
          .errors,
          of: leader,
          into: transcript
        )
        try await read(execution.standardOutput, .output, of: leader, into: transcript)
        try await errors
      }
      result = .success(ended.terminationStatus)
    } catch {
      result = .failure(error)
    }
    timer?.cancel()
    await transcript.finish()
    let reason = group.flatMap { groups.ended($0) }
    switch result {
    case .success(let status): return .ended(status, from: reason)
    case .failure(let error): return .notStarted(launchFailure(error))
    }
  }

  /// Ends a program once its limit has passed, asking again for a limit that is not known yet.
  private func end(
    _ group: pid_t,
    after timeout: @Sendable () async -> Duration?,
    since start: SuspendingClock.Instant
  ) async {
    let clock = SuspendingClock()
    while !Task.isCancelled {
      guard let limit = await timeout() else {
        guard isTimeLimited, (try? await clock.sleep(for: .seconds(1))) != nil else { return }
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
      if hasExited(group) { kill(-group, SIGKILL) }
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
    case .exited(0):
      return await transcript.measurements.final.isEmpty ? .failed(.noResult) : .finished
    case .exited(let code): return .failed(.exit(code: Int(code)))
    case .signaled(let signal): return .failed(.signal(Int(signal)))
    }
  }

  // MARK: Start

  private func configuration(of run: Run, slot: Int) -> Configuration {
    var options = PlatformOptions()
    options.processGroupID = 0
    let own = [
      "SWEEP_RUN": run.id, "SWEEP_SEED": String(run.seed),
      "SWEEP_SETTINGS": folders.settings(of: run), "SWEEP_RUN_DIR": folders.run(run),
      "SWEEP_SLOT": String(slot),
    ]
    let words = launch.arguments(of: run, slot: slot, folders: folders)
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

  private func launchFailure(_ error: any Error) -> String {
    guard let error = error as? SubprocessError else {
      return "'\(launch.program)' could not be run: \(reason(of: error))"
    }
    let cause = error.underlyingError.map { " (\($0))" } ?? ""
    return "'\(launch.program)' could not be run: \(error.description)\(cause)"
  }
}
