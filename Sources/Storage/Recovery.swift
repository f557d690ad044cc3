import Foundation
internal import GRDB
import Sweeps

/// What could be read of a table of a damaged database.
package struct RecoveredTable: Sendable, Equatable {
  package let name: String
  /// Rows that are in the new database.
  package let rows: Int
  /// Why not all are, in words; nil where the whole table was read.
  package let loss: String?
}

extension Store {
  /// Copies all that can be read of a folder's database into a new one in another folder.
  ///
  /// Each table is read from its first row until something cannot be read, and from its last row likewise. A row that
  /// holds what no version writes is left out, as are rows that belong to one that is lost; a run whose result is lost
  /// counts as not done.
  ///
  /// - Parameters:
  ///   - folder: The results folder, which is only read.
  ///   - target: The folder that gets the new database; it must have none.
  /// - Returns: What SQLite says of the old file, and each table of the new one.
  /// - Throws: ``StoreError``.
  package static func recover(
    from folder: String,
    to target: String
  ) throws -> (integrity: String, tables: [RecoveredTable]) {
    let path = folder + "/" + fileName
    guard FileManager.default.fileExists(atPath: path) else {
      throw StoreError.missing(path: folder)
    }
    guard !FileManager.default.fileExists(atPath: target + "/" + fileName) else {
      throw StoreError.notWritable(path: target, reason: "it has a database already")
    }
    let store = try Store.writing(to: target)
    guard let writer = store.writer else { preconditionFailure("a store that cannot write") }
    return try translating(path) {
      var readonly = Configuration()
      readonly.readonly = true
      let damaged = try DatabaseQueue(path: path, configuration: readonly)
      // Without a transaction, whose end may fail where pages are damaged.
      let integrity = damaged.unsafeRead { database in
        (try? String.fetchOne(database, sql: "PRAGMA integrity_check(10)"))
          ?? "it cannot be checked"
      }
      let tables = try damaged.unsafeRead { source in
        try writer.writeWithoutTransaction { database in
          try database.execute(sql: "PRAGMA foreign_keys = OFF")
          var tables: [RecoveredTable] = []
          try database.inTransaction {
            let copies = try recovered.map { try TableCopy($0, from: source, to: database) }
            for statement in afterwards { try database.execute(sql: statement) }
            tables = try copies.map { try $0.summary(database) }
            return .commit
          }
          return tables
        }
      }
      try store.close()
      return (integrity, tables)
    }
  }

  /// The tables that are copied, each behind those that its rows belong to; who held a lock does not matter any more.
  private static let recovered = [
    "sweep", "spec", "axis", "level", "run", "plannedRun", "axisValue", "session", "attempt",
    "metric",
    "finalValue", "curvePoint", "curveValue", "note", "correct", "reveal", "showing",
    "impliedQuestion", "sweepTag", "runTag", "sweepNote", "runNote", "environment",
  ]

  /// Those of them that the first versions did not have: where one is not there it held nothing.
  fileprivate static let younger: Set = [
    "showing", "impliedQuestion", "sweepTag", "runTag", "sweepNote", "runNote", "environment",
  ]

