/// What a phone shows.
package struct RoomPage: Sendable {
  private let lesson: Lesson
  private let person: String?
  private let facts: LessonFacts

  /// - Parameters:
  ///   - lesson: As it stands.
  ///   - person: The id of whoever looks, by the cookie; nil for somebody without one.
  ///   - facts: What is no act of the lesson.
  package init(_ lesson: Lesson, person: String?, facts: LessonFacts) {
    self.lesson = lesson
    self.person = person
    self.facts = facts
  }

  /// The whole page.
  package var document: String { live }

  /// What stands inside `main`, to take the place of what stood there.
  package var live: String { "" }
}
