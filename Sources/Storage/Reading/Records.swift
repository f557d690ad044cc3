import Notation
package import Sweeps
import Foundation
internal import GRDB

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

  init(_ database: Database, filter: String, order: String, arguments: StatementArguments) throws {
    self.database = database
    self.filter = filter
    self.order = order
    self.arguments = arguments
  }

  private var source: String { "attempt JOIN run ON run.id = attempt.runId \(filter)" }

  func records(curves: Bool) throws -> [Sweeps.Record] {
    let metrics = try metricNames()
    let levels = try levelTexts()
    var measurements = try finals(metrics)
    if curves { try addCurves(metrics, to: &measurements) }
    try addNotes(to: &measurements)
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT attempt.id, attempt.number, outcome, code, reason, lastLines, started, duration,
          run.id, run.identity, run.seed, run.settings
        FROM \(source) ORDER BY \(order)
        """,
      arguments: arguments
    )
    var records: [Sweeps.Record] = []
    while let row = try rows.next() {
      let runID: Int64 = row[8]
      let run = Run(
        id: row[9],
        seed: row[10],
        levels: levels[runID] ?? [],
        settings: settings(row[11])
      )
      let attemptID: Int64 = row[0]
      let lines: String = row[5]
      records.append(
        Sweeps.Record(
          run: run,
          attempt: row[1],
          outcome: OutcomeColumns(outcome: row[2], code: row[3], reason: row[4]).value ?? .lost,
          measurements: measurements[attemptID] ?? Measurements(),
          lastLines: lines.isEmpty ? [] : lines.components(separatedBy: "\n"),
          started: Date(timeIntervalSince1970: row[6]),
          duration: .seconds(row[7] as Double)
        )
      )
    }
    return records
  }

  private func settings(_ text: String) -> JSONObject {
    JSON(line: Array(text.utf8))?.object ?? JSONObject()
  }

  private func metricNames() throws -> [Int64: String] {
    var names: [Int64: String] = [:]
    let rows = try Row.fetchCursor(database, sql: "SELECT id, name FROM metric")
    while let row = try rows.next() { names[row[0]] = row[1] }
    return names
  }

  /// The level texts of each run, in the order of the current spec's axes.
  private func levelTexts() throws -> [Int64: [String]] {
    var texts: [Int64: [String]] = [:]
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
    while let row = try rows.next() { texts[row[0], default: []].append(row[1]) }
    return texts
  }

  private func finals(_ metrics: [Int64: String]) throws -> [Int64: Measurements] {
    var measurements: [Int64: Measurements] = [:]
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT attemptId, metricId, value FROM finalValue
        WHERE attemptId IN (SELECT attempt.id FROM \(source))
        """,
      arguments: arguments
    )
    while let row = try rows.next() {
      guard let name = metrics[row[1]], let value = measured(row[2]) else { continue }
      measurements[row[0], default: Measurements()].final[name] = value
    }
    return measurements
  }

  private func addCurves(
    _ metrics: [Int64: String],
    to measurements: inout [Int64: Measurements]
  ) throws {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT attemptId, number, unit, position, metricId, value
        FROM curvePoint JOIN curveValue USING (attemptId, number)
        WHERE attemptId IN (SELECT attempt.id FROM \(source))
        ORDER BY attemptId, number
        """,
      arguments: arguments
    )
    var current: (attempt: Int64, number: Int64) = (0, -1)
    var place: (unit: CurvePoint.Unit, position: Double) = (.epoch, 0)
    var values: [String: Double] = [:]
    func close() {
      guard current.number >= 0 else { return }
      measurements[current.attempt, default: Measurements()].curve.append(
        CurvePoint(unit: place.unit, position: place.position, metrics: values)
      )
      values.removeAll(keepingCapacity: true)
    }
    while let row = try rows.next() {
      let key: (Int64, Int64) = (row[0], row[1])
      if key != current {
        close()
        current = key
        place = (CurvePoint.Unit(rawValue: row[2]) ?? .epoch, row[3])
      }
      if let name = metrics[row[4]], let value = measured(row[5]) { values[name] = value }
    }
    close()
  }

  private func addNotes(to measurements: inout [Int64: Measurements]) throws {
    let notes = try Row.fetchCursor(
      database,
      sql: """
        SELECT attemptId, name, text FROM note
        WHERE attemptId IN (SELECT attempt.id FROM \(source))
        """,
      arguments: arguments
    )
    while let row = try notes.next() {
      measurements[row[0], default: Measurements()].texts[row[1]] = row[2]
    }
    let bits = try Row.fetchCursor(
      database,
      sql: """
        SELECT attemptId, bits FROM correct
        WHERE attemptId IN (SELECT attempt.id FROM \(source))
        """,
      arguments: arguments
    )
    while let row = try bits.next() {
      measurements[row[0], default: Measurements()].correct = Array(row[1] as Data)
    }
  }
}