  /// What makes the copy agree with itself.
  private static let afterwards = [
    "DELETE FROM spec WHERE sweepId NOT IN (SELECT id FROM sweep)",
    "DELETE FROM axis WHERE specId NOT IN (SELECT id FROM spec)",
    "DELETE FROM level WHERE axisId NOT IN (SELECT id FROM axis)",
    "DELETE FROM run WHERE sweepId NOT IN (SELECT id FROM sweep)",
    """
    DELETE FROM plannedRun
    WHERE specId NOT IN (SELECT id FROM spec) OR runId NOT IN (SELECT id FROM run)
    """,
    """
    DELETE FROM axisValue WHERE specId NOT IN (SELECT id FROM spec)
      OR runId NOT IN (SELECT id FROM run) OR axisId NOT IN (SELECT id FROM axis)
      OR levelId NOT IN (SELECT id FROM level)
    """,
    """
    DELETE FROM session
    WHERE specId NOT IN (SELECT id FROM spec) OR sweepId NOT IN (SELECT id FROM sweep)
    """,
    "UPDATE session SET ended = started WHERE ended = 0",
    """
    DELETE FROM attempt WHERE runId NOT IN (SELECT id FROM run)
      OR sessionId NOT IN (SELECT id FROM session) OR outcome = 'running'
    """,
    """
    DELETE FROM finalValue WHERE attemptId NOT IN (SELECT id FROM attempt)
      OR metricId NOT IN (SELECT id FROM metric)
    """,
    // A result without a number is none: the run is done again.
    """
    DELETE FROM attempt WHERE outcome = 'ok' AND id NOT IN (SELECT attemptId FROM finalValue)
      AND id NOT IN (SELECT attemptId FROM note)
    """,
    "DELETE FROM curvePoint WHERE attemptId NOT IN (SELECT id FROM attempt)",
    """
    DELETE FROM curveValue WHERE metricId NOT IN (SELECT id FROM metric)
      OR (attemptId, number) NOT IN (SELECT attemptId, number FROM curvePoint)
    """,
    "DELETE FROM note WHERE attemptId NOT IN (SELECT id FROM attempt)",
    "DELETE FROM correct WHERE attemptId NOT IN (SELECT id FROM attempt)",
    "DELETE FROM reveal WHERE sweepId NOT IN (SELECT id FROM sweep)",
    "DELETE FROM impliedQuestion WHERE sweepId NOT IN (SELECT id FROM sweep)",
    "DELETE FROM sweepTag WHERE sweepId NOT IN (SELECT id FROM sweep)",
    "DELETE FROM sweepNote WHERE sweepId NOT IN (SELECT id FROM sweep)",
    "DELETE FROM runTag WHERE runId NOT IN (SELECT id FROM run)",
    "DELETE FROM runNote WHERE runId NOT IN (SELECT id FROM run)",
    "DELETE FROM showing WHERE specId NOT IN (SELECT id FROM spec)",
    """
    UPDATE run SET status = 'pending', attempt = 0 WHERE status <> 'pending' AND NOT EXISTS
      (SELECT 1 FROM attempt WHERE runId = run.id AND number = run.attempt)
    """,
  ]
}

/// The rows of one table that could be read, copied into a table of the same name.
private struct TableCopy {
  private let name: String
  private var loss: String?
  private var isRefused = 0

  init(_ name: String, from source: Database, to target: Database) throws {
    self.name = name
    let wanted = try target.columns(in: name)
    let there: Set<String>
    do {
      there = Set(try source.columns(in: name).map(\.name))
    } catch {
      loss = Store.younger.contains(name) ? nil : "the table cannot be found"
      return
    }
    let columns = wanted.filter { there.contains($0.name) }
    let key = try target.primaryKey(name).columns.map { "\"\($0)\"" }
    let list = columns.map { "\"\($0.name)\"" }.joined(separator: ", ")
    let marks = columns.map { _ in "?" }.joined(separator: ", ")
    let insert = try target.makeStatement(
      sql: "INSERT OR IGNORE INTO \"\(name)\" (\(list)) VALUES (\(marks))"
    )
    for order in ["ASC", "DESC"] {
      let sorted = key.map { "\($0) \(order)" }.joined(separator: ", ")
      do {
        let rows = try Row.fetchCursor(
          source,
          sql: "SELECT \(list) FROM \"\(name)\" ORDER BY \(sorted)"
        )
        while let row = try rows.next() {
          let values = Array(row.databaseValues)
          if zip(columns, values).allSatisfy({ Self.isPlausible($1, in: $0.type) }) {
            try insert.execute(arguments: StatementArguments(values))
          } else if order == "ASC" {
            isRefused += 1
          }
        }
        return
      } catch let error as DatabaseError {
        loss = error.message ?? "damaged"
      }
    }
  }

  /// Whether a value is of the kind that this program writes into a column.
  private static func isPlausible(_ value: DatabaseValue, in type: String) -> Bool {
    switch value.storage {
    case .null: false
    case .int64: type == "INTEGER" || type == "REAL" || type.isEmpty
    // Times and durations; what is measured has no type.
    case .double(let number): type.isEmpty || (type == "REAL" && abs(number) < 1e12)
    case .string: type == "TEXT" || type.isEmpty
    case .blob: type == "BLOB"
    }
  }

  func summary(_ database: Database) throws -> RecoveredTable {
    let count = try Int.fetchOne(database, sql: "SELECT count(*) FROM \"\(name)\"") ?? 0
    let refused = isRefused == 0 ? nil : "\(isRefused) rows hold what is never written"
    let reasons = [loss, refused].compactMap(\.self)
    return RecoveredTable(
      name: name,
      rows: count,
      loss: reasons.isEmpty ? nil : reasons.joined(separator: "; ")
    )
  }
}
