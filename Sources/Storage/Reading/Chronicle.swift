import Notation
package import Sweeps
package import Foundation
internal import GRDB

/// When what was known: what reports need to say where results come from and which predictions came before them.
extension Store {
  /// The origin of every start of a sweep, oldest first.
  ///
  /// - Throws: ``StoreError``.
  package func provenance(of sweep: SweepSummary) throws -> [Provenance] {
    let texts = try read { database in
      try String.fetchAll(
        database,
        sql: "SELECT provenance FROM session WHERE sweepId = ? ORDER BY id",
        arguments: [sweep.id]
      )
    }
    return try texts.map { try JSONDecoder().decode(Provenance.self, from: Data($0.utf8)) }
  }

  /// The head of the chain of predictions that each attempt recorded at its start, oldest first.
  ///
  /// - Throws: ``StoreError``.
  package func predictionHeads(of sweep: SweepSummary) throws -> [PredictionStanding.Head] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT predictionHead, max(attempt.started)
          FROM attempt JOIN run ON run.id = attempt.runId
          WHERE run.sweepId = ? GROUP BY predictionHead ORDER BY 2
          """,
        arguments: [sweep.id]
      ).map { row in
        PredictionStanding.Head(
          digest: row[0],
          recorded: Date(timeIntervalSince1970: row[1])
        )
      }
    }
  }

  /// When the first result of a sweep was known; nil before that.
  ///
  /// - Throws: ``StoreError``.
  package func firstResult(of sweep: SweepSummary) throws -> Date? {
    try read { database in
      try Double.fetchOne(
        database,
        sql: """
          SELECT min(attempt.started + attempt.duration)
          FROM attempt JOIN run ON run.id = attempt.runId
          WHERE run.sweepId = ? AND attempt.outcome = 'ok'
          """,
        arguments: [sweep.id]
      )
    }.map(Date.init(timeIntervalSince1970:))
  }
}
