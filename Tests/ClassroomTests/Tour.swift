import Charts
import Classroom
import Statistics
import Sweeps

/// A moment of a lesson with everything that is shown of it.
struct Moment {
  let lesson: Lesson
  let facts: LessonFacts

  /// The page of a person, of somebody who is not in, of the projector and of the desk.
  func pages(of person: String) -> [String: String] {
    [
      "room": RoomPage(lesson, person: person, facts: facts).document,
      "entrance": RoomPage(lesson, person: nil, facts: facts).document,
      "screen": ScreenPage(lesson, facts: facts, token: "t0ken").document,
      "desk": DeskPage(lesson, facts: facts, token: "t0ken").document,
    ]
  }
}

/// A whole lesson, moment by moment: twelve people, three questions, two rounds, all that came out.
struct Tour {
  let moments: [Moment]
  static let ids = people(12)

  /// - Parameters:
  ///   - syllabus: What is asked.
  ///   - shift: By how much the answers of all but the first person, and what came out, are turned round.
  ///   - name: What everybody is called.
  ///   - reason: What everybody says.
  ///   - outcomes: Whether the facts hold what came out of questions before they are revealed, which they should not.
  /// - Throws: What an act was refused for.
  init(
    _ syllabus: Syllabus? = nil,
    shift: Int = 0,
    name: String? = nil,
    reason: String = "noise stops it",
    outcomes: Bool = false
  ) throws {
    var room = try Rehearsal(syllabus)
    var facts = Self.facts()
    var moments: [Moment] = []
    let asked = room.lesson.syllabus.questions.map(\.id)
    if outcomes { for id in asked { facts.outcomes[id] = Self.outcome(shift) } }
    for id in Self.ids { try room.act(.joined(id, name: name)) }
    try room.act(.seated(Person.seatPrefix + "1", name: name))
    moments.append(Moment(lesson: room.lesson, facts: facts))
    while let deed = room.lesson.nextDeed {
      switch deed {
      case .revealed(let question, _):
        facts.outcomes[question] = Self.outcome(shift)
        try room.act(.revealed(question, outcome: Self.directions[(shift + 2) % 3]))
      default: try room.act(deed)
      }
      if case .asking(let question, let round) = room.lesson.step {
        moments.append(Moment(lesson: room.lesson, facts: facts))
        for (index, id) in Self.ids.enumerated() {
          let turn = index == 0 ? 0 : index + shift + round
          try room.answer(
            id,
            question,
            round: round,
            Self.directions[turn % 3],
            sure: 65,
            because: reason
          )
        }
      }
      if case .votes(let question, 1) = room.lesson.step, !reason.isEmpty {
        try room.act(.marked(Reason.ID(Ballot.ID(question, round: 1), by: Self.ids[0]), .chosen))
      }
      moments.append(Moment(lesson: room.lesson, facts: facts))
    }
    self.moments = moments
  }

  private static let directions: [Direction] = [.down, .none, .up]

  private static func outcome(_ shift: Int) -> QuestionOutcome {
    QuestionOutcome(
      differences: (0..<12).map { .init(seed: $0, value: 0.03 + 0.001 * Double($0 * (shift + 1))) },
      estimate: 0.04,
      interval: Interval(lower: 0.03, upper: 0.05),
      direction: directions[(shift + 2) % 3],
      verdict: "SECRET \(shift): it went this way."
    )
  }

  private static func facts() -> LessonFacts {
    var facts = LessonFacts()
    facts.addresses = ["http://192.168.1.57:8080/"]
    facts.code = "KXQF"
    facts.qr = "<svg viewBox=\"0 0 2 2\"><rect width=\"1\" height=\"1\"/></svg>"
    facts.baselineValue = "0.165 ± 0.012"
    facts.tiles = (0..<216).map { RunTile($0 < 90 ? .done : .pending, isBaseline: $0 % 18 == 0) }
    facts.secondsLeft = 20
    let curve = (1...20).map { Point(x: Double($0), y: 1 / Double($0)) }
    facts.baselineCurves = LearningCurves(
      panels: [.init(title: "", series: [.init(name: "valid", seeds: [], mean: curve)])],
      xLabel: "epoch",
      yLabel: "loss"
    )
    return facts
  }
}
