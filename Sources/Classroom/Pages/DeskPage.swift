/// What the teacher works with.
package struct DeskPage: Sendable {
  private let lesson: Lesson
  private let facts: LessonFacts
  private let token: String

  /// - Parameters:
  ///   - lesson: As it stands.
  ///   - facts: What is no act of the lesson.
  ///   - token: The secret of the desk's address, which every form sends back as `token`.
  package init(_ lesson: Lesson, facts: LessonFacts, token: String) {
    self.lesson = lesson
    self.facts = facts
    self.token = token
  }

  /// The whole page.
  package var document: String { live }

  /// What stands inside `main`, to take the place of what stood there.
  package var live: String { "" }
}
