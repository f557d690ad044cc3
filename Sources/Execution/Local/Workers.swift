import Foundation
import Sweeps
import Synchronization

/// The programs of a session that make one run after another, one for each slot that has had a run.
final class Workers: Sendable {
  private let bySlot = Mutex<[Int: WorkerProcess]>([:])

  /// The program of a slot, started where there is none, or none any more.
  ///
  /// - Parameters:
  ///   - slot: No two runs have it at the same time.
  ///   - start: Starts one.
  /// - Returns: The program, which is at no run.
  /// - Throws: What starting throws.
  func worker(
    of slot: Int,
    orElse start: () async throws -> WorkerProcess
  ) async throws -> WorkerProcess {
    if let there = bySlot.withLock({ $0[slot] }), !there.hasEnded { return there }
    let new = try await start()
    bySlot.withLock { $0[slot] = new }
    return new
  }

  /// Lets go of a slot's program at once; the next run of the slot gets a new one.
  func drop(_ slot: Int) async {
    guard let worker = bySlot.withLock({ $0.removeValue(forKey: slot) }) else { return }
    if !worker.hasEnded { kill(-worker.group, SIGKILL) }
    _ = try? await worker.end()
  }

  /// Tells all that there are no more runs, and waits until they have ended.
  func dismiss() async {
    let workers = bySlot.withLock { bySlot in
      defer { bySlot = [:] }
      return Array(bySlot.values)
    }
    guard !workers.isEmpty else { return }
    for worker in workers { worker.closeInput() }
    let deadline = Task {
      guard (try? await Task.sleep(for: ProcessGroups.grace)) != nil else { return }
      for worker in workers where !worker.hasEnded { kill(-worker.group, SIGKILL) }
    }
    for worker in workers { _ = try? await worker.end() }
    deadline.cancel()
  }
}
