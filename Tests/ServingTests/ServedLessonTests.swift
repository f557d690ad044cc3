import Classroom
import Foundation
import Serving
import Statistics
import Sweeps
import TestSupport
import Testing

struct ServedLessonTests {
  private static let header = LessonRecord.Header(spec: "{}", questions: [])
  private let question = Ballot.ID("q1", round: 1)

  private func withLesson(_ body: (ServedLesson, String) async throws -> Void) async throws {
    try await withTemporaryFolder { folder in
      let path = folder.appending(component: "lesson.jsonl").path
      let (journal, _) = try LessonJournal.open(path, Self.header)
      let lesson = Lesson(try Syllabus(try predictedSpec()))
      try await body(ServedLesson(lesson, journal: journal, now: { 1000 }), path)
    }
  }

  private func answer(_ person: String, _ direction: Direction, _ nonce: String) -> LessonAct {
    LessonAct(.answered(person, question, Vote(direction), nonce: nonce), at: 5)
  }

  private func acts(_ path: String) throws -> [LessonAct] {
    try #require(try LessonRecord(String(contentsOfFile: path, encoding: .utf8), path: path)).acts
  }

  @Test func `acts of many at once are all on the disk, each once, and make the same lesson`()
    async throws
  {
    try await withLesson { served, path in
      try await served.take(LessonAct(.moved(.asking(question: "q1", round: 1)), at: 1))
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<60 {
          group.addTask {
            let person = "\(number % 30)"
            try await served.take(LessonAct(.joined(person, name: nil), at: 2))
            // Bad radio: the same form twice.
            try await served.take(answer(person, .up, "n\(person)"))
          }
        }
        try await group.waitForAll()
      }
      let written = try acts(path)
      #expect(written.count == 1 + 30 + 30)
      let replayed = try Lesson(Syllabus(try predictedSpec()), replaying: written)
      #expect(await served.lesson == replayed)
      #expect(replayed.answered(question) == 30)
    }
  }

  @Test func `what is refused is not written`() async throws {
    try await withLesson { served, path in
      await #expect(throws: LessonRefusal.self) { try await served.take(answer("a", .up, "1")) }
      let written = try acts(path)
      #expect(written.isEmpty)
    }
  }

  @Test func `votes whose time is over are closed by the clock`() async throws {
    try await withLesson { served, _ in
      try await served.take(LessonAct(.opened(question, seconds: 1), at: 0))
      try await served.tick()
      #expect(await served.lesson[question].state == .closed)
    }
  }

  @Test func `a phone is told of the lesson and of itself, and not of others' votes`() async throws
  {
    try await withLesson { served, _ in
      func listener(_ place: PageListener.Place, _ person: String?) -> PageListener {
        PageListener(place: place, person: person, tell: AsyncStream<Int>.makeStream().continuation)
      }
      let vote = answer("a", .up, "1").deed
      #expect(listener(.screen, nil).shows(vote) && listener(.desk, nil).shows(vote))
      #expect(listener(.room, "a").shows(vote))
      #expect(!listener(.room, "b").shows(vote))
      #expect(listener(.room, "b").shows(.moved(.training)))
      var versions = await served.listen(.room, person: "b").makeAsyncIterator()
      let first = try #require(await versions.next())
      try await served.take(LessonAct(.moved(.baseline), at: 1))
      let second = try #require(await versions.next())
      #expect(second > first)
      await served.close()
      #expect(await versions.next() == nil)
    }
  }
}
