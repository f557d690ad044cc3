package import Foundation
internal import GRDB
import Notation
package import Sweeps

/// What the attempts of a sweep say of time: which predictions came before which results.
extension Store {
  /// The head of the chain of predictions that each attempt recorded at its start, oldest first.
  ///
  /// - Throws: ``StoreError``.
  package func predictionHeads(of sweep: SweepSummary) throws -> [PredictionStanding.Head] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT attempt.id, predictionHead, max(attempt.started) AS recorded
          FROM attempt JOIN run ON run.id = attempt.runId
          WHERE run.sweepId = ? GROUP BY predictionHead ORDER BY recorded
          """,
        arguments: [sweep.id]
      ).map { row in
        PredictionStanding.Head(
          digest: try row.value("predictionHead", of: "attempt"),
          recorded: try row.value("recorded", of: "attempt", as: Date.init(stored:))
        )
      }
    }
  }

  /// When the first result of a sweep was known; nil before that.
  ///
  /// - Throws: ``StoreError``.
  package func firstResult(of sweep: SweepSummary) throws -> Date? {
    try read { database in
      try Row.fetchOne(
        database,
        sql: """
          SELECT attempt.id, attempt.started + attempt.duration AS known
          FROM session CROSS JOIN attempt ON attempt.sessionId = session.id
          WHERE session.sweepId = ? AND attempt.outcome = 'ok' ORDER BY known LIMIT 1
          """,
        arguments: [sweep.id]
      )?.value("known", of: "attempt", as: Date.init(stored:))
    }
  }
}
