import Classroom
import Testing

struct LessonStepTests {
  @Test func `two rounds of one question are two steps`() {
    #expect(LessonStep.asking(question: "a", round: 1) != .asking(question: "a", round: 2))
  }
}
