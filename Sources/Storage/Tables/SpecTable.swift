import Foundation
internal import GRDB
import Notation
package import Sweeps

/// A spec that is in the store: what rows of its runs refer to.
package struct Enrollment: Sendable, Equatable {
  package let sweepID: Int64
  package let specID: Int64
  /// The rows of the spec's axes, in its order.
  let axisIDs: [Int64]
  let axisNames: [String]
}

extension Store {
  /// Stores a spec, and takes the sweep's lock for this process.
  ///
  /// Both happen in one transaction, so that a refused start leaves no trace.
  ///
  /// - Parameters:
  ///   - spec: The spec, its name being the sweep's.
  ///   - file: The path of its file, for the command that goes on.
  ///   - provenance: Of this start.
  ///   - token: Marks the programs of this start in their environment.
  ///   - takesOver: Whether a lock from another machine is cleared.
  /// - Returns: The rows to refer to, and the session.
  /// - Throws: ``CoordinatorLock/Refusal`` or ``StoreError``.
  package func enroll(
    _ spec: Spec,
    file: String,
    provenance: Provenance,
    token: String,
    takesOver: Bool
  ) throws -> (enrollment: Enrollment, sessionID: Int64) {
    let now = Date().timeIntervalSince1970
    let text = provenance.json.text
    // Looked at before anything is written: a coordinator that was suspended may hold the writer's lock.
    try read { database in
      let sweepID = try Int64.fetchOne(
        database,
        sql: "SELECT id FROM sweep WHERE name = ?",
        arguments: [spec.name]
      )
      try sweepID.map {
        try CoordinatorLock.check(database, sweepID: $0, host: .current, takesOver: takesOver)
      }
    }
    return try write { database in
      try database.execute(
        sql: "INSERT OR IGNORE INTO sweep (name, folder, created) VALUES (?, ?, ?)",
        arguments: [spec.name, spec.folder, now]
      )
      let sweepID = try Int64.fetchOne(
        database,
        sql: "SELECT id FROM sweep WHERE name = ?",
        arguments: [spec.name]
      )
      guard let sweepID else { throw StoreError.unknownSweep(spec.name, known: []) }
      try CoordinatorLock.check(database, sweepID: sweepID, host: .current, takesOver: takesOver)
      let enrollment = try Self.enroll(spec, file: file, sweepID: sweepID, now: now, database)
      try database.execute(
        sql: """
          INSERT INTO session (sweepId, specId, token, provenance, started) VALUES (?, ?, ?, ?, ?)
          """,
        arguments: [sweepID, enrollment.specID, token, text, now]
      )
      let sessionID = database.lastInsertedRowID
      try CoordinatorLock.take(database, sweepID: sweepID, sessionID: sessionID, host: .current)
      return (enrollment, sessionID)
    }
  }

  private static func enroll(
    _ spec: Spec,
    file: String,
    sweepID: Int64,
    now: Double,
    _ database: Database
  ) throws -> Enrollment {
    try database.execute(
      sql: """
        INSERT OR IGNORE INTO spec
        (sweepId, digest, text, file, planned, excluded, isCurrent, created)
        VALUES (?, ?, ?, ?, 0, 0, 0, ?)
        """,
      arguments: [sweepID, spec.digest, spec.text, file, now]
    )
    let isNew = database.changesCount > 0
    let found = try Int64.fetchOne(
      database,
      sql: "SELECT id FROM spec WHERE sweepId = ? AND digest = ?",
      arguments: [sweepID, spec.digest]
    )
    guard let specID = found else { throw StoreError.unknownSweep(spec.name, known: []) }
    if isNew {
      for (position, axis) in spec.axes.enumerated() {
        try database.execute(
          sql: "INSERT INTO axis (specId, position, name) VALUES (?, ?, ?)",
          arguments: [specID, position, axis.name]
        )
        let axisID = database.lastInsertedRowID
        for (index, level) in axis.levels.enumerated() {
          try database.execute(
            sql: "INSERT INTO level (axisId, position, text) VALUES (?, ?, ?)",
            arguments: [axisID, index, level.text]
          )
        }
      }
    }
    let axes = try Int64.fetchAll(
      database,
      sql: "SELECT id FROM axis WHERE specId = ? ORDER BY position",
      arguments: [specID]
    )
    return Enrollment(
      sweepID: sweepID,
      specID: specID,
      axisIDs: axes,
      axisNames: spec.axes.map(\.name)
    )
  }

  /// The merged spec under which a sweep last started, as it was read.
  ///
  /// - Throws: ``StoreError``.
  package func specText(of sweep: SweepSummary) throws -> String {
    try read { database in
      try Row.fetchOne(
        database,
        sql: "SELECT id, text FROM spec WHERE sweepId = ? AND isCurrent",
        arguments: [sweep.id]
      )?.value("text", of: "spec") ?? ""
    }
  }

  /// The names of the axes of a sweep's current spec, in its order.
  ///
  /// - Throws: ``StoreError``.
  package func axisNames(of sweep: SweepSummary) throws -> [String] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT axis.id, axis.name FROM axis JOIN spec ON spec.id = axis.specId
          WHERE spec.sweepId = ? AND spec.isCurrent ORDER BY axis.position
          """,
        arguments: [sweep.id]
      ).map { try $0.value("name", of: "axis") }
    }
  }

  /// Makes a spec the sweep's current one, and forgets the plans of its other specs.
  ///
  /// Nothing reads those: a sweep that grew by seeds two hundred times would keep every run's place two hundred times. Who
  /// comes back to an earlier spec hands its runs in anew.
  ///
  /// - Parameters:
  ///   - enrollment: The spec.
  ///   - planned: Its different runs.
  ///   - excluded: The cells that it leaves out.
  ///   - kept: Stored runs that it plans and that its plan does not hold yet, with their indices in the grid.
  /// - Throws: ``StoreError``.
  package func makeCurrent(
    _ enrollment: Enrollment,
    planned: Int,
    excluded: Int,
    kept: some Sequence<(run: Run, rowID: Int64, index: Int)>
  ) throws {
    try write { database in
      try database.execute(
        sql: "UPDATE spec SET isCurrent = (id = ?) WHERE sweepId = ?",
        arguments: [enrollment.specID, enrollment.sweepID]
      )
      try database.execute(
        sql: "UPDATE spec SET planned = ?, excluded = ? WHERE id = ?",
        arguments: [planned, excluded, enrollment.specID]
      )
      for table in ["plannedRun", "axisValue"] {
        try database.execute(
          sql: """
            DELETE FROM \(table)
            WHERE specId IN (SELECT id FROM spec WHERE sweepId = ? AND NOT isCurrent)
            """,
          arguments: [enrollment.sweepID]
        )
      }
      for (run, rowID, index) in kept {
        try Self.plan(run, rowID: rowID, index: index, enrollment, database)
      }
    }
  }

  /// Writes down that a spec plans a run, with its level of each axis.
  static func plan(
    _ run: Run,
    rowID: Int64,
    index: Int,
    _ enrollment: Enrollment,
    _ database: Database
  ) throws {
    try database.cachedStatement(
      sql: "INSERT OR REPLACE INTO plannedRun (specId, position, runId) VALUES (?, ?, ?)"
    ).execute(arguments: [enrollment.specID, index, rowID])
    let insert = try database.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO axisValue (specId, runId, axisId, levelId)
        SELECT ?, ?, axisId, id FROM level WHERE axisId = ? AND text = ?
        """
    )
    for (axisID, level) in zip(enrollment.axisIDs, run.levels) {
      try insert.execute(arguments: [enrollment.specID, rowID, axisID, level])
    }
  }
}
