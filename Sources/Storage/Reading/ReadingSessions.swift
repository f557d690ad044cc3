import Notation
package import Sweeps
package import Foundation
internal import GRDB

extension Store {
  /// The starts of a sweep in which something was done, oldest first.
  ///
  /// - Throws: ``StoreError``.
  package func sessions(of sweep: SweepSummary) throws -> [Session] {
    let rows = try read { database in
      // A database that no start has touched since the column came is read as it is: its folder may be
      // read-only.
      let hasEstimates = try database.columns(in: "session").contains { $0.name == "estimate" }
      return try Row.fetchAll(
        database,
        sql: """
          SELECT session.started, session.ended, \(hasEstimates ? "session.estimate" : "''"), count(*)
          FROM session JOIN attempt ON attempt.sessionId = session.id
          WHERE session.sweepId = ? AND attempt.outcome NOT IN ('running', 'lost', 'cancelled')
          GROUP BY session.id ORDER BY session.id
          """,
        arguments: [sweep.id]
      ).map { ($0[0] as Double, $0[1] as Double, $0[2] as String, $0[3] as Int) }
    }
    return rows.map { started, ended, estimate, concluded in
      Session(
        concluded: concluded,
        estimate: try? JSONDecoder().decode(TimeEstimate.self, from: Data(estimate.utf8)),
        started: Date(timeIntervalSince1970: started),
        ended: ended > 0 ? Date(timeIntervalSince1970: ended) : nil
      )
    }
  }

  /// Writes down what a session is expected to take.
  package func note(_ estimate: TimeEstimate, sessionID: Int64) throws {
    let text = String(decoding: try JSONEncoder().encode(estimate), as: UTF8.self)
    try write { database in
      try database.execute(
        sql: "UPDATE session SET estimate = ? WHERE id = ?",
        arguments: [text, sessionID]
      )
    }
  }
}
