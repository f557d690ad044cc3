import Classroom
import Statistics
import Sweeps
import Testing

struct LessonTests {
  @Test(arguments: 0..<40)
  func `the same acts make the same lesson`(seed: Int) throws {
    let history = try History(seed: seed)
    let again = try Lesson(history.lesson.syllabus, replaying: history.taken)
    #expect(again == history.lesson)
    #expect(again.version <= history.taken.count)
  }

  @Test(arguments: 0..<40)
  func `every act reads back from its line, and makes the same lesson`(seed: Int) throws {
    let history = try History(seed: seed)
    let lines = history.taken.map(\.line)
    #expect(lines.allSatisfy { !$0.contains("\n") })
    let acts = try lines.map { line throws(LessonRefusal) in try LessonAct(line: line) }
    #expect(acts == history.taken)
    #expect(try Lesson(history.lesson.syllabus, replaying: acts) == history.lesson)
  }

  @Test(arguments: 0..<40)
  func `a refused act and an act that comes again change nothing`(seed: Int) throws {
    let history = try History(seed: seed)
    var lesson = Lesson(history.lesson.syllabus)
    for act in history.taken {
      try lesson.apply(act)
      guard case .answered = act.deed else { continue }
      let before = lesson
      try lesson.apply(act)
      #expect(lesson == before)
      #expect(throws: LessonRefusal.self) {
        try lesson.apply(LessonAct(.removed("nobody"), at: act.milliseconds))
      }
      #expect(lesson == before)
    }
  }

  @Test func `a vote that arrives late for the second time does not undo a later one`() throws {
    var room = try Rehearsal()
    let (ana, ballot) = (people(1)[0], Ballot.ID("dropout", round: 1))
    try room.act(.joined(ana, name: nil))
    try room.act(.moved(.asking(question: "dropout", round: 1)))
    try room.act(.answered(ana, ballot, Vote(.up), nonce: "a"))
    try room.act(.answered(ana, ballot, Vote(.down), nonce: "b"))
    try room.act(.answered(ana, ballot, Vote(.up), nonce: "a"))
    #expect(room.lesson.vote(of: ana, on: ballot)?.direction == .down)
    #expect(room.lesson.answered(ballot) == 1)
    // From the same form, but not the same press.
    try room.act(.answered(ana, ballot, Vote(.none), nonce: "b"))
    #expect(room.lesson.vote(of: ana, on: ballot)?.direction == Direction.none)
  }

  @Test(arguments: 0..<40)
  func `the order in which two people answer makes no difference`(seed: Int) throws {
    let history = try History(seed: seed)
    let acts = history.taken
    for index in acts.indices.dropLast() {
      guard case .answered(let one, _, _, _) = acts[index].deed,
        case .answered(let other, _, _, _) = acts[index + 1].deed, one != other
      else { continue }
      var swapped = acts
      swapped.swapAt(index, index + 1)
      #expect(try Lesson(history.lesson.syllabus, replaying: swapped) == history.lesson)
    }
  }

  @Test(arguments: 0..<40)
  func `nobody votes after closing, and late joiners are blank`(seed: Int) throws {
    let history = try History(seed: seed)
    var lesson = Lesson(history.lesson.syllabus)
    var closed: [Ballot.ID: [String: Vote]] = [:]
    for act in history.taken {
      if case .opened(let ballot, _) = act.deed { closed[ballot] = nil }
      let count = lesson.people.count
      try lesson.apply(act)
      for question in lesson.syllabus.questions {
        for round in [1, 2] {
          let ballot = Ballot.ID(question.id, round: round)
          guard lesson[ballot].state == .closed else { continue }
          let votes = closed[ballot] ?? lesson[ballot].votes
          #expect(lesson[ballot].votes == votes, "\(ballot)")
          closed[ballot] = votes
        }
      }
      guard let person = lesson.people.last?.id, lesson.people.count > count else { continue }
      #expect(closed.keys.allSatisfy { lesson.vote(of: person, on: $0) == nil })
    }
  }

  @Test func `a vote after the last second is refused, and half a minute more lets it in`() throws {
    var lesson = Lesson(try classSyllabus())
    let (ana, ballot) = (people(1)[0], Ballot.ID("dropout", round: 1))
    func act(_ deed: LessonAct.Deed, _ at: Int) -> LessonAct { LessonAct(deed, at: at) }
    try lesson.apply(act(.joined(ana, name: nil), 0))
    try lesson.apply(act(.opened(ballot, seconds: 10), 1000))
    let late = act(.answered(ana, ballot, Vote(.up), nonce: "n"), 11_001)
    #expect(throws: LessonRefusal.closed(ballot)) { try lesson.apply(late) }
    #expect(lesson.due(at: 10_999).isEmpty)
    #expect(lesson.due(at: 11_000) == [act(.closed(ballot), 11_000)])
    try lesson.apply(act(.extended(ballot), 11_000))
    try lesson.apply(late)
    #expect(lesson[ballot].state == .open(until: 41_000))
  }

  @Test func `people who were removed do not count and cannot come back`() throws {
    var room = try Rehearsal()
    let ids = people(3)
    for id in ids { try room.act(.joined(id, name: nil)) }
    try room.act(.moved(.asking(question: "dropout", round: 1)))
    for id in ids { try room.answer(id, "dropout", .up, because: "why") }
    try room.act(.removed(ids[1]))
    try room.act(.moved(.votes(question: "dropout", round: 1)))
    let ballot = Ballot.ID("dropout", round: 1)
    #expect(room.lesson.tally(ballot) == [.up: 2])
    #expect(room.lesson.answered(ballot) == 2)
    #expect(room.lesson.reasons(ballot).count == 2)
    #expect(room.lesson.predictions(round: 1).count == 2)
    #expect(throws: LessonRefusal.removed) { try room.act(.joined(ids[1], name: "Zoe")) }
  }

  @Test func `predictions are sealed under names that nobody typed and nobody shares`() throws {
    var room = try Rehearsal()
    let ids = people(60)
    for id in ids { try room.act(.joined(id, name: "Ana")) }
    try room.act(.moved(.asking(question: "dropout", round: 1)))
    for id in ids { try room.answer(id, "dropout", .down, sure: 65, because: "noise") }
    #expect(room.lesson.predictions(round: 1).isEmpty)
    try room.act(.moved(.votes(question: "dropout", round: 1)))
    let sealed = room.lesson.predictions(round: 1)
    #expect(Set(sealed.map(\.who)).count == 60)
    #expect(sealed.allSatisfy { !$0.who.contains("Ana") && $0.confidencePercent == 65 })
    try room.act(.renamed(ids[0], name: "Zoe"))
    try room.act(.namesDeleted)
    #expect(room.lesson.predictions(round: 1) == sealed)
    #expect(room.lesson.people.allSatisfy { $0.name == $0.pseudonym })
    let nameless = room.acts.compactMap(\.withoutNames)
    #expect(nameless.allSatisfy { !$0.line.contains("Ana") && !$0.line.contains("Zoe") })
    #expect(
      try Lesson(room.lesson.syllabus, replaying: nameless).predictions(round: 1) == sealed
    )
  }

  @Test func `after the start no vote is opened, and before it none may be open`() throws {
    var room = try Rehearsal()
    let ballot = Ballot.ID("dropout", round: 1)
    try room.act(.moved(.asking(question: "dropout", round: 1)))
    #expect(throws: LessonRefusal.stillOpen(ballot)) { try room.act(.started) }
    try room.act(.moved(.training))
    try room.act(.started)
    #expect(throws: LessonRefusal.tooLate) { try room.act(.opened(ballot, seconds: nil)) }
    try room.act(.moved(.asking(question: "unfreeze", round: 1)))
    #expect(room.lesson[Ballot.ID("unfreeze", round: 1)].state == .unopened)
  }

  @Test func `the hour goes on by one button, past what is left out and to what surprised`() throws
  {
    var room = try Rehearsal()
    try room.act(.skipped("decay-train"))
    var steps: [LessonStep] = []
    while let deed = room.lesson.nextDeed {
      if case .revealed(let question, _) = deed {
        try room.act(.revealed(question, outcome: question == "dropout" ? .up : .down))
      } else {
        try room.act(deed)
        if steps.last != room.lesson.step { steps.append(room.lesson.step) }
      }
    }
    #expect(room.lesson.isOver && room.lesson.training == .running)
    #expect(!steps.contains { $0.question == "decay-train" })
    #expect(steps.contains(.surprise(question: "dropout")))
    #expect(!steps.contains(.surprise(question: "unfreeze")))
    #expect(steps.suffix(3).first == .surprise(question: "dropout"))
  }

  @Test func `a question that is left out while it is asked gives way to the next`() throws {
    var room = try Rehearsal()
    try room.act(.moved(.asking(question: "dropout", round: 1)))
    try room.act(.skipped("dropout"))
    #expect(room.lesson.step == .asking(question: "decay-train", round: 1))
    #expect(room.lesson[Ballot.ID("decay-train", round: 1)].isOpen)
    #expect(throws: LessonRefusal.skipped("dropout")) {
      try room.act(.moved(.reveal(question: "dropout")))
    }
    try room.act(.restored("dropout"))
    #expect(room.lesson.program.contains(.reveal(question: "dropout")))
  }

  @Test func `the screen gets three reasons of a question and no more`() throws {
    var room = try Rehearsal()
    let ids = people(4)
    for id in ids { try room.act(.joined(id, name: nil)) }
    try room.act(.moved(.asking(question: "dropout", round: 1)))
    for id in ids { try room.answer(id, "dropout", .up, because: "why") }
    let ballot = Ballot.ID("dropout", round: 1)
    for id in ids.prefix(3) { try room.act(.marked(Reason.ID(ballot, by: id), .chosen)) }
    let fourth = Reason.ID(ballot, by: ids[3])
    #expect(throws: LessonRefusal.tooManyReasons(limit: 3)) {
      try room.act(.marked(fourth, .chosen))
    }
    try room.act(.marked(Reason.ID(ballot, by: ids[0]), .hidden))
    try room.act(.marked(fourth, .chosen))
  }
}
