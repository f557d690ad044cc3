import Foundation
internal import GRDB
import Notation
package import Sweeps

extension Store {
  /// The attempts that say where the runs of a sweep's current spec stand, in the order of the grid.
  ///
  /// For each run that was ever started: the last attempt that came to an end, or without one the last
  /// of all. Runs that were never started have no record.
  ///
  /// - Parameters:
  ///   - sweep: The sweep.
  ///   - curves: Whether the learning curves are read too, which takes most of the time.
  /// - Returns: One record a run.
  /// - Throws: ``StoreError``.
  package func records(of sweep: SweepSummary, curves: Bool = true) throws -> [Sweeps.Record] {
    try read { database in
      let planned = try RecordQuery(
        database,
        filter: RecordQuery.deciding,
        order: "plannedRun.position",
        arguments: ["sweep": sweep.id]
      )
      return try planned.records(curves: curves)
    }
  }

  /// The deciding attempts at some runs of a sweep, with their learning curves.
  ///
  /// - Parameters:
  ///   - sweep: The sweep.
  ///   - runs: The ids of the runs.
  /// - Returns: One record for each run that was ever started, in the order of the grid.
  /// - Throws: ``StoreError``.
  package func records(of sweep: SweepSummary, runs: [String]) throws -> [Sweeps.Record] {
    try read { database in
      try RecordQuery(
        database,
        filter: RecordQuery.deciding
          + " AND run.identity IN (SELECT value FROM json_each(:runs))",
        order: "plannedRun.position",
        arguments: [
          "sweep": sweep.id,
          "runs": JSON.array(runs.map { .string($0) }).text,
        ]
      ).records(curves: true)
    }
  }

  /// The deciding attempts at all runs of a sweep, whichever of its specs planned them; levels are those of the
  /// current one, none where that does not plan a run.
  ///
  /// - Parameter enrollment: The sweep.
  /// - Returns: One record for each run that was ever started, in no particular order, without curves.
  /// - Throws: ``StoreError``.
  package func results(of enrollment: Enrollment) throws -> [Sweeps.Record] {
    try results(sweepID: enrollment.sweepID)
  }

  /// The same of a sweep by its name; none for one that was never started.
  ///
  /// - Throws: ``StoreError``.
  package func results(ofSweep name: String) throws -> [Sweeps.Record] {
    let sweep = try sweeps().first { $0.isNamed(name) }
    return try sweep.map { try results(sweepID: $0.id) } ?? []
  }

  private func results(sweepID: Int64) throws -> [Sweeps.Record] {
    try read { database in
      try RecordQuery(
        database,
        filter: RecordQuery.decidingOfAll,
        order: "run.id",
        arguments: ["sweep": sweepID]
      ).records(curves: false)
    }
  }

  /// Every attempt at one run of a sweep by its name, as ``attempts(at:of:)``.
  ///
  /// - Throws: ``StoreError``.
  package func attempts(at run: String, ofSweep name: String) throws -> [Sweeps.Record] {
    let sweep = try sweeps().first { $0.isNamed(name) }
    return try sweep.map { try attempts(at: run, of: $0) } ?? []
  }

  /// The attempts that are under way, in the order of their slots; none without a coordinator.
  ///
  /// - Throws: ``StoreError``.
  package func running(of sweep: SweepSummary) throws -> [Sweeps.Record] {
    guard sweep.isRunning else { return [] }
    return try read { database in
      try RecordQuery(
        database,
        filter: """
          WHERE run.sweepId = :sweep AND outcome = 'running' AND attempt.sessionId =
            (SELECT sessionId FROM coordinator WHERE sweepId = :sweep)
          """,
        order: "attempt.slot",
        arguments: ["sweep": sweep.id]
      ).records(curves: false)
    }
  }

  /// Every attempt at one run, in their order.
  ///
  /// - Parameters:
  ///   - run: The run's id.
  ///   - sweep: The sweep; its current spec gives the levels.
  /// - Returns: The first attempt first.
  /// - Throws: ``StoreError``.
  package func attempts(at run: String, of sweep: SweepSummary) throws -> [Sweeps.Record] {
    try read { database in
      try RecordQuery(
        database,
        filter: """
          WHERE run.sweepId = :sweep AND run.identity = :run
          """,
        order: "attempt.number",
        arguments: ["sweep": sweep.id, "run": run]
      ).records(curves: true)
    }
  }
}

/// A selection of attempts and the queries that complete them.
private struct RecordQuery {
  let database: Database
  /// Joins and conditions on `attempt` and `run`.
  let filter: String
  let order: String
  let arguments: StatementArguments

  /// The attempt that says where a run of the current spec of `:sweep` stands.
  static let deciding = """
    JOIN plannedRun ON plannedRun.runId = run.id
    JOIN spec ON spec.id = plannedRun.specId AND spec.isCurrent
    WHERE run.sweepId = :sweep AND attempt.number = CASE WHEN run.attempt > 0 THEN run.attempt
      ELSE (SELECT max(number) FROM attempt WHERE runId = run.id) END
    """

