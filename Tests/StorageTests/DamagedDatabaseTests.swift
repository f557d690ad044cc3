import Execution
import Foundation
import GRDB
import Notation
import Storage
import Sweeps
import TestSupport
import Testing

/// Whatever stands in a column: reading and starting give a value or a ``StoreError``, and never end the program.
struct DamagedDatabaseTests {
  private static let values = [
    "NULL", "'x'", "''", "x'00ff'", "1e300", "-1e300", "9223372036854775807", "-1",
  ]

  private func sample(in folder: URL) async throws -> (spec: Spec, path: String) {
    let spec = try exampleSpec(
      #"{"name": "trial", "command": ["x", "{a}"], "axes": {"a": [1, 2]}, "seeds": 2}"#
    )
    let executor = Scripted(slots: 4) { assignment in
      switch assignment.index {
      case 0: .ends(.diverged(epoch: Int.max, reason: "nan"))
      case 1: .ends(.failed(.exit(code: 3)), lastLines: ["broken"])
      default: .ends(.finished, .loss(.nan, curve: [2, .infinity]))
      }
    }
    let store = try Store.writing(to: folder.path)
    _ = try await coordinator(spec, store, executor).run { _ in }
    try store.reveal(["q"], of: try store.sweep(matching: nil), command: "report")
    try store.close()
    // As a coordinator leaves it that was killed before this machine was started anew.
    let database = try DatabaseQueue(path: store.path)
    try await database.write {
      try $0.execute(
        sql: "INSERT INTO coordinator VALUES (1, 1, ?, 'gone', 4242, '99')",
        arguments: [Host.current.name]
      )
      try $0.execute(sql: "UPDATE session SET ended = 0")
      try $0.execute(sql: "UPDATE attempt SET outcome = 'running' WHERE id = 4")
    }
    try database.close()
    return (spec, store.path)
  }

  private func coordinator(
    _ spec: Spec,
    _ store: Store,
    _ executor: Scripted
  ) throws -> Coordinator {
    try Coordinator.start(
      spec,
      grid: try Grid(spec, trainer: exampleTrainer, files: Disk()),
      store: store,
      executor: executor,
      provenance: .example,
      options: CoordinatorOptions()
    )
  }

  /// Reads all that can be read of the sweeps of a folder.
  private func readAll(_ folder: String) throws {
    let store = try Store.reading(from: folder)
    for sweep in try store.sweeps() {
      let records = try store.records(of: sweep)
      for record in records {
        _ = try store.attempts(at: record.run.id, of: sweep)
        _ = try store.provenance(ofRun: record.run.id, in: sweep)
        _ = record.started.formatted(.iso8601)
      }
      try store.curves(of: sweep).forEach(of: records) { _ in }
      _ = try store.records(of: sweep, runs: records.map(\.run.id))
      _ = try (store.running(of: sweep), store.sessions(of: sweep), store.provenance(of: sweep))
      _ = try (store.predictionHeads(of: sweep), store.firstResult(of: sweep))
      _ = try (store.axisNames(of: sweep), store.specText(of: sweep))
      _ = try (store.storedRuns(ofSweep: sweep.name), store.firstReveal(of: sweep))
      _ = try (store.revealedQuestions(of: sweep), store.openQuestions(of: sweep))
    }
    _ = try store.durations(ofNewest: 20)
  }

  @Test func `a run that says it diverged in no countable epoch is read, and nothing else is lost`()
    async throws
  {
    try await withTemporaryFolder { folder in
      _ = try await sample(in: folder)
      let store = try Store.reading(from: folder.path)
      let records = try store.records(of: try store.sweep(matching: nil))
      #expect(records[0].outcome == .diverged(epoch: nil, reason: "nan"))
      #expect(records.map(\.status) == [.diverged, .failed, .ok, .running])
    }
  }

