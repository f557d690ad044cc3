import Classroom
import Statistics
import Sweeps

/// A lesson of a hundred or more acts that a seed draws: some are refused, as in a real room.
struct History {
  private(set) var lesson: Lesson
  /// What was taken, in its order.
  private(set) var taken: [LessonAct] = []
  private(set) var refusals: [LessonRefusal] = []

  private var generator: SeededGenerator
  private var milliseconds = 1_770_000_000_000
  private let ids = people(9)

  init(seed: Int, acts count: Int = 160) throws {
    lesson = Lesson(try classSyllabus())
    generator = SeededGenerator(purpose: "history", seed: seed)
    for _ in 0..<count {
      milliseconds += generator.index(below: 4000)
      let act = LessonAct(deed(), at: milliseconds)
      do {
        try lesson.apply(act)
        taken.append(act)
      } catch {
        refusals.append(error)
      }
    }
  }

  private mutating func pick<Element>(_ list: [Element]) -> Element {
    list[generator.index(below: list.count)]
  }

  private mutating func ballot() -> Ballot.ID {
    Ballot.ID(pick(["dropout", "decay-train", "unfreeze"]), round: pick([1, 2]))
  }

  private mutating func vote() -> Vote {
    Vote(
      pick(Direction.allCases),
      confidencePercent: pick([nil, 45, 65, 85]),
      reason: pick(["", "noise \"helps\"", "עברית 🎓", "a\\b"])
    )
  }

  private mutating func deed() -> LessonAct.Deed {
    let person = pick(ids)
    let question = pick(["dropout", "decay-train", "unfreeze", "none such"])
    switch generator.index(below: 40) {
    case 0..<6: return .joined(person, name: pick([nil, "Ana", "Ben <b>"]))
    case 6..<8: return .renamed(person, name: pick(["Cleo", "Ana"]))
    case 8: return .removed(person)
    case 9: return .seated("seat-\(generator.index(below: 3))", name: nil)
    case 10..<26:
      return .answered(person, openOrAny(), vote(), nonce: "\(generator.index(below: 400))")
    case 26..<31: return lesson.nextDeed ?? .moved(.join)
    case 31: return .moved(pick(lesson.program))
    case 32: return .opened(ballot(), seconds: pick([nil, 5, 60]))
    case 33: return .closed(openOrAny())
    case 34: return .extended(openOrAny())
    case 35: return pick([.skipped(question), .restored(question)])
    case 36:
      return .marked(Reason.ID(ballot(), by: person), pick(Reason.Standing.allCases))
    case 37: return pick([.started, .paused, .namesDeleted, .ended, .closed(ballot())])
    case 38: return .revealed(question, outcome: pick([nil, .up, .down, Direction.none]))
    default:
      return .suspected(person, question: question, candidate: pick(["F1", "F4", "F13", "F99"]))
    }
  }

  private mutating func openOrAny() -> Ballot.ID {
    if case .asking(let question, let round) = lesson.step {
      return Ballot.ID(question, round: round)
    }
    return ballot()
  }
}
