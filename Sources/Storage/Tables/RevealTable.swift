package import Foundation
internal import GRDB
import Notation

/// Which questions of a sweep results were shown of, and when.
extension Store {
  /// The questions, by id, whose results commands keep to themselves: those that nobody has looked at yet.
  ///
  /// They are the spec's, or those that were sealed in their place (``seal(implied:ofSweep:)``).
  ///
  /// - Returns: In the spec's order.
  /// - Throws: ``StoreError``.
  package func openQuestions(of sweep: SweepSummary) throws -> [String] {
    let own = Self.questions(ofSpec: try specText(of: sweep))
    let asked = try own + impliedQuestions(of: sweep).filter { !own.contains($0) }
    guard !asked.isEmpty else { return [] }
    let revealed = Set(try revealedQuestions(of: sweep))
    return asked.filter { !revealed.contains($0) }
  }

  /// Seals questions that a sweep's spec does not ask itself: somebody has answered one of them before there was a result.
  ///
  /// - Parameters:
  ///   - questions: Their ids, in the spec's order.
  ///   - name: The sweep's name.
  /// - Throws: ``StoreError``.
  package func seal(implied questions: [String], ofSweep name: String) throws {
    try write { database in
      for (position, question) in questions.enumerated() {
        try database.execute(
          sql: """
            INSERT OR IGNORE INTO impliedQuestion (sweepId, position, question)
            SELECT id, ?, ? FROM sweep WHERE name = ?
            """,
          arguments: [position, question, name]
        )
      }
    }
  }

  private func impliedQuestions(of sweep: SweepSummary) throws -> [String] {
    try read { database in
      // A database that no start has touched since the table came is read as it is: its folder may be read-only.
      guard try database.tableExists("impliedQuestion") else { return [] }
      return try Row.fetchAll(
        database,
        sql: """
          SELECT position AS id, question FROM impliedQuestion WHERE sweepId = ? ORDER BY position
          """,
        arguments: [sweep.id]
      ).map { try $0.value("question", of: "impliedQuestion") }
    }
  }

  /// The questions, by id, whose results were shown.
  ///
  /// A reveal without a question is of a version that knew only all of them: it counts for those that the sweep's
  /// spec had asked by that time.
  ///
  /// - Returns: Each once, in the order in which they were first revealed.
  /// - Throws: ``StoreError``.
  package func revealedQuestions(of sweep: SweepSummary) throws -> [String] {
    let (reveals, specs) = try read { database in
      (
        try Self.reveals(of: sweep.id, database),
        try Row.fetchAll(
          database,
          sql: "SELECT id, text, created FROM spec WHERE sweepId = ? ORDER BY id",
          arguments: [sweep.id]
        ).map { row in
          (
            text: try row.value("text", of: "spec", as: { (text: String) in text }),
            created: try row.value("created", of: "spec", as: Date.init(stored:))
          )
        }
      )
    }
    var revealed: [String] = []
    for reveal in reveals {
      let questions =
        reveal.question.isEmpty
        ? specs.filter { $0.created <= reveal.at }.flatMap { Self.questions(ofSpec: $0.text) }
        : [reveal.question]
      for question in questions where !revealed.contains(question) { revealed.append(question) }
    }
    return revealed
  }

  /// Writes down that results were shown, and by which command.
  ///
  /// - Parameters:
  ///   - questions: The ids of the questions whose results were shown.
  ///   - sweep: The sweep that asks them.
  ///   - command: What showed them.
  /// - Throws: ``StoreError``.
  package func reveal(_ questions: [String], of sweep: SweepSummary, command: String) throws {
    let now = Date().timeIntervalSince1970
    try write { database in
      for question in questions {
        try database.execute(
          sql: "INSERT INTO reveal (sweepId, question, command, at) VALUES (?, ?, ?, ?)",
          arguments: [sweep.id, question, command, now]
        )
      }
    }
  }

  /// When results were first shown; nil before that.
  ///
  /// - Throws: ``StoreError``.
  package func firstReveal(of sweep: SweepSummary) throws -> Date? {
    try read { try Self.reveals(of: sweep.id, $0).first?.at }
  }

  private static func reveals(
    of sweepID: Int64,
    _ database: Database
  ) throws -> [(question: String, at: Date)] {
    // A database that no start has touched since the column came is read as it is: its folder may be read-only.
    let hasQuestions = try database.columns(in: "reveal").contains { $0.name == "question" }
    return try Row.fetchAll(
      database,
      sql: """
        SELECT id, \(hasQuestions ? "question" : "''") AS question, at FROM reveal
        WHERE sweepId = ? ORDER BY at, id
        """,
      arguments: [sweepID]
    ).map { row in
      (
        question: try row.value("question", of: "reveal"),
        at: try row.value("at", of: "reveal", as: Date.init(stored:))
      )
    }
  }

  /// The ids of the questions that a spec asks, in its order.
  private static func questions(ofSpec text: String) -> [String] {
    guard case .array(let questions)? = JSON(line: Array(text.utf8))?.object?["questions"] else {
      return []
    }
    return questions.map { $0.object?["id"]?.string ?? "" }
  }
}
