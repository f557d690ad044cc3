package import Foundation
internal import GRDB
import Sweeps

/// A time when verdicts of a sweep were shown, for the first time with so many seeds.
package struct Showing: Sendable, Equatable {
  /// How many seeds had results.
  package let seeds: Int
  /// The spec that was current then; what it declares was decided before this look.
  package let specText: String
  package let at: Date
}

extension Store {
  /// When verdicts of a sweep were shown, the first one first.
  ///
  /// - Throws: ``StoreError``.
  package func showings(of sweep: SweepSummary) throws -> [Showing] {
    try read { database in
      // A database that no start has touched since the table came is read as it is: its folder may be read-only.
      guard try database.tableExists("showing") else { return [] }
      return try Row.fetchAll(
        database,
        sql: """
          SELECT showing.id, showing.seeds, showing.at, spec.text FROM showing
          JOIN spec ON spec.id = showing.specId
          WHERE spec.sweepId = ? ORDER BY showing.at, showing.id
          """,
        arguments: [sweep.id]
      ).map { row in
        Showing(
          seeds: try row.value("seeds", of: "showing", as: Int.init(storedCount:)),
          specText: try row.value("text", of: "spec", as: { (text: String) in text }),
          at: try row.value("at", of: "showing", as: Date.init(stored:))
        )
      }
    }
  }

  /// Writes down that verdicts on the current spec's runs were shown, and by which command.
  ///
  /// - Parameters:
  ///   - seeds: How many seeds had results.
  ///   - sweep: The sweep.
  ///   - command: What showed them.
  /// - Throws: ``StoreError``.
  package func note(showing seeds: Int, of sweep: SweepSummary, command: String) throws {
    let now = Date().timeIntervalSince1970
    try write { database in
      try database.execute(
        sql: """
          INSERT OR IGNORE INTO showing (specId, seeds, command, at)
          SELECT id, ?, ?, ? FROM spec WHERE sweepId = ? AND isCurrent
          """,
        arguments: [seeds, command, now, sweep.id]
      )
    }
  }
}
