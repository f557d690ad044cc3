import Execution
import Notation
import Storage
import Sweeps
import Foundation
import GRDB
import TestSupport
import Testing

struct CoordinatorTests {
  private static let good = "echo '{\"final\": {\"loss\": 0.5}}'"

  @Test func `every run is done once, and a second start has nothing to do`() async throws {
    try await withTemporaryFolder { folder in
      let trial = try Trial(
        in: folder,
        script: "echo $SWEEP_RUN >> started; \(Self.good)",
        spec: #""axes": {"a": [1, 2], "b": ["x", "y"]}, "seeds": 3"#
      )
      let first = try await trial.run()
      #expect(first.end.ledger.ok == 12 && first.end.ledger.isBalanced)
      #expect(first.records.map(\.run.seed) == [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2])
      #expect(
        first.records.prefix(4).map(\.run.levels) == [
          ["1", "x"], ["1", "y"], ["2", "x"], ["2", "y"],
        ]
      )
      let second = try await trial.run()
      #expect(second.end.ledger == first.end.ledger)
      #expect(second.records == first.records)
      let started = try String(contentsOf: folder.appending(component: "started"), encoding: .utf8)
      #expect(Set(started.split(separator: "\n")).count == 12)
      #expect(started.split(separator: "\n").count == 12)
    }
  }

  @Test func `curves are read of the runs that are asked for`() async throws {
    try await withTemporaryFolder { folder in
      let trial = try Trial(
        in: folder,
        script: "echo '{\"epoch\": 1, \"loss\": 2}'; \(Self.good)",
        spec: #""axes": {"a": [1, 2]}, "seeds": 2"#
      )
      let all = try await trial.run().records
      let store = try Store.reading(from: trial.results)
      let sweep = try store.sweep(matching: nil)
      let wanted = [all[3].run.id, all[1].run.id]
      let read = try store.records(of: sweep, runs: wanted + ["no such run"])
      #expect(read == [all[1], all[3]])
      #expect(read.allSatisfy { $0.measurements.curve.count == 1 })
      #expect(try store.records(of: sweep, runs: []).isEmpty)
    }
  }

  @Test func `a database of before the estimates can still be read`() async throws {
    try await withTemporaryFolder { folder in
      let trial = try Trial(in: folder, script: Self.good, spec: #""seeds": 2"#)
      _ = try await trial.run()
      let path = URL(fileURLWithPath: trial.results).appending(component: Store.fileName).path
      let older = try DatabaseQueue(path: path)
      try await older.write { try $0.execute(sql: "ALTER TABLE session DROP COLUMN estimate") }
      try older.close()
      let store = try Store.reading(from: trial.results)
      let sessions = try store.sessions(of: try store.sweep(matching: nil))
      #expect(sessions.map(\.concluded) == [2])
      #expect(sessions.allSatisfy { $0.estimate == nil })
    }
  }

  @Test func `a changed spec keeps what still applies`() async throws {
    try await withTemporaryFolder { folder in
      let before = try Trial(
        in: folder,
        script: Self.good,
        spec: #""axes": {"a": [1, 2, 3]}, "seeds": 1"#
      )
      _ = try await before.run()
      let after = try Trial(
        in: folder,
        script: Self.good,
        spec: #""axes": {"a": [2, 3, 4]}, "seeds": 1"#
      )
      let (coordinator, store) = try after.coordinator()
      let plan = coordinator.plan
      #expect(plan.kept == 2 && plan.new == 1 && plan.dropped == 1)
      _ = try await coordinator.run { _ in }
      let sweep = try store.sweep(matching: nil)
      #expect(sweep.dropped == 1 && sweep.ledger.ok == 3)
      #expect(try store.records(of: sweep).map(\.run.levels) == [["2"], ["3"], ["4"]])
    }
  }

  @Test func `a failed run is kept as failed until it is retried, with both attempts`() async throws
  {
    try await withTemporaryFolder { folder in
      let script = "if [ -e fixed ]; then \(Self.good); else echo broken >&2; exit 3; fi"
      let trial = try Trial(in: folder, script: script, spec: #""seeds": 2"#)
      let first = try await trial.run()
      #expect(first.end.ledger.failed == 2 && first.end.unsuccessful == 2)
      #expect(first.records.map(\.outcome) == Array(repeating: .failed(.exit(code: 3)), count: 2))
      #expect(first.records.map(\.lastLines) == [["broken"], ["broken"]])
      try Data().write(to: folder.appending(component: "fixed"))
      let second = try await trial.run()
      #expect(second.end.ledger.failed == 2, "a failed run is not done again by itself")
      let third = try await trial.run(repeats: RunPlan.Repeats(unsuccessful: true))
      #expect(third.end.ledger.ok == 2 && third.end.ledger.isBalanced)
      let store = try Store.reading(from: trial.results)
      let sweep = try store.sweep(matching: nil)
      let attempts = try store.attempts(at: third.records[0].run.id, of: sweep)
      #expect(attempts.map(\.outcome) == [.failed(.exit(code: 3)), .finished])
      #expect(attempts.map(\.attempt) == [1, 2])
    }
  }

  @Test func `retries of the spec make a run good within one start`() async throws {
    try await withTemporaryFolder { folder in
      let script =
        "n=$(cat tries 2>/dev/null || echo 0); echo $((n + 1)) > tries; [ $n -ge 2 ] && \(Self.good)"
      let trial = try Trial(
        in: folder,
        script: script,
        spec: #""seeds": 1, "limits": {"retries": 2}"#
      )
      let result = try await trial.run()
      #expect(result.end.ledger.ok == 1 && result.end.unsuccessful == 0)
      #expect(result.records.map(\.attempt) == [3])
    }
  }

  @Test func `repeating on purpose keeps the old attempts`() async throws {
    try await withTemporaryFolder { folder in
      let trial = try Trial(in: folder, script: Self.good, spec: #""seeds": 2"#)
      _ = try await trial.run()
      let again = try await trial.run(repeats: RunPlan.Repeats(all: true))
      #expect(again.end.ledger.ok == 2 && again.records.map(\.attempt) == [2, 2])
    }
  }

  @Test func `the first failure halts a sweep that says so`() async throws {
    try await withTemporaryFolder { folder in
      let trial = try Trial(
        in: folder,
        script: "exit 1",
        spec: #""seeds": 50, "limits": {"halt": "first-failure"}"#
      )
      let result = try await trial.run(jobs: 1)
      #expect(result.end.ledger.failed == 1 && result.end.ledger.pending == 49)
      guard case .halted? = result.end.reason else {
        Issue.record("no reason to halt")
        return
      }
    }
  }

  @Test func `when the first runs all fail alike the rest stays pending`() async throws {
    try await withTemporaryFolder { folder in
      let trial = try Trial(
        in: folder,
        script: "echo 'no module named torch' >&2; exit 1",
        spec: #""seeds": 100"#
      )
      let result = try await trial.run(jobs: 2)
      #expect(
        result.end.reason
          == .sameFailure(count: 4, failure: "exit code 1", lastLine: "no module named torch")
      )
      #expect((4...5).contains(result.end.ledger.failed))
      #expect(result.end.ledger.isBalanced && result.end.ledger.pending >= 95)
    }
  }

  @Test func `failures that differ, or come after a result, do not stop the others`() async throws {
    try await withTemporaryFolder { folder in
      let differing = try Trial(
        in: folder,
        script: "echo $SWEEP_SEED; exit 1",
        spec: #""name": "differing", "seeds": 12"#
      )
      #expect(try await differing.run(jobs: 1).end.ledger.failed == 12)
      let mixed = try Trial(
        in: folder,
        script: "[ $SWEEP_SEED = 0 ] && \(Self.good)",
        spec: #""name": "mixed", "seeds": 12"#
      )
      #expect(try await mixed.run(jobs: 1).end.ledger.failed == 11)
    }
  }

  @Test func `a second coordinator is refused with the first one's number`() throws {
    try withTemporaryFolder { folder in
      let trial = try Trial(in: folder, script: Self.good, spec: #""seeds": 1"#)
      let (first, _) = try trial.coordinator()
      #expect(throws: CoordinatorLock.Refusal.busy(pid: getpid(), host: Host.current.name)) {
        try trial.coordinator()
      }
      withExtendedLifetime(first) {}
    }
  }

  @Test func `asking to stop leaves what was at work to be done again`() async throws {
    try await withTemporaryFolder { folder in
      let trial = try Trial(
        in: folder,
        script: "echo $$ > pid.$SWEEP_SEED; exec sleep 1000",
        spec: #""seeds": 3"#
      )
      let (coordinator, store) = try trial.coordinator(jobs: 2)
      let end = try await coordinator.run { event in
        guard case .began(_, _, let slot, _) = event, slot == 1 else { return }
        Task { await coordinator.stop(.interrupted) { _ in } }
      }
      #expect(end.reason == .interrupted)
      #expect(end.ledger.pending == 3 && end.ledger.isBalanced)
      let records = try store.records(of: try store.sweep(matching: nil))
      #expect(records.allSatisfy { $0.outcome == .cancelled })
    }
  }
}
