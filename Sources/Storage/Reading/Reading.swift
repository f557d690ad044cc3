import Notation
package import Sweeps
package import struct Foundation.Date
internal import GRDB

/// A sweep of a results folder and where it stands.
package struct SweepSummary: Sendable, Equatable, Identifiable {
  package let id: Int64
  package let name: String
  /// The name of its folder among the results.
  package let folder: String
  /// The path of the spec's file at the last start.
  package let file: String
  package let ledger: Ledger
  /// The last start of a coordinator.
  package let started: Date
  /// Whether a coordinator works on it at this moment.
  package let isRunning: Bool
  /// Stored runs with a result that the current spec does not plan.
  package let dropped: Int
}

extension Store {
  /// A number that differs after each change that another program made.
  ///
  /// Reference: https://www.sqlite.org/pragma.html#pragma_data_version
  ///
  /// - Throws: ``StoreError``.
  package func version() throws -> Int {
    try read { try Int.fetchOne($0, sql: "PRAGMA data_version") ?? 0 }
  }

  /// All sweeps, the one that was started last first.
  ///
  /// - Throws: ``StoreError``.
  package func sweeps() throws -> [SweepSummary] {
    try read { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT sweep.id, sweep.name, sweep.folder, spec.id, spec.file, spec.planned,
            spec.excluded,
            (SELECT max(started) FROM session WHERE session.sweepId = sweep.id) AS started
          FROM sweep JOIN spec ON spec.sweepId = sweep.id AND spec.isCurrent
          ORDER BY started DESC, sweep.id DESC
          """
      )
      return try rows.map { row in
        let isRunning = try CoordinatorLock.isHeld(database, sweepID: row[0])
        let counts = try Self.counts(database, specID: row[3])
        let sweepID: Int64 = row[0]
        return SweepSummary(
          id: sweepID,
          name: row[1],
          folder: row[2],
          file: row[4],
          ledger: ledger(counts, planned: row[5], excluded: row[6], isRunning: isRunning),
          started: Date(timeIntervalSince1970: row[7] ?? 0),
          isRunning: isRunning,
          dropped: try dropped(database, sweepID: sweepID, specID: row[3])
        )
      }
    }
  }

  /// The sweep that a name or the beginning of one means; without a name the one that was started last.
  ///
  /// - Throws: ``StoreError/unknownSweep(_:known:)`` or ``StoreError/ambiguous(_:matches:)``.
  package func sweep(matching text: String?) throws -> SweepSummary {
    let all = try sweeps()
    guard let text else {
      guard let newest = all.first else { throw StoreError.missing(path: folder) }
      return newest
    }
    if let exact = all.first(where: { $0.name == text || $0.folder == text }) { return exact }
    let matches = all.filter { $0.name.hasPrefix(text) }
    guard let match = matches.first else {
      throw StoreError.unknownSweep(text, known: all.map(\.name))
    }
    guard matches.count == 1 else {
      throw StoreError.ambiguous(text, matches: matches.map(\.name))
    }
    return match
  }

  static func counts(_ database: Database, specID: Int64) throws -> [RunStatus: Int] {
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT run.status, count(*) FROM plannedRun
        JOIN run INDEXED BY runStatus ON run.id = plannedRun.runId
        WHERE plannedRun.specId = ? GROUP BY run.status
        """,
      arguments: [specID]
    )
    var counts: [RunStatus: Int] = [:]
    for row in rows {
      if let status = RunStatus(rawValue: row[0]) { counts[status] = row[1] }
    }
    return counts
  }

  /// A run that still says running without a coordinator was lost with it, and will be done again.
  private func ledger(
    _ counts: [RunStatus: Int],
    planned: Int,
    excluded: Int,
    isRunning: Bool
  ) -> Ledger {
    var ledger = Ledger(planned: planned, excluded: excluded)
    for (status, count) in counts where status.isConcluded { ledger[status] = count }
    ledger.running = isRunning ? counts[.running] ?? 0 : 0
    ledger.pending = planned - ledger.concluded - ledger.running
    return ledger
  }

  private func dropped(_ database: Database, sweepID: Int64, specID: Int64) throws -> Int {
    try Int.fetchOne(
      database,
      sql: """
        SELECT count(*) FROM run WHERE sweepId = ? AND attempt > 0
        AND NOT EXISTS (SELECT 1 FROM plannedRun WHERE runId = run.id AND specId = ?)
        """,
      arguments: [sweepID, specID]
    ) ?? 0
  }

  /// The merged spec under which a sweep last started, as it was read.
  ///
  /// - Throws: ``StoreError``.
  package func specText(of sweep: SweepSummary) throws -> String {
    try read { database in
      try String.fetchOne(
        database,
        sql: "SELECT text FROM spec WHERE sweepId = ? AND isCurrent",
        arguments: [sweep.id]
      ) ?? ""
    }
  }

  /// The names of the axes of a sweep's current spec, in its order.
  ///
  /// - Throws: ``StoreError``.
  package func axisNames(of sweep: SweepSummary) throws -> [String] {
    try read { database in
      try String.fetchAll(
        database,
        sql: """
          SELECT axis.name FROM axis JOIN spec ON spec.id = axis.specId
          WHERE spec.sweepId = ? AND spec.isCurrent ORDER BY axis.position
          """,
        arguments: [sweep.id]
      )
    }
  }
}
