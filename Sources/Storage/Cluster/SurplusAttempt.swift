package import Foundation
internal import GRDB
import Notation
package import Sweeps

/// An attempt at a run that was heard of when the run had its end from another one.
package struct SurplusAttempt: Sendable, Equatable {
  /// The run's id.
  package let run: String
  /// What the executor knows it by.
  package let handle: String
  package let started: Date
  package let site: Site

  package init(run: String, handle: String, started: Date, site: Site) {
    self.run = run
    self.handle = handle
    self.started = started
    self.site = site
  }
}

extension Store {
  /// Writes down an attempt whose result does not count, as the last one of its run.
  ///
  /// - Parameters:
  ///   - surplus: The attempt; no other one at its run may be open.
  ///   - enrollment: Of the sweep.
  ///   - sessionID: The one that heard of it.
  /// - Returns: Whether it is new: it may be one that was given up, and is in the books already.
  /// - Throws: ``StoreError``.
  package func add(
    _ surplus: SurplusAttempt,
    _ enrollment: Enrollment,
    sessionID: Int64
  ) throws -> Bool {
    let reason = "its run had its end from another attempt, which counts"
    return try write { database in
      try database.execute(
        sql: """
          INSERT INTO attempt (runId, number, sessionId, slot, handle, predictionHead,
            outcome, code, reason, lastLines, started, duration, site)
          SELECT run.id, 1 + max(number), ?, 0, ?, predictionHead, 'lost', -1, '', ?, ?, 0, ?
          FROM run JOIN attempt ON attempt.runId = run.id
          WHERE sweepId = ? AND identity = ?
            AND NOT EXISTS (SELECT 1 FROM attempt WHERE runId = run.id AND handle = ?)
          GROUP BY run.id
          """,
        arguments: [
          sessionID, surplus.handle, reason, surplus.started.timeIntervalSince1970,
          surplus.site.isEmpty ? "" : surplus.site.json.text, enrollment.sweepID, surplus.run,
          surplus.handle,
        ]
      )
      return database.changesCount > 0
    }
  }
}
