import Foundation
internal import GRDB
package import Sweeps

extension Store {
  /// Where the runs of a sweep's current spec stand, and nothing of what they measured.
  ///
  /// - Parameter sweep: The sweep.
  /// - Returns: One for each run that was ever started, in the order of the grid.
  /// - Throws: ``StoreError``.
  package func standings(ofRuns sweep: SweepSummary) throws -> [RunStanding] {
    try read { database in
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT plannedRun.position, run.identity, run.status,
            coalesce(attempt.started, 0) AS started, coalesce(attempt.duration, 0) AS duration
          FROM spec JOIN plannedRun ON plannedRun.specId = spec.id
          JOIN run ON run.id = plannedRun.runId
          LEFT JOIN attempt ON attempt.runId = run.id AND attempt.number = CASE
            WHEN run.status = 'running' THEN (SELECT max(number) FROM attempt WHERE runId = run.id)
            ELSE run.attempt END
          WHERE spec.sweepId = ? AND spec.isCurrent ORDER BY plannedRun.position
          """,
        arguments: [sweep.id]
      )
      let position = try rows.column("position", of: "plannedRun", Int.self)
      let identity = try rows.column("identity", of: "run", String.self)
      let status = try rows.column("status", of: "run", String.self)
      let started = try rows.column("started", of: "attempt", Double.self)
      let duration = try rows.column("duration", of: "attempt", Double.self)
      var standings: [RunStanding] = []
      while let row = try rows.next() {
        let stored = try status(row, as: RunStatus.init(rawValue:))
        standings.append(
          RunStanding(
            index: try position(row, as: Int.init(storedCount:)),
            id: try identity(row),
            // What says so without a coordinator was lost with it, and will be done again.
            status: stored == .running && !sweep.isRunning ? .pending : stored,
            started: try started(row, as: Date.init(stored:)),
            duration: try duration(row, as: Duration.init(stored:))
          )
        )
      }
      return standings
    }
  }
}
