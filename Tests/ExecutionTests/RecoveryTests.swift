import Execution
import Foundation
import GRDB
import Notation
import Storage
import Sweeps
import TestSupport
import Testing

/// What becomes of attempts that nobody saw the end of, and of starts that cannot go on.
struct RecoveryTests {
  private struct Broken: Error, Equatable {}

  /// Stops a sweep and makes its database say what a coordinator leaves that was killed at that moment.
  private func leaveOpen(_ trial: Trial) async throws -> [Assignment] {
    let executor = Scripted(slots: 2) { _ in .works }
    let (coordinator, store) = try trial.coordinator(executor)
    _ = try await coordinator.run { event in
      guard case .began(_, _, let slot, _) = event, slot == 1 else { return }
      Task { await coordinator.stop(.interrupted) { _ in } }
    }
    try store.close()
    let database = try DatabaseQueue(path: store.path)
    try await database.writeWithoutTransaction {
      try $0.execute(sql: "UPDATE attempt SET outcome = 'running'")
      try $0.execute(sql: "UPDATE run SET status = 'running'")
      try $0.execute(sql: "UPDATE session SET ended = 0")
    }
    try database.close()
    return executor.submitted
  }

  @Test func `what a killed session left and nobody adopts is lost, and done again`() async throws {
    try await withTemporaryFolder { folder in
      let trial = try Trial(in: folder, spec: #""seeds": 3"#)
      let left = try await leaveOpen(trial)
      let executor = Scripted()
      let result = try await trial.run(executor)
      #expect(executor.recovered.flatMap(\.attempts).map(\.key) == left.map(\.key))
      #expect(executor.recovered.flatMap(\.attempts).map(\.handle) == ["script 0", "script 1"])
      #expect(result.end.ledger.ok == 3)
      #expect(result.records.map(\.attempt) == [2, 2, 1])
      let store = try Store.reading(from: trial.results)
      let attempts = try store.attempts(at: left[0].run.id, of: try store.sweep(matching: nil))
      #expect(attempts.map(\.outcome) == [.lost, .finished])
      let idle = Scripted()
      try await trial.run(idle)
      #expect(idle.recovered.isEmpty)
    }
  }

  @Test func `an attempt that outlived its session goes on and is not made twice`() async throws {
    try await withTemporaryFolder { folder in
      let trial = try Trial(in: folder, spec: #""seeds": 3"#)
      let left = try await leaveOpen(trial)
      let executor = Scripted(slots: 2, adopting: ["script 1"])
      let (coordinator, store) = try trial.coordinator(executor)
      let end = try await coordinator.run { event in
        guard case .began(let run, _, _, _) = event, run == left[1].run else { return }
        executor.tell(
          .ended(
            Record(
              run: run,
              attempt: 1,
              outcome: .finished,
              measurements: .loss(0.25),
              lastLines: [],
              started: Date(),
              duration: .seconds(3)
            )
          )
        )
      }
      #expect(end.ledger.ok == 3 && end.isConsistent)
      #expect(executor.submitted.map(\.run.seed) == [0, 2])
      let sweep = try store.sweep(matching: nil)
      let records = try store.records(of: sweep)
      #expect(records.map(\.attempt) == [2, 1, 1])
      #expect(try store.sessions(of: sweep).map(\.concluded) == [3], "the attempt changed hands")
      #expect(records[1].measurements.final == ["loss": 0.25])
    }
  }

  @Test func `an attempt that vanishes is made again and costs no retry`() async throws {
    try await withTemporaryFolder { folder in
      let trial = try Trial(in: folder, spec: #""seeds": 2, "limits": {"retries": 1}"#)
      let executor = Scripted { assignment in
        guard assignment.run.seed == 0 else { return .ends(.finished) }
        return switch assignment.attempt {
        case 1, 2: .vanishes
        case 3: .ends(.failed(.exit(code: 1)))
        default: .ends(.finished)
        }
      }
      let result = try await trial.run(executor)
      #expect(result.end.ledger.ok == 2 && result.end.unsuccessful == 0)
      #expect(result.records.map(\.attempt) == [4, 1])
    }
  }

  @Test func `an executor that cannot begin ends the start, and the runs stay to be done`()
    async throws
  {
    try await withTemporaryFolder { folder in
      let trial = try Trial(in: folder, spec: #""seeds": 4"#)
      let executor = Scripted(slots: 2) { $0.run.seed == 1 ? .cannotBegin(Broken()) : .works }
      let (coordinator, _) = try trial.coordinator(executor)
      await #expect(throws: Broken.self) { try await coordinator.run { _ in } }
      #expect(executor.submitted.count == 2)
    }
  }

  @Test func `predictions that cannot be read refuse the start before the lock is taken`() throws {
    try withTemporaryFolder { folder in
      let trial = try Trial(in: folder, spec: #""seeds": 1"#)
      #expect(throws: Broken.self) {
        try trial.coordinator(Scripted(), predictionHead: { throw Broken() })
      }
      let (coordinator, _) = try trial.coordinator(Scripted())
      try coordinator.withdraw()
    }
  }

  @Test func `predictions that become unreadable end the start and record no head of their own`()
    async throws
  {
    try await withTemporaryFolder { folder in
      let trial = try Trial(in: folder, spec: #""seeds": 4"#)
      let calls = EventCount()
      let (coordinator, store) = try trial.coordinator(Scripted()) {
        guard calls.next() < 3 else { throw Broken() }
        return "head"
      }
      await #expect(throws: Broken.self) { try await coordinator.run { _ in } }
      let sweep = try store.sweep(matching: nil)
      #expect(try store.predictionHeads(of: sweep).map(\.digest) == ["head"])
    }
  }
}
