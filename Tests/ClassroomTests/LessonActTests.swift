import Classroom
import Statistics
import Sweeps
import Testing

struct LessonActTests {
  private let ana = people(1)[0]

  private func read(
    _ form: [String: String],
    _ path: String,
    person: String? = people(1)[0]
  ) throws(LessonRefusal) -> LessonAct.Deed {
    try LessonAct(form: form, path: path, person: person, at: 5).deed
  }

  private let answer = [
    "question": "dropout", "round": "1", "direction": "up", "nonce": "n", "confidence": "65",
    "reason": " two\r\nlines\u{0} ",
  ]

  @Test func `a form is read with its controls out and its blanks trimmed`() throws {
    #expect(
      try read(answer, "/answer")
        == .answered(
          ana,
          Ballot.ID("dropout", round: 1),
          Vote(.up, confidencePercent: 65, reason: "two lines"),
          nonce: "n"
        )
    )
    #expect(try read(["name": "\u{7} "], "/join") == .joined(ana, name: nil))
    #expect(try read(["name": "Zoë  🎓"], "/name") == .renamed(ana, name: "Zoë 🎓"))
  }

  @Test func `the button that was pressed counts before what the page held`() throws {
    var form = answer
    form["held-direction"] = "down"
    form["held-confidence"] = "45"
    guard case .answered(_, _, let pressed, _) = try read(form, "/answer") else { return }
    #expect(pressed.direction == .up && pressed.confidencePercent == 65)
    form["direction"] = nil
    form["confidence"] = nil
    guard case .answered(_, _, let held, _) = try read(form, "/answer") else { return }
    #expect(held.direction == .down && held.confidencePercent == 45)
  }

  @Test func `nobody acts for another, and the room does not act as the desk`() throws {
    var form = answer
    form["person"] = "somebody else"
    guard case .answered(let person, _, _, _) = try read(form, "/answer") else { return }
    #expect(person == ana)
    #expect(throws: LessonRefusal.unknownAct("/started")) {
      try read(["act": "started"], "/started")
    }
    #expect(throws: LessonRefusal.deskOnly) { try read(["act": "joined", "person": ana], "/desk") }
    #expect(throws: LessonRefusal.notJoined) { try read(answer, "/answer", person: nil) }
  }

  @Test func `an old page of a device that was handed on does not answer for who has it now`()
    throws
  {
    var form = answer
    form["as"] = ana
    #expect(throws: Never.self) { try read(form, "/answer") }
    for path in ["/answer", "/name", "/suspect"] {
      #expect(throws: LessonRefusal.otherPerson) { try read(form, path, person: people(2)[1]) }
    }
  }

  @Test func `names and reasons have an end, in letters and in what letters are made of`() throws {
    let thirty = String(repeating: "é", count: 30)
    #expect(try read(["name": thirty], "/join") == .joined(ana, name: thirty))
    for name in [thirty + "e", "e" + String(repeating: "\u{301}", count: 100)] {
      #expect(throws: LessonRefusal.self) { try read(["name": name], "/join") }
    }
    var form = answer
    form["reason"] = String(repeating: "r", count: 281)
    #expect(throws: LessonRefusal.tooLong("reason", count: 281, limit: 280)) {
      try read(form, "/answer")
    }
  }

  static let wrong: [([String: String], String)] = [
    ([:], "/answer"), (["name": ""], "/name"), (["name": "Textbook"], "/name"),
    (["question": "dropout", "round": "3", "direction": "up", "nonce": "n"], "/answer"),
    (["question": "dropout", "round": "1", "direction": "<b>", "nonce": "n"], "/answer"),
    (
      ["question": "x", "round": "1", "direction": "up", "nonce": "n", "confidence": "101"],
      "/answer"
    ),
    ([:], "/desk"), (["act": "fly"], "/desk"), (["act": "moved", "step": "moon"], "/desk"),
    (["act": "opened", "question": "x", "round": "1", "seconds": "-1"], "/desk"),
    (["act": "marked", "question": "x", "round": "1", "person": "p", "standing": "loud"], "/desk"),
    (["act": "seated", "name": String(repeating: "n", count: 31)], "/desk"), ([:], "/etc/passwd"),
  ]

  @Test(arguments: wrong)
  func `a refusal is a sentence`(form: [String: String], path: String) throws {
    let refusal = #expect(throws: LessonRefusal.self) { try read(form, path) }
    let sentence = try #require(refusal).description
    #expect(sentence.hasSuffix(".") && sentence.first.map { $0.isUppercase || $0 == "'" } == true)
    #expect(sentence.contains(" "))
  }

  @Test(arguments: 0..<20)
  func `what a whole class is refused are sentences`(seed: Int) throws {
    let history = try History(seed: seed)
    #expect(!history.refusals.isEmpty)
    for refusal in history.refusals {
      let sentence = refusal.description
      #expect(sentence.hasSuffix(".") && sentence.count > 15, "\(sentence)")
    }
  }

  @Test func `a line that is no act is refused with the line`() {
    for line in ["", "{}", "[1]", #"{"at":1,"act":"#, #"{"at":"x","act":"started"}"#] {
      #expect(throws: LessonRefusal.self) { try LessonAct(line: line) }
    }
  }

  @Test func `the desk answers for seats alone`() throws {
    var form = answer
    form["act"] = "answered"
    form["person"] = ana
    #expect(throws: LessonRefusal.notASeat) { try read(form, "/desk", person: nil) }
    var room = try Rehearsal()
    try room.act(try read(["act": "seated", "name": "Row 3"], "/desk", person: nil))
    #expect(room.lesson.present.map(\.name) == ["Row 3"])
    let seat = try #require(room.lesson.present.first)
    #expect(seat.isSeat)
    form["person"] = seat.id
    try room.act(.moved(.asking(question: "dropout", round: 1)))
    try room.act(try read(form, "/desk", person: nil))
    #expect(room.lesson.answered(Ballot.ID("dropout", round: 1)) == 1)
  }
}
