import Execution
import Foundation
import GRDB
import Notation
import Storage
import Sweeps
import Synchronization
import TestSupport
import Testing

/// What is done, how often and until when, on an executor that answers from a script.
struct CoordinatorTests {
  private static let failure = Scripted.Answer.ends(.failed(.exit(code: 1)))

  @Test func `every run is done once, and a second start has nothing to do`() async throws {
    try await withTemporaryFolder { folder in
      let trial = try Trial(
        in: folder,
        spec: #""axes": {"a": [1, 2], "b": ["x", "y"]}, "seeds": 3"#
      )
      let executor = Scripted(slots: 4)
      let first = try await trial.run(executor)
      #expect(first.end.ledger.ok == 12 && first.end.ledger.isBalanced)
      #expect(first.records.map(\.run.seed) == [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2])
      #expect(
        first.records.prefix(4).map(\.run.levels) == [
          ["1", "x"], ["1", "y"], ["2", "x"], ["2", "y"],
        ]
      )
      #expect(executor.submitted.map(\.run) == first.records.map(\.run))
      let idle = Scripted(slots: 4)
      let second = try await trial.run(idle)
      #expect(second.end.ledger == first.end.ledger)
      #expect(second.records == first.records)
      #expect(idle.submitted.isEmpty)
    }
  }

  @Test func `only the current spec keeps a plan, and an earlier one gets its own back`()
    async throws
  {
    try await withTemporaryFolder { folder in
      for seeds in [2, 3, 1, 3] {
        let trial = try Trial(
          in: folder,
          spec: #""name": "grown", "axes": {"a": [1, 2]}, "seeds": \#(seeds)"#
        )
        let records = try await trial.run(Scripted(slots: 4)).records
        #expect(records.map(\.run.seed) == (0..<seeds).flatMap { [$0, $0] })
        #expect(records.map(\.run.levels) == (0..<seeds).flatMap { _ in [["1"], ["2"]] })
        let database = try DatabaseQueue(path: trial.results + "/sweeps.sqlite")
        for table in ["plannedRun", "axisValue"] {
          let rows = try await database.read {
            try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)")
          }
          #expect(rows == 2 * seeds, "\(table) after \(seeds) seeds")
        }
        try database.close()
      }
    }
  }

  @Test(arguments: [1, 3, 1000])
  func `no more attempts are open than there are slots, each in one of its own`(slots: Int)
    async throws
  {
    try await withTemporaryFolder { folder in
      let trial = try Trial(in: folder, spec: #""seeds": 100"#)
      let events = try await trial.run(Scripted(slots: slots)).events
      var open: [String: Int] = [:]
      var most = 0
      for event in events {
        switch event {
        case .began(let run, _, let slot, _):
          #expect(!open.values.contains(slot) && slot < slots)
          open[run.id] = slot
          most = max(most, open.count)
        case .ended(let record, _, _): open[record.run.id] = nil
        case .planned, .endedLeftovers, .looked, .rested, .noted, .stopping: break
        }
      }
      #expect(open.isEmpty && most <= slots)
    }
  }

  @Test func `curves are read of the runs that are asked for`() async throws {
    try await withTemporaryFolder { folder in
      let trial = try Trial(in: folder, spec: #""axes": {"a": [1, 2]}, "seeds": 2"#)
      let all = try await trial.run(
        Scripted { _ in .ends(.finished, .loss(0.5, curve: [2])) }
      ).records
      let store = try Store.reading(from: trial.results)
      let sweep = try store.sweep(matching: nil)
      let wanted = [all[3].run.id, all[1].run.id]
      let read = try store.records(of: sweep, runs: wanted + ["no such run"])
      #expect(read == [all[1], all[3]])
      #expect(read.allSatisfy { $0.measurements.curve.count == 1 })
      #expect(try store.records(of: sweep, runs: []).isEmpty)
    }
  }

  @Test func `a changed spec keeps what still applies`() async throws {
    try await withTemporaryFolder { folder in
      try await Trial(in: folder, spec: #""axes": {"a": [1, 2, 3]}, "seeds": 1"#).run(Scripted())
      let after = try Trial(in: folder, spec: #""axes": {"a": [2, 3, 4]}, "seeds": 1"#)
      let (coordinator, store) = try after.coordinator(Scripted())
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
      let trial = try Trial(in: folder, spec: #""seeds": 2"#)
      let broken = Scripted { _ in .ends(.failed(.exit(code: 3)), lastLines: ["broken"]) }
      let first = try await trial.run(broken)
      #expect(first.end.ledger.failed == 2 && first.end.unsuccessful == 2)
      #expect(first.records.map(\.outcome) == Array(repeating: .failed(.exit(code: 3)), count: 2))
      #expect(first.records.map(\.lastLines) == [["broken"], ["broken"]])
      let second = try await trial.run(Scripted())
      #expect(second.end.ledger.failed == 2, "a failed run is not done again by itself")
      let third = try await trial.run(Scripted(), repeats: RunPlan.Repeats(unsuccessful: true))
      #expect(third.end.ledger.ok == 2 && third.end.ledger.isBalanced)
      let store = try Store.reading(from: trial.results)
      let sweep = try store.sweep(matching: nil)
      let attempts = try store.attempts(at: third.records[0].run.id, of: sweep)
      #expect(attempts.map(\.outcome) == [.failed(.exit(code: 3)), .finished])
      #expect(attempts.map(\.attempt) == [1, 2])
    }
  }

  @Test func `retries of the spec make a run good within one start, after all others`() async throws
  {
    try await withTemporaryFolder { folder in
      let trial = try Trial(in: folder, spec: #""seeds": 2, "limits": {"retries": 2}"#)
      let executor = Scripted { assignment in
        assignment.run.seed == 0 && assignment.attempt < 3 ? Self.failure : .ends(.finished)
      }
      let result = try await trial.run(executor)
      #expect(result.end.ledger.ok == 2 && result.end.unsuccessful == 0)
      #expect(result.records.map(\.attempt) == [3, 1])
      #expect(executor.submitted.map(\.run.seed) == [0, 1, 0, 0])
    }
  }

  @Test func `a run that fails more often than it may be retried has failed`() async throws {
    try await withTemporaryFolder { folder in
      let trial = try Trial(in: folder, spec: #""seeds": 1, "limits": {"retries": 2}"#)
      let executor = Scripted { _ in Self.failure }
      #expect(try await trial.run(executor).end.ledger.failed == 1)
      #expect(executor.submitted.map(\.attempt) == [1, 2, 3])
    }
  }

  @Test func `an attempt that is heard of late has a row and a number, once, and decides nothing`()
    async throws
  {
    try await withTemporaryFolder { folder in
      let trial = try Trial(in: folder, spec: #""seeds": 2, "limits": {"retries": 1}"#)
      let first = Mutex("")
      let teller = Mutex<Scripted?>(nil)
      let executor = Scripted { assignment in
        let run = assignment.run.seed == 0 ? assignment.run.id : first.withLock { $0 }
        first.withLock { $0 = run }
        // The script is asked twice: what is told again is not new.
        func tell(_ handle: String) {
          let late = SurplusAttempt(
            run: run,
            handle: handle,
            started: Date(),
            site: Site(node: "n2")
          )
          teller.withLock { $0 }?.tell(.surplus(late))
        }
        if assignment.run.seed == 1 { ["script 0", "late"].forEach(tell) }
        if assignment.run.seed == 0, assignment.attempt > 1 { tell("later") }
        return assignment.run.seed == 0 && assignment.attempt == 1 ? Self.failure : .ends(.finished)
      }
      teller.withLock { $0 = executor }
      let result = try await trial.run(executor)
      #expect(result.end.ledger.ok == 2 && result.records.map(\.attempt) == [3, 1])
      #expect(executor.submitted.map(\.attempt) == [1, 1, 3])
      let store = try Store.reading(from: trial.results)
      let sweep = try store.sweep(matching: nil)
      let attempts = try store.attempts(at: first.withLock { $0 }, of: sweep)
      #expect(attempts.map(\.attempt) == [1, 2, 3, 4])
      #expect(attempts.map(\.outcome) == [.failed(.exit(code: 1)), .lost, .finished, .lost])
      #expect(attempts.map(\.site.node) == ["", "n2", "", "n2"])
      #expect(attempts[3].lastLines == ["its run had its end from another attempt, which counts"])
    }
  }

  @Test func `repeating on purpose keeps the old attempts`() async throws {
    try await withTemporaryFolder { folder in
      let trial = try Trial(in: folder, spec: #""seeds": 2"#)
      try await trial.run(Scripted())
      let again = try await trial.run(Scripted(), repeats: RunPlan.Repeats(all: true))
      #expect(again.end.ledger.ok == 2 && again.records.map(\.attempt) == [2, 2])
    }
  }

  @Test(arguments: [("first-failure", 1), ("10%", 5)])
  func `failures halt a sweep that says so`(halt: String, failures: Int) async throws {
    try await withTemporaryFolder { folder in
      let trial = try Trial(in: folder, spec: #""seeds": 50, "limits": {"halt": "\#(halt)"}"#)
      let result = try await trial.run(Scripted { _ in Self.failure })
      #expect(result.end.ledger.failed == failures && result.end.ledger.pending == 50 - failures)
      guard case .halted? = result.end.reason else {
        Issue.record("no reason to halt")
        return
      }
    }
  }

  @Test func `when the first runs all fail alike the rest stays pending`() async throws {
    try await withTemporaryFolder { folder in
      let trial = try Trial(in: folder, spec: #""seeds": 100"#)
      let last = "no module named torch"
      let result = try await trial.run(
        Scripted(slots: 2) { _ in .ends(.failed(.exit(code: 1)), lastLines: [last]) }
      )
      #expect(
        result.end.reason == .sameFailure(count: 4, failure: "exit code 1", lastLine: last)
      )
      #expect((4...5).contains(result.end.ledger.failed))
      #expect(result.end.ledger.isBalanced && result.end.ledger.pending >= 95)
    }
  }

  @Test func `failures that are tried again stop nothing before the last try`() async throws {
    try await withTemporaryFolder { folder in
      let passing = try Trial(
        in: folder,
        spec: #""name": "passing", "seeds": 12, "limits": {"retries": 1}"#
      )
      let result = try await passing.run(
        Scripted { $0.attempt == 1 ? Self.failure : .ends(.finished) }
      )
      #expect(result.end.reason == nil && result.end.ledger.ok == 12)
      let lasting = try Trial(
        in: folder,
        spec: #""name": "lasting", "seeds": 12, "limits": {"retries": 1}"#
      )
      let stopped = try await lasting.run(Scripted { _ in Self.failure })
      guard case .sameFailure(let count, _, _)? = stopped.end.reason else {
        Issue.record("\(String(describing: stopped.end.reason))")
        return
      }
      #expect(count == 4 && stopped.end.ledger.failed == 12)
    }
  }

  @Test func `failures that differ, or come after a result, do not stop the others`() async throws {
    try await withTemporaryFolder { folder in
      let differing = try Trial(in: folder, spec: #""name": "differing", "seeds": 12"#)
      let various = Scripted { assignment in
        .ends(.failed(.exit(code: 1)), lastLines: ["\(assignment.run.seed)"])
      }
      #expect(try await differing.run(various).end.ledger.failed == 12)
      let mixed = try Trial(in: folder, spec: #""name": "mixed", "seeds": 12"#)
      let late = Scripted { $0.run.seed == 0 ? .ends(.finished) : Self.failure }
      #expect(try await mixed.run(late).end.ledger.failed == 11)
    }
  }

  @Test func `a second coordinator is refused with the first one's number`() throws {
    try withTemporaryFolder { folder in
      let trial = try Trial(in: folder, spec: #""seeds": 1"#)
      let (first, _) = try trial.coordinator(Scripted())
      #expect(throws: CoordinatorLock.Refusal.busy(pid: getpid(), host: Host.current.name)) {
        try trial.coordinator(Scripted())
      }
      try first.withdraw()
      let (second, _) = try trial.coordinator(Scripted())
      try second.withdraw()
    }
  }

  @Test func `asking to stop leaves what was at work to be done again`() async throws {
    try await withTemporaryFolder { folder in
      let trial = try Trial(in: folder, spec: #""seeds": 3"#)
      let (coordinator, store) = try trial.coordinator(Scripted(slots: 2) { _ in .works })
      let end = try await coordinator.run { event in
        guard case .began(_, _, let slot, _) = event, slot == 1 else { return }
        Task { await coordinator.stop(.interrupted) { _ in } }
      }
      #expect(end.reason == .interrupted)
      #expect(end.ledger.pending == 3 && end.ledger.isBalanced)
      let records = try store.records(of: try store.sweep(matching: nil))
      #expect(records.map(\.outcome) == [.cancelled, .cancelled])
      #expect(try await trial.run(Scripted()).records.map(\.attempt) == [2, 2, 1])
    }
  }

  @Test(arguments: [("2000%", Duration.seconds(20)), ("1e300%", .seconds(1e9))])
  func `a limit in per cent is of the median of those that finished`(text: String, limit: Duration)
    async throws
  {
    try await withTemporaryFolder { folder in
      let trial = try Trial(in: folder, spec: #""seeds": 6, "limits": {"timeout": "\#(text)"}"#)
      // The first works until three others tell how long is too long; the last takes longer than that.
      let executor = Scripted(slots: 2) { assignment in
        switch assignment.run.seed {
        case 0: .works
        case 5: .ends(.finished, after: limit + .milliseconds(1))
        default: .ends(.finished, after: .seconds(1))
        }
      }
      let result = try await trial.run(executor)
      #expect(result.end.ledger.ok == 4 && result.end.ledger.timedOut == 2)
      #expect(result.records.first?.outcome == .timedOut(after: limit))
      #expect(result.records.last?.outcome == .timedOut(after: limit))
    }
  }
}
