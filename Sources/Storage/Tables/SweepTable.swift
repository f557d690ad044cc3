package import struct Foundation.Date
internal import GRDB
import Notation
package import Sweeps

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

  /// Whether it has this name, by its bytes, as the database compares them: letters that Swift takes for the same may be
  /// composed in other ways, and are names of other sweeps.
  package func isNamed(_ name: String) -> Bool { self.name.utf8.elementsEqual(name.utf8) }
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
          SELECT sweep.id, sweep.name, sweep.folder, spec.id AS specId, spec.file, spec.planned,
            spec.excluded, coalesce(
              (SELECT max(started) FROM session WHERE session.sweepId = sweep.id), 0) AS started
          FROM sweep JOIN spec ON spec.sweepId = sweep.id AND spec.isCurrent
          ORDER BY started DESC, sweep.id DESC
          """
      )
      return try rows.map { try summary($0, database) }
    }
  }

  /// The row of a sweep by its name, without a look at its runs; nil where it was never started.
  ///
  /// - Throws: ``StoreError``.
  package func sweepID(named name: String) throws -> Int64? {
    try read { database in
      try Int64.fetchOne(database, sql: "SELECT id FROM sweep WHERE name = ?", arguments: [name])
    }
  }

  private func summary(_ row: Row, _ database: Database) throws -> SweepSummary {
    let sweepID: Int64 = try row.value("id", of: "sweep")
    let specID: Int64 = try row.value("specId", of: "sweep")
    let isRunning = try CoordinatorLock.isHeld(database, sweepID: sweepID)
    return SweepSummary(
      id: sweepID,
      name: try row.value("name", of: "sweep"),
      folder: try row.value("folder", of: "sweep") { (folder: String) in
        SweepFolder.isName(folder) ? folder : nil
      },
      file: try row.value("file", of: "spec"),
      ledger: ledger(
        try Self.counts(database, specID: specID),
        planned: try row.value("planned", of: "spec", as: Int.init(storedCount:)),
        excluded: try row.value("excluded", of: "spec", as: Int.init(storedCount:)),
        isRunning: isRunning
      ),
      started: try row.value("started", of: "session", as: Date.init(stored:)),
      isRunning: isRunning,
      dropped: try dropped(database, sweepID: sweepID, specID: specID)
    )
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
    if let exact = all.first(where: { $0.isNamed(text) || $0.folder == text }) { return exact }
    let matches = all.filter { $0.name.hasPrefix(text) }
    guard let match = matches.first else {
      throw StoreError.unknownSweep(text, known: all.map(\.name))
    }
    guard matches.count == 1 else {
      throw StoreError.ambiguous(text, matches: matches.map(\.name))
    }
    return match
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
        SELECT count(*) FROM run WHERE \(try RunSpan(ofSweep: sweepID, database).condition)
        AND attempt > 0
        AND NOT EXISTS (SELECT 1 FROM plannedRun WHERE runId = run.id AND specId = :spec)
        """,
      arguments: ["sweep": sweepID, "spec": specID]
    ) ?? 0
  }

  /// Forgets a sweep with all its runs; its folder is left alone.
  ///
  /// - Throws: ``CoordinatorLock/Refusal`` while a coordinator works on it; ``StoreError``.
  package func remove(_ sweep: SweepSummary) throws {
    try write { database in
      try CoordinatorLock.check(database, sweepID: sweep.id, host: .current, takesOver: false)
      try database.execute(sql: "DELETE FROM sweep WHERE id = ?", arguments: [sweep.id])
      try database.execute(
        sql: """
          DELETE FROM metric WHERE id NOT IN (SELECT metricId FROM finalValue)
          AND id NOT IN (SELECT metricId FROM curveValue)
          """
      )
    }
  }
}
