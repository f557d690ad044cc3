/// What the room does at a moment of the lesson, and so what the screen shows.
package enum LessonStep: Sendable, Equatable {
  /// People come in.
  case join
  /// The baseline's curves, its images and its value.
  case baseline
  /// A question is put; answers of the round are taken.
  case asking(question: String, round: Int)
  /// How the answers of the round are spread.
  case votes(question: String, round: Int)
  /// People talk about a question; reasons that the teacher chose are shown.
  case discussing(question: String)
  /// The runs are made.
  case training
  /// What came out of a question.
  case reveal(question: String)
  /// Which premise failed where the textbook was wrong.
  case surprise(question: String)
  /// Phones send pictures, and the networks say what they take them for.
  case trying
  /// The class's calibration beside the networks'.
  case end
}
