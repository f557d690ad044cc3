import Foundation
internal import GRDB

extension Store {
  /// Whether a version of this program made the database that did not have all of its views yet.
  ///
  /// - Throws: ``StoreError``.
  package var isOlder: Bool {
    get throws { try read { try !Schema.migrator.hasCompletedMigrations($0) } }
  }

  /// Answers a question in SQL from what the views show.
  ///
  /// The rows of those views that the question names are copied, in one snapshot, into a database of their own, and it
  /// is asked there. So nothing that is sealed can be reached, whatever the question says, and nothing can be written.
  ///
  /// - Parameters:
  ///   - question: One SELECT.
  ///   - wide: A sweep that gets a table `wide`: a row a planned run, with a column for each axis and metric; nil for none.
  ///   - body: Reads the answer.
  /// - Returns: What the body does.
  /// - Throws: ``StoreError``, or what the body throws.
  package func answer<Value>(
    _ question: String,
    wide: SweepSummary?,
    _ body: (QueryAnswer) throws -> Value
  ) throws -> Value {
    // SQLite deletes the file of a database without a name, which memory need not hold.
    var configuration = Configuration()
    configuration.busyMode = .timeout(30)
    let desk = try Self.translating(path) {
      try DatabaseQueue(path: "", configuration: configuration)
    }
    return try desk.inDatabase { database in
      try Self.translating(path) {
        try database.execute(sql: "PRAGMA journal_mode = OFF")
        for view in ResultView.all { try database.execute(sql: view.table) }
        if let wide {
          let base = ResultView.all.filter { ["runs", "metrics"].contains($0.name) }
          try copy(base, into: database, of: wide.name)
          try WideTable(of: wide.name, axes: try axisNames(of: wide), database).make()
          for view in base { try database.execute(sql: "DELETE FROM main.\(view.name)") }
        }
      }
      let plan = try Self.statement(question, database)
      let needed = ResultView.all.filter {
        plan.databaseRegion.isModified(byEventsOfKind: .insert(tableName: $0.name))
      }
      try Self.translating(path) { try copy(needed, into: database) }
      let statement = try Self.statement(question, database)
      return try body(
        QueryAnswer(
          columns: statement.columnNames,
          readsResults: needed.contains { $0.holdsResults } || wide != nil,
          rows: try StoreError.ofQuery { try Row.fetchCursor(statement) }
        )
      )
    }
  }

  /// The question, which has to be one that reads and has an answer.
  private static func statement(_ question: String, _ database: Database) throws -> Statement {
    let statement = try StoreError.ofQuery { try database.makeStatement(sql: question) }
    guard statement.isReadonly, statement.columnCount > 0 else {
      throw StoreError.badQuery(reason: "only a SELECT is answered")
    }
    return statement
  }

  /// Fills the tables of the same names.
  ///
  /// - Parameters:
  ///   - views: Those that are filled.
  ///   - database: The one that the question is asked in.
  ///   - sweep: Only the rows of this one; nil for all.
  /// - Throws: What SQLite says.
  private func copy(
    _ views: [ResultView],
    into database: Database,
    of sweep: String? = nil
  ) throws {
    guard !views.isEmpty else { return }
    let (readable, copy) = try Self.readablePath(of: path)
    defer { copy.map { try? FileManager.default.removeItem(atPath: $0) } }
    let source =
      readable.hasPrefix("file:")
      ? readable : URL(fileURLWithPath: readable).absoluteString + "?mode=ro"
    try database.execute(sql: "ATTACH ? AS stored", arguments: [source])
    try database.inTransaction(.deferred) {
      for view in views {
        try database.execute(
          sql:
            "INSERT INTO main.\(view.name) SELECT * FROM (\(view.query)) WHERE sweep = ifnull(?, sweep)",
          arguments: [sweep]
        )
      }
      return .commit
    }
    try database.execute(sql: "DETACH stored")
  }
}
