internal import GRDB
import Notation
package import Sweeps

extension Store {
  /// The runs that the store holds of an enrolled sweep.
  ///
  /// - Throws: ``StoreError``.
  package func storedRuns(of enrollment: Enrollment) throws -> StoredRuns {
    try storedRuns(sweepID: enrollment.sweepID, specID: enrollment.specID)
  }

  /// The runs that the store holds of a sweep; none for a sweep that was never started.
  ///
  /// - Throws: ``StoreError``.
  package func storedRuns(ofSweep name: String) throws -> StoredRuns {
    let row = try read { database in
      try Row.fetchOne(
        database,
        sql: """
          SELECT sweep.id AS sweepId, spec.id AS specId
          FROM sweep JOIN spec ON spec.sweepId = sweep.id
          WHERE sweep.name = ? AND spec.isCurrent
          """,
        arguments: [name]
      )
    }
    guard let row else { return StoredRuns() }
    return try storedRuns(sweepID: row["sweepId"], specID: row["specId"])
  }

  private func storedRuns(sweepID: Int64, specID: Int64) throws -> StoredRuns {
    try read { database in
      let span = try RunSpan(ofSweep: sweepID, database)
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT run.id, run.identity, run.status,
            coalesce((SELECT max(number) FROM attempt WHERE runId = run.id), 0) AS attempts,
            EXISTS (SELECT 1 FROM plannedRun WHERE runId = run.id AND specId = :spec) AS isPlanned
          FROM run WHERE \(span.condition)
          """,
        arguments: ["spec": specID, "sweep": sweepID]
      )
      let id = try rows.column("id", of: "run", Int64.self)
      let identity = try rows.column("identity", of: "run", String.self)
      let status = try rows.column("status", of: "run", String.self)
      let attempts = try rows.column("attempts", of: "attempt", Int.self)
      let isPlanned = try rows.column("isPlanned", of: "plannedRun", Bool.self)
      return try StoredRuns(count: span.count) {
        guard let row = try rows.next() else { return nil }
        let run = StoredRun(
          rowID: try id(row),
          status: try status(row, as: RunStatus.init(rawValue:)),
          attempts: try attempts(row, as: Int.init(storedCount:)),
          isPlanned: try isPlanned(row)
        )
        return try identity(row) { StoredRuns.Element(id: $0, run: run) }
      }
    }
  }

  /// The ids of the runs that the store holds of a sweep.
  ///
  /// - Throws: ``StoreError``.
  package func runIDs(ofSweep sweepID: Int64) throws -> [String] {
    try read { database in
      try String.fetchAll(
        database,
        sql: "SELECT identity FROM run WHERE sweepId = ?",
        arguments: [sweepID]
      )
    }
  }

  /// Those of some runs of a sweep that came to an end.
  ///
  /// - Throws: ``StoreError``.
  package func concludedRuns(among runs: [String], ofSweep sweepID: Int64) throws -> [String] {
    try read { database in
      try String.fetchAll(
        database,
        sql: """
          SELECT identity FROM run WHERE sweepId = ? AND attempt > 0
          AND identity IN (SELECT value FROM json_each(?))
          """,
        arguments: [sweepID, JSON.array(runs.map { .string($0) }).text]
      )
    }
  }

  /// The run that an id or the beginning of one means, and its sweep.
  ///
  /// - Parameters:
  ///   - text: At least one digit of an id.
  ///   - name: The sweep, or the beginning of its name; nil where only one has the run.
  /// - Returns: The whole id and the sweep.
  /// - Throws: ``StoreError/unknownRun(_:)``, ``StoreError/ambiguous(_:matches:)`` or
  ///   ``StoreError/severalSweeps(run:sweeps:)``.
  package func run(
    matching text: String,
    of name: String? = nil
  ) throws -> (id: String, sweep: SweepSummary) {
    let only = try name.map { try sweep(matching: $0) }
    // '~' sorts after every digit of an id.
    let rows = try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT id, identity, sweepId FROM run
          WHERE identity >= ? AND identity < ? AND sweepId = ifnull(?, sweepId) LIMIT 100
          """,
        arguments: [text, text + "~", only?.id]
      ).map { row in
        let identity: String = try row.value("identity", of: "run")
        let sweepID: Int64 = try row.value("sweepId", of: "run")
        return (identity, sweepID)
      }
    }
    let ids = Set(rows.map(\.0)).sorted()
    guard let id = ids.first else { throw StoreError.unknownRun(text) }
    guard ids.count == 1 else { throw StoreError.ambiguous(text, matches: ids) }
    let sweepIDs = Set(rows.map(\.1))
    let found = try sweeps().filter { sweepIDs.contains($0.id) }
    guard let sweep = found.first else { throw StoreError.unknownRun(text) }
    guard found.count == 1 else {
      throw StoreError.severalSweeps(run: id, sweeps: found.map(\.name))
    }
    return (id, sweep)
  }

  /// How many planned runs of a spec have each status.
  static func counts(_ database: Database, specID: Int64) throws -> [RunStatus: Int] {
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT run.status, count(*) AS count FROM plannedRun
        JOIN run INDEXED BY runStatus ON run.id = plannedRun.runId
        WHERE plannedRun.specId = ? GROUP BY run.status
        """,
      arguments: [specID]
    )
    var counts: [RunStatus: Int] = [:]
    for row in rows {
      counts[try row.value("status", of: "run", as: RunStatus.init(rawValue:))] = row["count"]
    }
    return counts
  }

  /// The books of a spec as they are stored.
  ///
  /// - Throws: ``StoreError``.
  package func ledger(of enrollment: Enrollment, planned: Int, excluded: Int) throws -> Ledger {
    try read { database in
      var ledger = Ledger(planned: planned, excluded: excluded)
      for (status, count) in try Self.counts(database, specID: enrollment.specID) {
        ledger[status] = count
      }
      // What was never started has no row.
      ledger.pending += planned - RunStatus.allCases.reduce(0) { $0 + ledger[$1] }
      return ledger
    }
  }

  /// Seconds that the finished runs of a sweep took.
  ///
  /// - Throws: ``StoreError``.
  package func durations(of enrollment: Enrollment) throws -> [Double] {
    try read { database in
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT attempt.id, attempt.duration
          \(Self.finished(try RunSpan(ofSweep: enrollment.sweepID, database)))
          """,
        arguments: ["sweep": enrollment.sweepID]
      )
      let duration = try rows.column("duration", of: "attempt", Double.self)
      var seconds: [Double] = []
      while let row = try rows.next() {
        seconds.append(try duration(row, as: Duration.init(stored:)).seconds)
      }
      return seconds
    }
  }

  /// What finished runs of any sweep took, with their settings and nothing that they measured.
  ///
  /// - Parameter limit: Sweeps that are looked at, those that were started last.
  /// - Returns: In no particular order.
  /// - Throws: ``StoreError``.
  package func durations(ofNewest limit: Int) throws -> [RunDuration] {
    try read { database in
      let sweeps: [Int64] = try Row.fetchAll(
        database,
        sql: """
          SELECT sweepId FROM session GROUP BY sweepId ORDER BY max(started) DESC LIMIT ?
          """,
        arguments: [limit]
      ).map { try $0.value("sweepId", of: "session") }
      return try sweeps.flatMap { try durations(sweepID: $0, database) }
    }
  }

  /// The attempts that finished the runs of `:sweep`.
  private static func finished(_ span: RunSpan) -> String {
    """
    FROM run CROSS JOIN attempt ON attempt.runId = run.id AND attempt.number = run.attempt
    WHERE \(span.condition) AND run.status = 'ok'
    """
  }

  private func durations(sweepID: Int64, _ database: Database) throws -> [RunDuration] {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT attempt.id, run.settings, attempt.duration
        \(Self.finished(try RunSpan(ofSweep: sweepID, database)))
        """,
      arguments: ["sweep": sweepID]
    )
    let settings = try rows.column("settings", of: "run", String.self)
    let duration = try rows.column("duration", of: "attempt", Double.self)
    // The seeds of a cell share their settings, and here the memory of them.
    var known: [String: JSONObject] = [:]
    var runs: [RunDuration] = []
    while let row = try rows.next() {
      let text = try settings(row)
      let object = try known[text] ?? settings(row, as: JSONObject.init(stored:))
      known[text] = object
      let time = try duration(row, as: Duration.init(stored:))
      runs.append(RunDuration(settings: object, seconds: time.seconds))
    }
    return runs
  }
}

extension JSONObject {
  /// The settings that a column holds.
  init?(stored text: String) {
    guard let object = JSON(line: Array(text.utf8))?.object else { return nil }
    self = object
  }
}
/// Where the runs of a sweep lie in the table of all runs, and how they are best read.
struct RunSpan {
  /// Rows of other sweeps that are read in passing, for each row of this one, at the most.
  private static let tolerance = 4

  let count: Int
  private let first: Int64
  private let last: Int64

  init(ofSweep sweepID: Int64, _ database: Database) throws {
    let row = try Row.fetchOne(
      database,
      sql: """
        SELECT count(*) AS count, coalesce(min(id), 0) AS first, coalesce(max(id), 0) AS last
        FROM run WHERE sweepId = ?
        """,
      arguments: [sweepID]
    )
    count = row?["count"] ?? 0
    first = row?["first"] ?? 0
    last = row?["last"] ?? 0
  }

  /// The condition on `run` that it is one of `:sweep`.
  ///
  /// The index of a sweep's runs has them in the order of their identities: through it each of a million is on another
  /// page, which takes five times as long as the table in its own order. Where other sweeps' runs lie between, the
  /// index is the shorter way.
  var condition: String {
    last - first < Int64(Self.tolerance * count)
      ? "run.id BETWEEN \(first) AND \(last) AND +run.sweepId = :sweep" : "run.sweepId = :sweep"
  }
}
