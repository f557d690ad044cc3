import Charts
import Classroom
import Notation
import Statistics
import Sweeps
import Testing

/// The step in which phones send pictures and networks answer.
struct TryingTests {
  private static let look = Picture(width: 2, height: 2, pixels: [0, 90, 180, 255])

  private static func picture(_ answer: String) throws -> TriedPicture {
    func cell(_ name: String, _ answer: String, _ sure: Double) -> TriedPicture.CellAnswer {
      TriedPicture.CellAnswer(
        name: name,
        answer: answer,
        probability: sure,
        all: [],
        networks: 12,
        agreeing: 11,
        map: look
      )
    }
    let cells = [cell("baseline", answer, 0.934), cell("dropout 0.5", "other", 0.9999)]
    return TriedPicture(look: try #require(look), cells: cells)
  }

  /// A lesson whose runs keep networks, with all that was asked revealed or not.
  private func lesson(isRevealed: Bool = true) throws -> Rehearsal {
    let syllabus = try classSyllabus()
    var room = try Rehearsal(
      Syllabus(
        title: syllabus.title,
        questions: Array(syllabus.questions.prefix(2)),
        textbook: [],
        metrics: syllabus.metrics,
        keepsNetworks: true
      )
    )
    try room.act(.joined(Tour.ids[0], name: nil))
    try room.act(.started)
    try room.act(.revealed("dropout", outcome: .down))
    if isRevealed { try room.act(.revealed("decay-train", outcome: .up)) }
    return room
  }

  private func facts(_ change: (inout NetworkTrial) -> Void = { _ in }) -> LessonFacts {
    var facts = LessonFacts()
    var trial = NetworkTrial(.ready)
    trial.noun = "digit"
    change(&trial)
    facts.trial = trial
    return facts
  }

  @Test func `the networks are tried after the last reveal, where the runs keep them`() throws {
    var room = try lesson(isRevealed: false)
    #expect(room.lesson.program.suffix(2) == [.trying, .end])
    #expect(throws: LessonRefusal.notRevealed("decay-train")) { try room.act(.moved(.trying)) }
    try room.act(.revealed("decay-train", outcome: nil))
    try room.act(.moved(.trying))
    #expect(room.lesson.nextDeed == .moved(.end))
    let act = LessonAct(.moved(.trying), at: 5)
    #expect(try LessonAct(line: act.line) == act)
    var plain = try Rehearsal()
    let page = RoomPage(plain.lesson, person: nil, facts: LessonFacts()).document
    #expect(!page.contains("/try.js"))
    #expect(!plain.lesson.program.contains(.trying))
    #expect(throws: LessonRefusal.nothingKept) { try plain.act(.moved(.trying)) }
  }

  @Test func `a spec that keeps weights has the step`() throws {
    let trainer = Trainer(
      version: 1,
      settings: [Setting("dropout", .number(.any), default: 0, "a rate")],
      metrics: [],
      dataSettings: [],
      dataDigest: { _, _ in "" }
    )
    func keeps(_ keep: String) throws -> Bool {
      let text = """
        { "axes": { "dropout": [0, 0.5] }, "keep": \(keep), "metrics": { "m": { "better": "lower", "delta": 1 } } }
        """
      return try Syllabus(try Spec.stored(text: text, directory: "/", trainer: trainer))
        .keepsNetworks
    }
    #expect(try keeps(#""weights""#))
    #expect(try !keeps(#"["probabilities"]"#))
  }

  @Test func `a phone has a labelled place to draw, once there is something to ask`() throws {
    var room = try lesson()
    try room.act(.moved(.trying))
    func page(_ facts: LessonFacts) -> String {
      RoomPage(room.lesson, person: Tour.ids[0], facts: facts).document
    }
    for waiting in [LessonFacts(), facts { $0.standing = .sealed(["traits"]) }] {
      #expect(!page(waiting).contains("<canvas"))
    }
    let drawing = page(facts())
    #expect(drawing.contains("Draw a digit."))
    #expect(drawing.contains("role=\"img\" aria-label=\"Draw here with a finger or a mouse\""))
    #expect(drawing.contains("<label for=\"picture\">") && !drawing.contains("capture="))
    #expect(drawing.contains("src=\"/try.js\"") && drawing.contains("<noscript>"))
    let photograph = page(facts { $0.isOfDrawings = false })
    #expect(photograph.contains("accept=\"image/*\" capture=\"environment\""))
    #expect(photograph.contains("data-kind=\"photograph\""))
  }

  @Test func `the screen shows a picture only when the desk says so, and phones show no other's`()
    throws
  {
    var room = try lesson()
    try room.act(.moved(.trying))
    var facts = facts()
    func pages() -> (screen: String, desk: String, room: String) {
      (
        ScreenPage(room.lesson, facts: facts, token: "t").document,
        DeskPage(room.lesson, facts: facts, token: "t").document,
        RoomPage(room.lesson, person: Tour.ids[0], facts: facts).document
      )
    }
    facts.trial?.take(try Self.picture("ANSWER"))
    #expect(!pages().screen.contains("ANSWER") && !pages().screen.contains("data:image"))
    #expect(pages().screen.contains("<b>1</b> picture so far"))
    #expect(pages().desk.contains("ANSWER") && !pages().room.contains("ANSWER"))
    facts.trial?.perform(.showLatest)
    #expect(pages().screen.contains("ANSWER") && pages().screen.contains("93 %"))
    #expect(pages().screen.contains("&gt; 99 %") && pages().screen.contains("They disagree"))
    facts.trial?.take(try Self.picture("SECOND"))
    #expect(!pages().screen.contains("SECOND") && pages().desk.contains("SECOND"))
    facts.trial?.perform(.showAll)
    #expect(pages().screen.contains("SECOND"))
    facts.trial?.take(try Self.picture("THIRD"))
    #expect(pages().screen.contains("THIRD"))
    facts.trial?.perform(.forget)
    #expect(!pages().screen.contains("THIRD") && !pages().desk.contains("THIRD"))
    facts.trial?.perform(.showNone)
    facts.trial?.take(try Self.picture("FOURTH"))
    #expect(!pages().screen.contains("FOURTH"))
    #expect(!pages().room.contains("FOURTH"))
  }

  @Test func `the desk opens what nobody was asked, and says what is missing`() throws {
    var room = try lesson()
    try room.act(.moved(.trying))
    func pages(_ standing: NetworkTrial.Standing) -> (screen: String, desk: String) {
      let facts = facts { $0.standing = standing }
      return (
        ScreenPage(room.lesson, facts: facts).document,
        DeskPage(room.lesson, facts: facts, token: "t").document
      )
    }
    let sealed = pages(.sealed(["mirror", "unfreeze"]))
    #expect(sealed.screen.contains("2 questions that nobody was asked today are still sealed"))
    #expect(sealed.desk.contains("mirror, unfreeze"))
    #expect(sealed.desk.contains("value=\"openEverything\""))
    let missing = pages(.missing("No run has kept its network."))
    #expect(missing.screen.contains("No run has kept its network."))
    #expect(!missing.desk.contains("openEverything"))
  }

  @Test func `what a phone gets back is its picture and an answer a cell`() throws {
    let answer = RoomPage.answer(try Self.picture("7<b>"))
    #expect(answer.contains("7&lt;b&gt;") && answer.contains("dropout 0.5"))
    #expect(answer.contains("alt=\"The picture as the networks see it\""))
    #expect(answer.contains("the mean over 12 networks of each"))
    #expect(answer.matches(of: #/<img /#).count == 3)
  }
}
