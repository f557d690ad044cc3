import Foundation
internal import GRDB
import Notation
package import Sweeps

extension Store {
  /// The starts of a sweep in which something was done, oldest first.
  ///
  /// - Throws: ``StoreError``.
  package func sessions(of sweep: SweepSummary) throws -> [Session] {
    try read { database in
      // A database that no start has touched since the column came is read as it is: its folder may be
      // read-only.
      let hasEstimates = try database.columns(in: "session").contains { $0.name == "estimate" }
      return try Row.fetchAll(
        database,
        sql: """
          SELECT session.id, session.started, session.ended,
            \(hasEstimates ? "session.estimate" : "''") AS estimate, count(*) AS concluded
          FROM session JOIN attempt ON attempt.sessionId = session.id
          WHERE session.sweepId = ? AND attempt.outcome NOT IN ('running', 'lost', 'cancelled')
          GROUP BY session.id ORDER BY session.id
          """,
        arguments: [sweep.id]
      ).map { row in
        let estimate: String = try row.value("estimate", of: "session")
        let ended = try row.value("ended", of: "session", as: Date.init(stored:))
        return Session(
          concluded: try row.value("concluded", of: "session"),
          estimate: JSON(line: estimate.utf8).flatMap(TimeEstimate.init),
          started: try row.value("started", of: "session", as: Date.init(stored:)),
          ended: ended.timeIntervalSince1970 > 0 ? ended : nil
        )
      }
    }
  }

  /// Writes down what a session is expected to take.
  ///
  /// - Throws: ``StoreError``.
  package func note(_ estimate: TimeEstimate, sessionID: Int64) throws {
    try write { database in
      try database.execute(
        sql: "UPDATE session SET estimate = ? WHERE id = ?",
        arguments: [estimate.json.text, sessionID]
      )
    }
  }

  /// The origin of every start of a sweep, oldest first.
  ///
  /// - Throws: ``StoreError``.
  package func provenance(of sweep: SweepSummary) throws -> [Provenance] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: "SELECT id, provenance FROM session WHERE sweepId = ? ORDER BY id",
        arguments: [sweep.id]
      ).map {
        try $0.value("provenance", of: "session") { (text: String) in
          JSON(line: text.utf8).flatMap(Provenance.init)
        }
      }
    }
  }

  /// Which version of a program made the deciding attempt at each run of a sweep, earlier starts first.
  ///
  /// - Throws: ``StoreError``.
  package func versions(of sweep: SweepSummary) throws -> RunVersions {
    try read { database in
      var bySession: [Int64: ProgramVersion] = [:]
      let sessions = try Row.fetchAll(
        database,
        sql: "SELECT id, provenance FROM session WHERE sweepId = ?",
        arguments: [sweep.id]
      )
      for row in sessions {
        let provenance = try row.value("provenance", of: "session") { (text: String) in
          JSON(line: text.utf8).flatMap(Provenance.init)
        }
        let id: Int64 = row["id"]
        bySession[id] = provenance.programVersion
      }
      let runs = try Row.fetchAll(
        database,
        sql: """
          SELECT run.identity, attempt.sessionId FROM attempt JOIN run ON run.id = attempt.runId
          WHERE run.sweepId = ? AND run.attempt > 0 AND attempt.number = run.attempt
          ORDER BY attempt.sessionId, attempt.id
          """,
        arguments: [sweep.id]
      )
      return RunVersions(
        runs.compactMap { row in
          let session: Int64 = row["sessionId"]
          let run: String = row["identity"]
          return bySession[session].map { (run, $0) }
        }
      )
    }
  }

  /// Where a run's last attempt came from.
  ///
  /// - Throws: ``StoreError``.
  package func provenance(ofRun id: String, in sweep: SweepSummary) throws -> Provenance? {
    try read { database in
      try Row.fetchOne(
        database,
        sql: """
          SELECT session.id, session.provenance FROM attempt
          JOIN session ON session.id = attempt.sessionId JOIN run ON run.id = attempt.runId
          WHERE run.sweepId = ? AND run.identity = ? ORDER BY attempt.number DESC LIMIT 1
          """,
        arguments: [sweep.id, id]
      )?.value("provenance", of: "session") { (text: String) in
        JSON(line: text.utf8).flatMap(Provenance.init)
      }
    }
  }

  /// Ends a session and gives the sweep's lock back.
  ///
  /// - Throws: ``StoreError``.
  package func end(sessionID: Int64) throws {
    try write { database in
      try database.execute(
        sql: "DELETE FROM coordinator WHERE sessionId = ?",
        arguments: [sessionID]
      )
      try Self.end(sessionID: sessionID, database)
    }
  }

  static func end(sessionID: Int64, _ database: Database) throws {
    try database.execute(
      sql: "UPDATE session SET ended = ? WHERE id = ?",
      arguments: [Date().timeIntervalSince1970, sessionID]
    )
  }
}
