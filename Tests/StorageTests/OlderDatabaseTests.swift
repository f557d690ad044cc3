import Execution
import Foundation
import Notation
import Storage
import Sweeps
import TestSupport
import Testing

/// Databases that earlier versions left, one for each state of the tables, with a coordinator that was killed.
///
/// Each holds six runs: two ended well, two failed, two were at work. A new migration is to leave one more here.
struct OlderDatabaseTests {
  private static let names = [
    "1-first", "2-estimates", "3-handles", "4-questions", "5-showings", "6-views",
  ]
  private static let spec = """
    {
      "name": "trial",
      "command": ["sh", "worker.sh"],
      "axes": {"a": [1, 2]},
      "seeds": [0, 3, 2]
    }

    """

  private func withCopy(
    of name: String,
    _ body: (_ folder: URL) async throws -> Void
  ) async throws {
    try await withTemporaryFolder { folder in
      let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appending(path: "Fixtures/\(name).sqlite")
      try FileManager.default.copyItem(at: file, to: folder.appending(component: Store.fileName))
      try await body(folder)
    }
  }

  @Test(arguments: names)
  func `an older database is read as it is`(name: String) async throws {
    try await withCopy(of: name) { folder in
      let store = try Store.reading(from: folder.path)
      let sweep = try store.sweep(matching: "trial")
      #expect(sweep.ledger.ok == 2 && sweep.ledger.failed == 2 && sweep.isRunning)
      let records = try store.records(of: sweep)
      #expect(records.map(\.run.levels) == [["1"], ["2"], ["1"], ["2"], ["1"], ["2"]])
      #expect(records.map(\.status) == [.ok, .ok, .failed, .failed, .running, .running])
      #expect(try store.standings(ofRuns: sweep).map(\.status) == records.map(\.status))
      #expect(records[0].measurements.final["loss"] == 0.5)
      #expect(records[0].measurements.final["slope"]?.isNaN == true)
      #expect(
        records[0].measurements.texts == ["word": "x"] || records[0].measurements.texts == [:]
      )
      #expect(records[0].measurements.correct == [0xFF])
      #expect(records[0].measurements.curve.map(\.metrics) == [["loss": 2]])
      #expect(records[2].lastLines == ["broken"])
      #expect(try store.sessions(of: sweep).map(\.concluded) == [4])
      let git = try #require(try store.provenance(of: sweep).first?.git)
      #expect(git.commit == "c0ffee" && git.isDirty && git.changedFiles == nil)
      #expect(try !(store.provenance(of: sweep).first?.json.text.contains("token") ?? true))
      #expect(try store.durations(ofNewest: 20).count == 2)
    }
  }

  @Test(arguments: names)
  func `an older database is gone on with, and its processes become handles`(name: String)
    async throws
  {
    try await withCopy(of: name) { folder in
      let spec = try Spec.read(
        SourceText(path: "/class/trial.json", text: Self.spec),
        name: "trial",
        directory: "/class",
        trainer: exampleTrainer,
        files: Disk()
      )
      let executor = Scripted()
      let store = try Store.writing(to: folder.path)
      let coordinator = try Coordinator.start(
        spec,
        grid: try Grid(spec, trainer: exampleTrainer, files: Disk()),
        store: store,
        executor: executor,
        provenance: try #require(try store.provenance(of: try store.sweep(matching: nil)).first),
        options: CoordinatorOptions(takesOver: true)
      )
      #expect(coordinator.plan.kept == 4 && coordinator.plan.indices.count == 2)
      let end = try await coordinator.run { _ in }
      #expect(
        executor.recovered.flatMap(\.attempts).map(\.handle) == [
          "4243 100 6c1f0e5a", "4243 100 6c1f0e5a",
        ]
      )
      #expect(end.isConsistent && end.ledger.ok == 4 && end.ledger.failed == 2)
      #expect(executor.submitted.map(\.attempt) == [2, 2])
      try store.close()
      #expect(try Store.reading(from: folder.path).integrity == "ok")
    }
  }

  @Test func `an older reveal counts for the questions that were asked by then`() async throws {
    try await withCopy(of: "3-handles") { folder in
      let reading = try Store.reading(from: folder.path)
      let sweep = try reading.sweep(matching: "asked")
      #expect(try reading.revealedQuestions(of: sweep) == ["q", "r"])
      #expect(try reading.openQuestions(of: sweep) == ["later"])
      let writing = try Store.writing(to: folder.path)
      #expect(try writing.openQuestions(of: sweep) == ["later"])
      #expect(try sealed(in: writing) == 1)
      try writing.reveal(["later"], of: sweep, command: "report")
      #expect(try writing.revealedQuestions(of: sweep) == ["q", "r", "later"])
      #expect(try writing.openQuestions(of: sweep).isEmpty)
      #expect(try sealed(in: writing) == 0)
      try writing.close()
    }
  }

  /// What the view says of the same sweep.
  private func sealed(in store: Store) throws -> Int64? {
    try store.answer("SELECT sealed FROM sweeps WHERE sweep = 'asked'", wide: nil) { answer in
      guard case .integer(let value)? = try answer.next()?.first else { return nil }
      return value
    }
  }

  @Test(arguments: names)
  func `an older database has the views after the next start`(name: String) async throws {
    try await withCopy(of: name) { folder in
      #expect(try Store.reading(from: folder.path).isOlder)
      try Store.writing(to: folder.path).close()
      let store = try Store.reading(from: folder.path)
      #expect(try !store.isOlder)
      let rows = try store.answer(
        "SELECT status, count(*) FROM runs WHERE sweep = 'trial' GROUP BY 1 ORDER BY 1",
        wide: nil
      ) { answer in
        var rows: [[QueryValue]] = []
        while let row = try answer.next() { rows.append(row) }
        return rows
      }
      let expected: [[QueryValue]] = ["failed", "ok", "running"].map { [.text($0), .integer(2)] }
      #expect(rows == expected)
    }
  }
}
