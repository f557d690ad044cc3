package import Foundation
internal import GRDB

/// The tables `sweepTag`, `runTag`, `sweepNote` and `runNote`.
extension Store {
  /// The tags of a sweep or a run, in alphabetical order.
  ///
  /// - Throws: ``StoreError``.
  package func tags(of labelled: Labelled) throws -> [String] {
    try readingLabels(ifNone: []) { database in
      try String.fetchAll(
        database,
        sql: """
          SELECT name FROM \(labelled.table)Tag WHERE \(labelled.table)Id = \(labelled.id) ORDER BY name
          """,
        arguments: labelled.arguments
      )
    }
  }

  /// The ids of the runs of a sweep that have a tag.
  ///
  /// - Throws: ``StoreError``.
  package func runs(tagged tag: String, of sweep: SweepSummary) throws -> Set<String> {
    try readingLabels(ifNone: []) { database in
      try String.fetchSet(
        database,
        sql: """
          SELECT run.identity FROM runTag JOIN run ON run.id = runTag.runId
          WHERE run.sweepId = ? AND runTag.name = ?
          """,
        arguments: [sweep.id, tag]
      )
    }
  }

  /// What was written down about a sweep or a run, oldest first.
  ///
  /// - Throws: ``StoreError``.
  package func notes(of labelled: Labelled) throws -> [WrittenNote] {
    try readingLabels(ifNone: []) { database in
      let table = labelled.table + "Note"
      return try Row.fetchAll(
        database,
        sql:
          "SELECT id, text, at FROM \(table) WHERE \(labelled.table)Id = \(labelled.id) ORDER BY id",
        arguments: labelled.arguments
      ).map { row in
        WrittenNote(
          text: try row.value("text", of: table),
          at: try row.value("at", of: table, as: Date.init(stored:))
        )
      }
    }
  }

  /// Gives tags to a sweep or a run, or takes them away; a tag that is there already, or is not, stays so.
  ///
  /// - Throws: ``StoreError``.
  package func tag(_ labelled: Labelled, with names: [String], removing: Bool) throws {
    let (table, column) = (labelled.table + "Tag", labelled.table + "Id")
    try write { database in
      for name in names {
        try database.execute(
          sql: removing
            ? "DELETE FROM \(table) WHERE \(column) = \(labelled.id) AND name = :name"
            : "INSERT OR IGNORE INTO \(table) (\(column), name) VALUES (\(labelled.id), :name)",
          arguments: labelled.arguments &+ ["name": name]
        )
      }
    }
  }

  /// Writes something down about a sweep or a run.
  ///
  /// - Throws: ``StoreError``.
  package func note(_ text: String, of labelled: Labelled, at date: Date) throws {
    try write { database in
      try database.execute(
        sql: """
          INSERT INTO \(labelled.table)Note (\(labelled.table)Id, text, at)
          VALUES (\(labelled.id), :text, :at)
          """,
        arguments: labelled.arguments &+ ["text": text, "at": date.timeIntervalSince1970]
      )
    }
  }

  /// A database that no start has touched since the tables came is read as it is: its folder may be read-only.
  private func readingLabels<Value>(
    ifNone none: Value,
    _ body: (Database) throws -> Value
  ) throws -> Value {
    try read { try $0.tableExists("runTag") ? body($0) : none }
  }
}

extension Labelled {
  fileprivate var table: String {
    switch self {
    case .sweep: "sweep"
    case .run: "run"
    }
  }

  /// What gives its row, of the arguments.
  fileprivate var id: String {
    switch self {
    case .sweep: ":sweep"
    case .run: "(SELECT id FROM run WHERE sweepId = :sweep AND identity = :run)"
    }
  }

  fileprivate var arguments: StatementArguments {
    switch self {
    case .sweep(let sweep): ["sweep": sweep.id]
    case .run(let id, let sweep): ["sweep": sweep.id, "run": id]
    }
  }
}
