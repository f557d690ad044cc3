import Classroom
import Statistics
import Sweeps
import Testing

/// What is sealed makes no difference to any page: not hidden in it, but absent from it.
struct SealedPagesTests {
  /// Compares the pages of two lessons that differ in one secret, at every moment at which it must not be seen.
  private func expectEqual(
    _ one: Tour,
    _ other: Tour,
    while isSecret: (Lesson) -> Bool,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    var compared = 0
    for (left, right) in zip(one.moments, other.moments) where isSecret(left.lesson) {
      compared += 1
      #expect(left.lesson.step == right.lesson.step, sourceLocation: sourceLocation)
      let pages = right.pages(of: Tour.ids[0])
      for (name, page) in left.pages(of: Tour.ids[0]) {
        #expect(
          page == pages[name],
          "\(name) at \(left.lesson.step)",
          sourceLocation: sourceLocation
        )
      }
    }
    #expect(compared > 3, sourceLocation: sourceLocation)
  }

  @Test func `while a question is sealed no page depends on what the textbook says`() throws {
    try expectEqual(
      Tour(classSyllabus(textbook: ("down", "down", "down"))),
      Tour(classSyllabus(textbook: ("up", "up", "none"))),
      while: { $0.revealed.isEmpty }
    )
  }

  @Test
  func `while a question is sealed no page depends on what came out, even where it is at hand`()
    throws
  {
    let tour = try Tour(outcomes: true)
    for moment in tour.moments where moment.lesson.revealed.isEmpty {
      for (name, page) in moment.pages(of: Tour.ids[0]) {
        #expect(!page.contains("SECRET"), "\(name) at \(moment.lesson.step)")
      }
    }
    let last = try #require(tour.moments.last)
    #expect(last.pages(of: Tour.ids[0])["room"]?.contains("SECRET") == true)
  }

  @Test func `a revealed question gives nothing away of the others`() throws {
    let tour = try Tour(outcomes: true)
    for moment in tour.moments {
      let sealed = moment.lesson.syllabus.questions.filter { moment.lesson.revealed[$0.id] == nil }
      guard moment.lesson.step.question.map({ id in sealed.contains { $0.id == id } }) == true
      else {
        continue
      }
      for (name, page) in moment.pages(of: Tour.ids[0]) {
        #expect(!page.contains("SECRET"), "\(name) at \(moment.lesson.step)")
        #expect(!page.contains("QUOTED"), "\(name) at \(moment.lesson.step)")
      }
    }
  }

  @Test func `while votes are taken no page depends on what others answered`() throws {
    let (one, other) = (try Tour(reason: ""), try Tour(shift: 1, reason: ""))
    var compared = 0
    for (left, right) in zip(one.moments, other.moments) {
      guard case .asking(let question, let round) = left.lesson.step, round == 1 else { continue }
      // The moment after the votes came in, and before anything is closed.
      var (mine, theirs) = (left.lesson, right.lesson)
      for (index, id) in Tour.ids.enumerated() where index > 0 {
        let ballot = Ballot.ID(question, round: round)
        let at = 1_780_000_000_000
        try mine.apply(LessonAct(.answered(id, ballot, Vote(.up), nonce: "x"), at: at))
        try theirs.apply(LessonAct(.answered(id, ballot, Vote(.down), nonce: "x"), at: at))
      }
      let pages = Moment(lesson: theirs, facts: right.facts).pages(of: Tour.ids[0])
      for (name, page) in Moment(lesson: mine, facts: left.facts).pages(of: Tour.ids[0]) {
        #expect(page == pages[name], "\(name) at \(left.lesson.step)")
        compared += 1
      }
    }
    #expect(compared == 24)
  }

  @Test func `a page to take home has no more than was revealed`() throws {
    for moment in try Tour(outcomes: true).moments where moment.lesson.revealed.isEmpty {
      let export = LessonExport(moment.lesson, facts: moment.facts)
      let pages = [export.handout, try #require(export.page(of: Tour.ids[0]))]
      #expect(pages.allSatisfy { !$0.contains("SECRET") && !$0.contains("QUOTED") })
    }
  }
}
