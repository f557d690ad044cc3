import Foundation
internal import GRDB
import Notation
import Sweeps
import Synchronization

/// Turns attempts into rows, and remembers the rows that others refer to.
///
/// Its memory is right as long as every transaction commits; after one that did not, nothing more is written.
final class AttemptWriter: Sendable {
  private struct Memory {
    /// Of planned runs that are at work: of all runs it would grow with the sweep.
    var runs: [String: Int64] = [:]
    var metrics: [String: Int64] = [:]
  }

  private let enrollment: Enrollment
  private let sessionID: Int64
  private let memory: Mutex<Memory>

  init(enrollment: Enrollment, sessionID: Int64) {
    self.enrollment = enrollment
    self.sessionID = sessionID
    memory = Mutex(Memory())
  }

  /// Writes an attempt that began or ended; a later writing of the same attempt completes the earlier.
  func write(_ entry: Journal.Entry, _ database: Database) throws {
    let record = entry.record
    let runID = try row(of: record.run, at: entry.index, database)
    let outcome = OutcomeColumns(record.outcome)
    try database.cachedStatement(
      sql: """
        INSERT INTO attempt (runId, number, sessionId, slot, handle, predictionHead,
          outcome, code, reason, lastLines, started, duration, site)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (runId, number) DO UPDATE SET
          outcome = excluded.outcome, code = excluded.code, reason = excluded.reason,
          lastLines = excluded.lastLines, duration = excluded.duration,
          site = CASE excluded.site WHEN '' THEN site ELSE excluded.site END
        """
    ).execute(
      arguments: [
        runID, record.attempt, sessionID, entry.slot, entry.handle, entry.predictionHead,
        outcome.outcome, outcome.code, outcome.reason,
        record.lastLines.joined(separator: "\n"), record.started.timeIntervalSince1970,
        record.duration.seconds, record.site.isEmpty ? "" : record.site.json.text,
      ])
    try database.cachedStatement(
      sql: record.status.isConcluded
        ? "UPDATE run SET status = ?, attempt = ? WHERE id = ?"
        // A run that has a result keeps it until a further attempt comes to an end.
        : "UPDATE run SET status = ? WHERE id = ?3 AND attempt = 0 AND ?2 > 0"
    ).execute(arguments: [record.status.rawValue, record.attempt, runID])
    guard record.outcome != .running else { return }
    memory.withLock { $0.runs[record.run.id] = nil }
    let attemptID = try Int64.fetchOne(
      database.cachedStatement(sql: "SELECT id FROM attempt WHERE runId = ? AND number = ?"),
      arguments: [runID, record.attempt]
    )
    if let attemptID { try write(record.measurements, attemptID: attemptID, database) }
  }

  private func row(of run: Run, at index: Int, _ database: Database) throws -> Int64 {
    if let known = memory.withLock({ $0.runs[run.id] }) { return known }
    let stored = try Row.fetchOne(
      database.cachedStatement(
        sql: """
          SELECT id, EXISTS (SELECT 1 FROM plannedRun WHERE runId = run.id AND specId = ?) AS isPlanned
          FROM run WHERE sweepId = ? AND identity = ?
          """
      ),
      arguments: [enrollment.specID, enrollment.sweepID, run.id]
    )
    let rowID: Int64
    if let stored {
      rowID = stored["id"]
    } else {
      try database.cachedStatement(
        sql: "INSERT INTO run (sweepId, identity, seed, settings) VALUES (?, ?, ?, ?)"
      ).execute(
        arguments: [
          enrollment.sweepID, run.id, run.seed, JSON.object(run.settings).text,
        ])
      rowID = database.lastInsertedRowID
    }
    if stored?["isPlanned"] != true {
      try Store.plan(run, rowID: rowID, index: index, enrollment, database)
    }
    memory.withLock { $0.runs[run.id] = rowID }
    return rowID
  }

  private func write(_ measurements: Measurements, attemptID: Int64, _ database: Database) throws {
    let final = try database.cachedStatement(
      sql: "INSERT OR REPLACE INTO finalValue (attemptId, metricId, value) VALUES (?, ?, ?)"
    )
    for (name, value) in measurements.final {
      let metric = try row(ofMetric: name, database)
      try final.execute(arguments: [attemptID, metric, stored(value)])
    }
    let point = try database.cachedStatement(
      sql:
        "INSERT OR REPLACE INTO curvePoint (attemptId, number, unit, position) VALUES (?, ?, ?, ?)"
    )
    let curve = try database.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO curveValue (attemptId, number, metricId, value) VALUES (?, ?, ?, ?)
        """
    )
    for (number, reading) in measurements.curve.enumerated() {
      try point.execute(arguments: [attemptID, number, reading.unit.rawValue, reading.position])
      for (name, value) in reading.metrics {
        let metric = try row(ofMetric: name, database)
        try curve.execute(arguments: [attemptID, number, metric, stored(value)])
      }
    }
    for (name, text) in measurements.texts {
      try database.cachedStatement(
        sql: "INSERT OR REPLACE INTO note (attemptId, name, text) VALUES (?, ?, ?)"
      ).execute(arguments: [attemptID, name, text])
    }
    if !measurements.correct.isEmpty {
      try database.cachedStatement(
        sql: "INSERT OR REPLACE INTO correct (attemptId, bits) VALUES (?, ?)"
      ).execute(arguments: [attemptID, Foundation.Data(measurements.correct)])
    }
  }

  private func row(ofMetric name: String, _ database: Database) throws -> Int64 {
    if let known = memory.withLock({ $0.metrics[name] }) { return known }
    try database.execute(sql: "INSERT OR IGNORE INTO metric (name) VALUES (?)", arguments: [name])
    let row = try Int64.fetchOne(
      database,
      sql: "SELECT id FROM metric WHERE name = ?",
      arguments: [name]
    )
    guard let row else { preconditionFailure("a metric that was just inserted is there") }
    memory.withLock { $0.metrics[name] = row }
    return row
  }
}
