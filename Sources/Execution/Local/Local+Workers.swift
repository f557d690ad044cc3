import Foundation
import Subprocess
import Sweeps

extension Local {
  /// Has the slot's worker make a run.
  ///
  /// A worker that ends well without a word about a run, after it made others, is taken to have ended before it was
  /// given this one, and the run goes to a new worker; any other end is the run's outcome.
  func share(
    _ assignment: Assignment,
    _ transcript: Transcript,
    began: (pid_t) -> Task<Void, Never>
  ) async throws -> Ending {
    while true {
      do {
        let worker = try await worker(of: assignment.slot)
        let isNew = worker.runs == 0
        let ending = try await make(assignment, by: worker, transcript, began)
        if case .ended(.exited(0), from: nil) = ending, !isNew, await transcript.isEmpty {
          await workers.drop(assignment.slot)
          continue
        }
        await transcript.finish()
        return ending
      } catch let shortage as Shortage {
        throw shortage
      } catch {
        await workers.drop(assignment.slot)
        return .notStarted(launchFailure(error))
      }
    }
  }

  private func worker(of slot: Int) async throws -> WorkerProcess {
    try await workers.worker(of: slot) {
      try await patiently(unless: { false }) {
        try await WorkerProcess.start(
          configuration(
            launch.arguments(ofWorkerIn: slot, device: devices.name(of: slot) ?? ""),
            ["SWEEP_SLOT": String(slot)].merging(devices.environment(of: slot)) { $1 }
          ),
          in: groups
        )
      }
    }
  }

  private func make(
    _ assignment: Assignment,
    by worker: WorkerProcess,
    _ transcript: Transcript,
    _ began: (pid_t) -> Task<Void, Never>
  ) async throws -> Ending {
    let timer = began(worker.group)
    defer { timer.cancel() }
    if let fault = await faultBetweenRuns(of: worker, into: transcript) {
      await workers.drop(assignment.slot)
      return .notStarted(fault)
    }
    let run = assignment.run
    let line = RunLine(run, folder: folders.run(run)).text
    guard await worker.make(line, into: transcript) else {
      let end = try await worker.end()
      return .ended(end.status, from: end.reason)
    }
    // A limit that passes in this instant must end this run's worker, and not the next run.
    timer.cancel()
    await timer.value
    if groups.ending(of: worker.group) != nil { await workers.drop(assignment.slot) }
    if let named = await transcript.concludedRun, named != run.id {
      await workers.drop(assignment.slot)
      return .notStarted(
        "The worker was given run \(run.id), and its final line names the run '\(named)'."
      )
    }
    if await transcript.hasSurplus { worker.distrust() }
    return .answered
  }

  /// What is wrong with what a worker printed after its last run, which would be taken for the next run's.
  private func faultBetweenRuns(
    of worker: WorkerProcess,
    into transcript: Transcript
  ) async -> String? {
    let words = worker.idleWords()
    let log = Transcript(pattern: nil, log: "/dev/null")
    await log.read(words.output, from: .output)
    await log.finish()
    let measured = await log.measurements
    let isResult = await log.isConcluded || !measured.curve.isEmpty
    guard worker.isDistrusted || isResult else {
      let rest = words.output + words.errors
      if !rest.isEmpty { await transcript.note(String(decoding: rest, as: UTF8.self)) }
      return nil
    }
    return
      "The worker printed results after its final line, with no run to make: a run ends with the first line that holds 'final' or 'diverged'."
  }
}
