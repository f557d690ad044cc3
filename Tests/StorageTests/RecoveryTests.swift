import Execution
import Foundation
import GRDB
import Notation
import Storage
import Sweeps
import TestSupport
import Testing

/// What is saved of a database in which something was overwritten.
struct RecoveryTests {
  private func withSample(_ body: (_ folder: String, _ target: String) async throws -> Void)
    async throws
  {
    try await withTemporaryFolder { url in
      let folder = url.appending(component: "results").path
      let spec = try exampleSpec(
        #"{"name": "trial", "command": ["x", "{a}"], "axes": {"a": [1, 2]}, "seeds": 100}"#
      )
      let store = try Store.writing(to: folder)
      _ = try await Coordinator.start(
        spec,
        grid: try Grid(spec, trainer: exampleTrainer, files: Disk()),
        store: store,
        executor: Scripted(slots: 4),
        provenance: .example,
        options: CoordinatorOptions()
      ).run { _ in }
      try store.close()
      try await body(folder, url.appending(component: "saved").path)
    }
  }

  private func change(_ folder: String, _ sql: String) throws {
    let database = try DatabaseQueue(path: folder + "/sweeps.sqlite")
    try database.inDatabase { try $0.execute(sql: "PRAGMA foreign_keys = OFF; \(sql)") }
    try database.close()
  }

  private func ledger(_ folder: String) throws -> Ledger {
    try Store.reading(from: folder).sweep(matching: "trial").ledger
  }

  @Test func `what people said of a sweep is saved too, and an older file lacks nothing`()
    async throws
  {
    try await withSample { folder, target in
      try change(
        folder,
        """
        INSERT INTO sweepTag VALUES (1, 'mine'); INSERT INTO sweepNote VALUES (1, 1, 'a note', 2);
        INSERT INTO runTag VALUES (7, 'odd'); INSERT INTO runTag VALUES (7000, 'of nothing');
        INSERT INTO impliedQuestion VALUES (1, 0, 'a'); DROP TABLE showing
        """
      )
      let (integrity, tables) = try Store.recover(from: folder, to: target)
      #expect(integrity == "ok" && tables.allSatisfy { $0.loss == nil })
      let rows = Dictionary(uniqueKeysWithValues: tables.map { ($0.name, $0.rows) })
      #expect(rows["sweepTag"] == 1 && rows["sweepNote"] == 1 && rows["runTag"] == 1)
      let store = try Store.reading(from: target)
      #expect(try store.openQuestions(of: try store.sweep(matching: "trial")) == ["a"])
    }
  }

  @Test func `a whole database is copied whole`() async throws {
    try await withSample { folder, target in
      let (integrity, tables) = try Store.recover(from: folder, to: target)
      #expect(integrity == "ok" && tables.allSatisfy { $0.loss == nil })
      let before = try Store.reading(from: folder)
      let after = try Store.reading(from: target)
      let sweep = try before.sweep(matching: nil)
      #expect(try after.records(of: after.sweep(matching: nil)) == before.records(of: sweep))
      #expect(try ledger(target).ok == 200)
    }
  }

  @Test func `rows with values that nothing writes are left out, and their runs are to do again`()
    async throws
  {
    try await withSample { folder, target in
      try change(
        folder,
        """
        UPDATE attempt SET duration = 1e300 WHERE id = 3; UPDATE attempt SET reason = x'00' WHERE id = 4;
        DELETE FROM finalValue WHERE attemptId = 5
        """
      )
      let (_, tables) = try Store.recover(from: folder, to: target)
      #expect(tables.first { $0.name == "attempt" }?.loss == "2 rows hold what is never written")
      #expect(try ledger(target).ok == 197)
      #expect(try ledger(target).pending == 3)
      #expect(
        try Store.reading(from: target).records(
          of: Store.reading(from: target).sweep(matching: nil)
        ).count == 197
      )
    }
  }

  @Test func `pages that were overwritten cost their own rows, not the others`() async throws {
    try await withSample { folder, target in
      let path = folder + "/sweeps.sqlite"
      let database = try DatabaseQueue(path: path)
      let page = try await database.read { database in
        try Int.fetchOne(
          database,
          sql:
            "SELECT pageno FROM dbstat WHERE name = 'attempt' AND pagetype = 'leaf' LIMIT 1 OFFSET 2"
        )
      }
      try database.close()
      var bytes = try #require(FileManager.default.contents(atPath: path))
      let number = try #require(page)
      bytes.replaceSubrange(
        (number - 1) * 4096..<number * 4096,
        with: Data(repeating: 0xA5, count: 4096)
      )
      try bytes.write(to: URL(fileURLWithPath: path))
      let (integrity, tables) = try Store.recover(from: folder, to: target)
      #expect(integrity != "ok")
      #expect(tables.first { $0.name == "attempt" }?.loss != nil)
      let saved = try ledger(target)
      #expect(saved.ok > 100 && saved.ok < 200 && saved.isBalanced, "\(saved)")
      #expect(try Store.reading(from: target).integrity == "ok")
    }
  }

  @Test func `a folder that has results is not written over`() async throws {
    try await withSample { folder, _ in
      #expect(throws: StoreError.self) { try Store.recover(from: folder, to: folder) }
      let kept = try ledger(folder)
      #expect(kept.ok == 200)
    }
  }
}
