import Execution
import Foundation
import GRDB
import Notation
import Statistics
import Storage
import Sweeps
import Synchronization
import TestSupport
import Testing

/// Random histories of beginnings, endings, stops, kills and resumptions, checked against a model of the ledger.
struct HistoryTests {
  @Test func `120 histories of a sweep are what the model says`() async throws {
    for seed in 0..<120 { try await History(seed: seed).live() }
  }
}

/// The long proof of `make slow`.
///
/// It waits for disks most of the time: with `TMPDIR` in memory it is over in minutes.
@Suite(.enabled(if: runsLongTests))
struct SlowHistoryTests {
  @Test(arguments: 0..<10)
  func `1,000 histories of a sweep are what the model says`(part: Int) async throws {
    for seed in 0..<1000 { try await History(seed: 1_000_000 + 1000 * part + seed).live() }
  }
}

/// One life of a sweep: sessions that end by themselves, are stopped, or are killed at some event.
///
/// A kill is a copy of the database at that moment, with which the next session goes on; what the killed session does
/// afterwards happens in a world that nobody sees.
private struct History {
  /// What must hold of a run once its ending was announced.
  private typealias Model = [String: (status: RunStatus, attempts: Int)]

  let seed: Int

  func live() async throws {
    var draw = SeededGenerator(purpose: "history", seed: seed)
    let spec = try exampleSpec(
      """
      {"name": "trial", "command": ["x", "{a}"], "axes": {"a": [1, 2, 3]}, "seeds": \(1 + draw.index(below: 3)),
       "limits": {"retries": \(draw.index(below: 3)), "halt": "never"}}
      """
    )
    try await withTemporaryFolder { url in
      var folder = url.appending(component: "0").path
      var model: Model = [:]
      let sessions = 1 + draw.index(below: 4)
      for session in 0..<sessions {
        let isLast = session == sessions - 1
        let end =
          isLast ? nil : (event: 1 + draw.index(below: 12), isKill: draw.index(below: 2) == 0)
        let next = url.appending(component: "\(session + 1)").path
        let retriesAll = draw.index(below: 2) == 0
        model = try await self.session(
          spec,
          in: folder,
          copiedTo: next,
          after: model,
          slots: 1 + draw.index(below: 4),
          repeats: RunPlan.Repeats(unsuccessful: retriesAll),
          end: end,
          luck: draw.index(below: 1 << 30)
        )
        if FileManager.default.fileExists(atPath: next) { folder = next }
        try check(folder, model, spec)
      }
    }
  }

  /// What an attempt comes to: the same for one number and key, whatever the order.
  private static func answer(_ assignment: Assignment, luck: Int) -> Scripted.Answer {
    var draw = SeededGenerator(
      purpose: "\(assignment.run.id) \(assignment.attempt)",
      seed: luck
    )
    switch draw.index(below: 10) {
    case 0: return .ends(.failed(.exit(code: 3)), lastLines: ["broken"])
    case 1: return .ends(.diverged(epoch: 2, reason: "nan"))
    // It vanishes once only, or the sweep would never end.
    case 2 where assignment.attempt < 3: return .vanishes
    default: return .ends(.finished)
    }
  }

  /// Lets one session live, and gives the model of what the next one finds.
  private func session(
    _ spec: Spec,
    in folder: String,
    copiedTo next: String,
    after model: Model,
    slots: Int,
    repeats: RunPlan.Repeats,
    end: (event: Int, isKill: Bool)?,
    luck: Int
  ) async throws -> Model {
    let executor = Scripted(slots: slots) { Self.answer($0, luck: luck) }
    let store = try Store.writing(to: folder)
    let coordinator = try Coordinator.start(
      spec,
      grid: try Grid(spec, trainer: exampleTrainer, files: Disk()),
      store: store,
      executor: executor,
      provenance: .example,
      options: CoordinatorOptions(repeats: repeats)
    )
    let told = Mutex((events: 0, model: model, atKill: Model?.none))
    _ = try await coordinator.run { event in
      let isMoment = told.withLock { told in
        told.events += 1
        if case .ended(let record, _, _) = event, record.status.isConcluded {
          told.model[record.run.id] = (record.status, record.attempt)
        }
        guard let end, told.events == end.event else { return false }
        if end.isKill { told.atKill = told.model }
        return true
      }
      guard isMoment, let end else { return }
      if end.isKill {
        Self.copy(folder, to: next)
      } else {
        Task { await coordinator.stop(.interrupted) { _ in } }
      }
    }
    try store.close()
    // What was wanted was done, and nothing besides.
    let known = model.filter { !(repeats.unsuccessful && $0.value.status != .ok) }
    let again = executor.submitted.filter { known[$0.run.id] != nil }
    #expect(again.isEmpty, "seed \(seed): done again: \(again.map(\.run.id))")
    if let killed = told.withLock({ $0.atKill }) {
      try await disown(next)
      return killed
    }
    return told.withLock { $0.model }
  }

  private static func copy(_ folder: String, to next: String) {
    do {
      try FileManager.default.createDirectory(atPath: next, withIntermediateDirectories: true)
      // The log second: what moves from it into the file in between is in both.
      for suffix in ["", "-wal"] {
        let from = folder + "/sweeps.sqlite" + suffix
        guard FileManager.default.fileExists(atPath: from) else { continue }
        try FileManager.default.copyItem(atPath: from, toPath: next + "/sweeps.sqlite" + suffix)
      }
    } catch {
      Issue.record("\(error)")
    }
  }

  /// Makes the coordinator's row of a copy name a process that is gone, as that of a killed one does.
  private func disown(_ folder: String) async throws {
    let database = try DatabaseQueue(path: folder + "/sweeps.sqlite")
    try await database.write {
      try $0.execute(sql: "UPDATE coordinator SET pid = 4242, processStart = '99'")
    }
    try database.close()
  }

  /// Compares what is stored with the model.
  private func check(_ folder: String, _ model: Model, _ spec: Spec) throws {
    let store = try Store.reading(from: folder)
    let sweep = try store.sweep(matching: nil)
    #expect(sweep.ledger.isBalanced && !sweep.isRunning, "seed \(seed): \(sweep.ledger)")
    #expect(try store.integrity == "ok")
    let records = Dictionary(
      uniqueKeysWithValues: try store.records(of: sweep).map { ($0.run.id, $0) }
    )
    for (id, expected) in model {
      let attempts = try store.attempts(at: id, of: sweep)
      #expect(attempts.count { $0.outcome == .finished } <= 1, "seed \(seed), run \(id)")
      #expect(
        attempts.map(\.attempt) == Array(1...max(1, attempts.count)),
        "seed \(seed), run \(id)"
      )
      let last = attempts.last { $0.status.isConcluded }
      // A commit that was not announced before a kill may be there too.
      #expect((last?.attempt ?? 0) >= expected.attempts, "seed \(seed), run \(id)")
      if last?.attempt == expected.attempts {
        #expect(last?.status == expected.status, "seed \(seed), run \(id)")
        #expect(records[id]?.status == expected.status, "seed \(seed), run \(id)")
      }
    }
  }
}