  @Test func `a value that no version writes is told with its table and row`() async throws {
    try await withTemporaryFolder { folder in
      let (_, path) = try await sample(in: folder)
      let database = try DatabaseQueue(path: path)
      try await database.write {
        try $0.execute(sql: "UPDATE attempt SET duration = 1e300 WHERE id = 3")
      }
      try database.close()
      let store = try Store.reading(from: folder.path)
      let sweep = try store.sweep(matching: nil)
      let reason = "table 'attempt', row with id 3: 'duration' is 1e+300"
      #expect(throws: StoreError.damaged(path: path, reason: reason)) {
        try store.records(of: sweep)
      }
    }
  }

  @Test(arguments: ["../keep", "", "/", "a/b", "..", ".", "cache", "sweeps.sqlite"])
  func `a folder that leads elsewhere is damage, so that nothing there is deleted`(name: String)
    async throws
  {
    try await withTemporaryFolder { folder in
      let (_, path) = try await sample(in: folder)
      let database = try DatabaseQueue(path: path)
      try await database.write {
        try $0.execute(sql: "UPDATE sweep SET folder = ?", arguments: [name])
      }
      try database.close()
      #expect {
        try Store.reading(from: folder.path).sweeps()
      } throws: { error in
        guard case StoreError.damaged(_, let reason) = error else { return false }
        return reason.contains("'folder'")
      }
    }
  }

  @Test func `no value of any column ends the program`() async throws {
    try await withTemporaryFolder { folder in
      let (spec, path) = try await sample(in: folder)
      let whole = try #require(FileManager.default.contents(atPath: path))
      var changes = 0
      var refusals = 0
      for (table, column) in try await loosenedColumns(of: path) {
        for value in Self.values {
          try whole.write(to: URL(fileURLWithPath: path))
          try await loosen(path)
          let isChanged = try change(path, "UPDATE \(table) SET \(column) = \(value)")
          guard isChanged else { continue }
          changes += 1
          do {
            try readAll(folder.path)
            let store = try Store.writing(to: folder.path)
            let executor = Scripted(slots: 4)
            _ = try await coordinator(spec, store, executor).run { _ in }
            try store.close()
          } catch is StoreError {
            refusals += 1
          } catch is CoordinatorLock.Refusal {
            refusals += 1
          }
          for suffix in ["-wal", "-shm"] { unlink(path + suffix) }
        }
      }
      #expect(changes > 200 && refusals > 50 && refusals < changes, "\(changes), \(refusals)")
    }
  }

  /// Says whether it was done: what SQLite itself refuses, such as a second row of one number, is no damage.
  private func change(_ path: String, _ sql: String) throws -> Bool {
    let database = try DatabaseQueue(path: path)
    defer { try? database.close() }
    do {
      try database.inDatabase { try $0.execute(sql: "PRAGMA foreign_keys = OFF; \(sql)") }
      return true
    } catch is DatabaseError {
      return false
    }
  }

  /// Takes from the tables what keeps a column from holding anything, as a flipped bit does not ask either.
  private func loosen(_ path: String) async throws {
    let database = try DatabaseQueue(path: path)
    try await database.writeWithoutTransaction {
      try $0.execute(
        sql: """
          PRAGMA writable_schema = ON;
          UPDATE sqlite_master SET sql = replace(sql, 'NOT NULL', '') WHERE type = 'table';
          PRAGMA writable_schema = OFF;
          """
      )
    }
    try database.close()
  }

  private func loosenedColumns(of path: String) async throws -> [(table: String, column: String)] {
    let database = try DatabaseQueue(path: path)
    let columns = try await database.read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT m.name AS tableName, c.name AS columnName
          FROM sqlite_master m JOIN pragma_table_info(m.name) c
          WHERE m.type = 'table' AND m.name NOT LIKE 'grdb%' AND m.name NOT LIKE 'sqlite%'
          """
      ).map { row -> (String, String) in (row["tableName"], row["columnName"]) }
    }
    try database.close()
    return columns
  }
}
