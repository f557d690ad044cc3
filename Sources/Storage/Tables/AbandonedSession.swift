package import Foundation
internal import GRDB
import Notation
package import Sweeps

/// A session that never came to its end, and the attempts that it left open.
package struct AbandonedSession: Sendable, Equatable {
  /// An attempt that was under way when it was last heard of.
  package struct Attempt: Sendable, Equatable {
    package let key: AttemptKey
    /// What the executor of the session finds it again by.
    package let handle: String
    package let started: Date
  }

  let id: Int64
  /// Names what the session's executor started.
  package let token: String
  package let attempts: [Attempt]
}

extension Store {
  /// The sessions of a sweep that never ended, one's own excepted.
  ///
  /// - Throws: ``StoreError``.
  package func abandonedSessions(of sweepID: Int64, besides sessionID: Int64) throws
    -> [AbandonedSession]
  {
    try read { database in
      try Row.fetchAll(
        database,
        sql: "SELECT id, token FROM session WHERE sweepId = ? AND ended = 0 AND id <> ?",
        arguments: [sweepID, sessionID]
      ).map { row in
        let id: Int64 = try row.value("id", of: "session")
        let attempts = try Row.fetchAll(
          database,
          sql: """
            SELECT attempt.id, run.identity, attempt.number, attempt.handle, attempt.started
            FROM attempt JOIN run ON run.id = attempt.runId
            WHERE attempt.sessionId = ? AND attempt.outcome = 'running'
            """,
          arguments: [id]
        ).map { row in
          AbandonedSession.Attempt(
            key: AttemptKey(
              run: try row.value("identity", of: "run"),
              number: try row.value("number", of: "attempt", as: Int.init(storedCount:))
            ),
            handle: try row.value("handle", of: "attempt"),
            started: try row.value("started", of: "attempt", as: Date.init(stored:))
          )
        }
        return AbandonedSession(
          id: id,
          token: try row.value("token", of: "session"),
          attempts: attempts
        )
      }
    }
  }

  /// Writes down that a killed session is over: attempts that go on are another session's, the others were lost.
  ///
  /// - Throws: ``StoreError``.
  package func close(
    _ session: AbandonedSession,
    adopting adopted: Set<AttemptKey>,
    into sessionID: Int64
  ) throws {
    try write { database in
      for key in session.attempts.map(\.key) where adopted.contains(key) {
        try database.execute(
          sql: """
            UPDATE attempt SET sessionId = ? WHERE sessionId = ? AND number = ?
            AND runId IN (SELECT id FROM run WHERE identity = ?)
            """,
          arguments: [sessionID, session.id, key.number, key.run]
        )
      }
      try database.execute(
        sql: "UPDATE attempt SET outcome = 'lost' WHERE sessionId = ? AND outcome = 'running'",
        arguments: [session.id]
      )
      try database.execute(
        sql: """
          UPDATE run SET status = 'pending' WHERE status = 'running'
          AND id IN (SELECT runId FROM attempt WHERE sessionId = ? AND outcome = 'lost')
          """,
        arguments: [session.id]
      )
      try Self.end(sessionID: session.id, database)
    }
  }
}
