import Notation
package import Sweeps
import Foundation
internal import GRDB

/// What a coordinator that was killed may have left: its mark, and the programs it wrote down.
package struct Leftovers: Sendable, Equatable {
  package let sessionID: Int64
  package let token: String
  package let processes: [ProcessIdentity]
}

extension Store {
  /// The sessions of a sweep that never ended, one's own excepted, on the machine as it runs now.
  package func leftovers(of sweepID: Int64, besides sessionID: Int64) throws -> [Leftovers] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: "SELECT id, token FROM session WHERE sweepId = ? AND ended = 0 AND id <> ?",
        arguments: [sweepID, sessionID]
      ).map { row in
        let processes = try Row.fetchAll(
          database,
          sql: "SELECT pid, processStart FROM attempt WHERE sessionId = ? AND outcome = 'running'",
          arguments: [row[0] as Int64]
        ).map { ProcessIdentity(pid: $0[0], start: $0[1]) }
        return Leftovers(sessionID: row[0], token: row[1], processes: processes)
      }
    }
  }

  /// Writes down that nothing of a killed session is left: its open attempts were lost.
  package func close(_ leftovers: Leftovers) throws {
    try write { database in
      try database.execute(
        sql: "UPDATE attempt SET outcome = 'lost' WHERE sessionId = ? AND outcome = 'running'",
        arguments: [leftovers.sessionID]
      )
      try database.execute(
        sql: """
          UPDATE run SET status = 'pending' WHERE status = 'running'
          AND id IN (SELECT runId FROM attempt WHERE sessionId = ?)
          """,
        arguments: [leftovers.sessionID]
      )
      try database.execute(
        sql: "UPDATE session SET ended = ? WHERE id = ?",
        arguments: [Date().timeIntervalSince1970, leftovers.sessionID]
      )
    }
  }

  /// Ends a session and gives the sweep's lock back.
  package func end(sessionID: Int64) throws {
    try write { database in
      try database.execute(
        sql: "DELETE FROM coordinator WHERE sessionId = ?",
        arguments: [sessionID]
      )
      try database.execute(
        sql: "UPDATE session SET ended = ? WHERE id = ?",
        arguments: [Date().timeIntervalSince1970, sessionID]
      )
    }
  }

  /// The books of a spec as they are stored.
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
  package func durations(of enrollment: Enrollment) throws -> [Double] {
    try read { database in
      try Double.fetchAll(
        database,
        sql: """
          SELECT attempt.duration FROM run
          JOIN attempt ON attempt.runId = run.id AND attempt.number = run.attempt
          WHERE run.sweepId = ? AND run.status = 'ok'
          """,
        arguments: [enrollment.sweepID]
      )
    }
  }
}
