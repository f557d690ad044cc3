/// What can be taken home of a lesson.
package struct LessonExport: Sendable {
  private let lesson: Lesson
  private let facts: LessonFacts

  package init(_ lesson: Lesson, facts: LessonFacts) {
    self.lesson = lesson
    self.facts = facts
  }

  /// Comma-separated votes, one row for each person and round, which `sweep predict --from` reads.
  package var votes: String { "" }

  /// Comma-separated reasons.
  package var reasons: String { "" }

  /// Comma-separated: who took part in how much, for a grade book.
  package var participation: String { "" }

  /// One page about the lesson, to be printed.
  package var handout: String { "" }

  /// One person's page, to be kept; nil for somebody who was not there.
  package func page(of person: String) -> String? { nil }
}
