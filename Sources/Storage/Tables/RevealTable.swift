package import Foundation
internal import GRDB
import Notation

/// When results of a sweep with open predictions were shown.
extension Store {
  /// The questions, by id, whose results commands keep to themselves: those that nobody has looked at yet.
  ///
  /// - Throws: ``StoreError``.
  package func openQuestions(of sweep: SweepSummary) throws -> [String] {
    guard try !isRevealed(sweepID: sweep.id),
      let spec = JSON(line: Array(try specText(of: sweep).utf8))?.object,
      case .array(let questions)? = spec["questions"]
    else { return [] }
    return questions.map { $0.object?["id"]?.string ?? "" }
  }

  /// Writes down that results were shown, and by which command.
  ///
  /// - Throws: ``StoreError``.
  package func reveal(_ sweep: SweepSummary, command: String) throws {
    try write { database in
      try database.execute(
        sql: "INSERT INTO reveal (sweepId, command, at) VALUES (?, ?, ?)",
        arguments: [sweep.id, command, Date().timeIntervalSince1970]
      )
    }
  }

  /// When results were first shown; nil before that.
  ///
  /// - Throws: ``StoreError``.
  package func firstReveal(of sweep: SweepSummary) throws -> Date? {
    try read { database in
      try Row.fetchOne(
        database,
        sql: "SELECT id, at FROM reveal WHERE sweepId = ? ORDER BY at LIMIT 1",
        arguments: [sweep.id]
      )?.value("at", of: "reveal", as: Date.init(stored:))
    }
  }

  private func isRevealed(sweepID: Int64) throws -> Bool {
    try read { database in
      try Bool.fetchOne(
        database,
        sql: "SELECT EXISTS (SELECT 1 FROM reveal WHERE sweepId = ?)",
        arguments: [sweepID]
      ) ?? false
    }
  }
}
