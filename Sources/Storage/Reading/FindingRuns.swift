import Notation
package import Sweeps
internal import GRDB

extension Store {
  /// The run that an id or the beginning of one means, and its sweep.
  ///
  /// - Parameter text: At least one digit of an id; where several sweeps have the same run, the sweep
  ///   that was started last counts.
  /// - Returns: The whole id and the sweep.
  /// - Throws: ``StoreError/unknownRun(_:)`` or ``StoreError/ambiguous(_:matches:)``.
  package func run(matching text: String) throws -> (id: String, sweep: SweepSummary) {
    // '~' sorts after every digit of an id.
    let rows = try read { database in
      try Row.fetchAll(
        database,
        sql: "SELECT identity, sweepId FROM run WHERE identity >= ? AND identity < ? LIMIT 100",
        arguments: [text, text + "~"]
      )
    }
    let ids = Set(rows.map { $0[0] as String }).sorted()
    guard let id = ids.first else { throw StoreError.unknownRun(text) }
    guard ids.count == 1 else { throw StoreError.ambiguous(text, matches: ids) }
    let sweepIDs = Set(rows.map { $0[1] as Int64 })
    guard let sweep = try sweeps().first(where: { sweepIDs.contains($0.id) }) else {
      throw StoreError.unknownRun(text)
    }
    return (id, sweep)
  }

  /// Where a run's last attempt came from.
  ///
  /// - Throws: ``StoreError``.
  package func provenance(ofRun id: String, in sweep: SweepSummary) throws -> Provenance? {
    let text = try read { database in
      try String.fetchOne(
        database,
        sql: """
          SELECT session.provenance FROM attempt
          JOIN session ON session.id = attempt.sessionId JOIN run ON run.id = attempt.runId
          WHERE run.sweepId = ? AND run.identity = ? ORDER BY attempt.number DESC LIMIT 1
          """,
        arguments: [sweep.id, id]
      )
    }
    return try text.map { try Provenance(json: $0) }
  }
}