  /// The same of a run that no spec needs to plan any more.
  static let decidingOfAll = """
    WHERE run.sweepId = :sweep AND attempt.number = CASE WHEN run.attempt > 0 THEN run.attempt
      ELSE (SELECT max(number) FROM attempt WHERE runId = run.id) END
    """

  init(_ database: Database, filter: String, order: String, arguments: StatementArguments) throws {
    self.database = database
    self.filter = filter
    self.order = order
    self.arguments = arguments
  }

  private var source: String { "attempt JOIN run ON run.id = attempt.runId \(filter)" }

  func records(curves: Bool) throws -> [Sweeps.Record] {
    let levels = try levelTexts()
    let measurements = try MeasurementQuery(
      database,
      attempts: "SELECT attempt.id FROM \(source)",
      arguments: arguments
    ).measurements(curves: curves)
    // A database that no start has touched since the column came is read as it is: its folder may be read-only.
    let hasSites = try database.columns(in: "attempt").contains { $0.name == "site" }
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT attempt.id, attempt.number, outcome, code, reason, lastLines, started, duration,
          \(hasSites ? "site" : "''") AS site, run.id AS runId, run.identity, run.seed, run.settings
        FROM \(source) ORDER BY \(order)
        """,
      arguments: arguments
    )
    let columns = try Columns(rows)
    var records: [Sweeps.Record] = []
    while let row = try rows.next() {
      records.append(try columns.record(row, levels: levels, measurements: measurements))
    }
    return records
  }

  /// The level texts of each run, in the order of the current spec's axes.
  private func levelTexts() throws -> [Int64: [String]] {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT axisValue.runId, level.text FROM axisValue
        JOIN spec current ON current.id = axisValue.specId AND current.isCurrent
        JOIN axis ON axis.id = axisValue.axisId
        JOIN level ON level.id = axisValue.levelId
        WHERE axisValue.runId IN (SELECT run.id FROM \(source))
        ORDER BY axisValue.runId, axis.position
        """,
      arguments: arguments
    )
    let run = try rows.column("runId", of: "axisValue", Int64.self)
    let text = try rows.column("text", of: "level", String.self)
    var texts: [Int64: [String]] = [:]
    while let row = try rows.next() { texts[try run(row), default: []].append(try text(row)) }
    return texts
  }
}

/// The columns of an attempt and its run.
private struct Columns {
  private let id: StoredColumn<Int64>
  private let number: StoredColumn<Int>
  private let outcome: StoredColumn<String>
  private let code: StoredColumn<Double>
  private let reason: StoredColumn<String>
  private let lastLines: StoredColumn<String>
  private let started: StoredColumn<Double>
  private let duration: StoredColumn<Double>
  private let site: StoredColumn<String>
  private let run: StoredColumn<Int64>
  private let identity: StoredColumn<String>
  private let seed: StoredColumn<Int>
  private let settings: StoredColumn<String>

  init(_ rows: RowCursor) throws {
    id = try rows.column("id", of: "attempt")
    number = try rows.column("number", of: "attempt")
    outcome = try rows.column("outcome", of: "attempt")
    code = try rows.column("code", of: "attempt")
    reason = try rows.column("reason", of: "attempt")
    lastLines = try rows.column("lastLines", of: "attempt")
    started = try rows.column("started", of: "attempt")
    duration = try rows.column("duration", of: "attempt")
    site = try rows.column("site", of: "attempt")
    run = try rows.column("runId", of: "run")
    identity = try rows.column("identity", of: "run")
    seed = try rows.column("seed", of: "run")
    settings = try rows.column("settings", of: "run")
  }

  func record(
    _ row: Row,
    levels: [Int64: [String]],
    measurements: [Int64: Measurements]
  ) throws -> Sweeps.Record {
    let run = Run(
      id: try identity(row),
      seed: try seed(row),
      levels: levels[try run(row)] ?? [],
      settings: try settings(row, as: JSONObject.init(stored:))
    )
    let lines = try lastLines(row)
    let (code, reason) = (try code(row), try reason(row))
    let site = try site(row)
    return Sweeps.Record(
      run: run,
      attempt: try number(row, as: Int.init(storedCount:)),
      outcome: try outcome(row) { OutcomeColumns(outcome: $0, code: code, reason: reason).value },
      measurements: measurements[try id(row)] ?? Measurements(),
      lastLines: lines.isEmpty ? [] : lines.components(separatedBy: "\n"),
      started: try started(row, as: Date.init(stored:)),
      duration: try duration(row, as: Duration.init(stored:)),
      site: site.isEmpty ? Site() : Site(JSON(line: site.utf8) ?? .null)
    )
  }
}
