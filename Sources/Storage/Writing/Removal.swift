import Notation
import Sweeps
import Foundation
internal import GRDB

extension Store {
  /// Forgets a sweep with all its runs; its folder is left alone.
  ///
  /// - Throws: ``CoordinatorLock/Refusal`` while a coordinator works on it; ``StoreError``.
  package func remove(_ sweep: SweepSummary) throws {
    try write { database in
      try CoordinatorLock.check(
        database,
        sweepID: sweep.id,
        host: .current,
        takesOver: false
      )
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
