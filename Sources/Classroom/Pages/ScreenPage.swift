/// What the projector shows.
package struct ScreenPage: Sendable {
  private let lesson: Lesson
  private let facts: LessonFacts
  private let token: String?

  /// - Parameters:
  ///   - lesson: As it stands.
  ///   - facts: What is no act of the lesson.
  ///   - token: The desk's, where the keys of this screen may move the lesson on.
  package init(_ lesson: Lesson, facts: LessonFacts, token: String? = nil) {
    self.lesson = lesson
    self.facts = facts
    self.token = token
  }

  /// The whole page.
  package var document: String { live }

  /// What stands inside `main`, to take the place of what stood there.
  package var live: String { "" }
}
