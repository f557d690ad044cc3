import Notation
import Statistics

extension LessonAct {
  /// One line of JSON without its end: `{"at":1770000000000,"act":"closed","question":"dropout","round":1}`.
  package var line: String {
    let members: [(String, JSON)] = [
      ("at", .number(JSONNumber(milliseconds))), ("act", .string(deed.name)),
    ]
    return JSON.object(
      JSONObject((members + deed.members).map { JSONObject.Member(key: $0.0, value: $0.1) })
    ).text
  }

  /// Reads what ``line`` wrote.
  ///
  /// - Throws: `LessonRefusal.unreadableLine` where it is no act, or why the act is none that can be.
  package init(line: String) throws(LessonRefusal) {
    guard let object = JSON(line: Array(line.utf8))?.object, let at = object["at"]?.integer,
      let name = object["act"]?.string
    else { throw .unreadableLine(line.excerpt) }
    let fields = object.members.map { ($0.key, $0.value.levelText) }
    self.init(
      try Deed(name, ActFields(Dictionary(fields, uniquingKeysWith: { $1 }))),
      at: at
    )
  }
}

extension LessonAct.Deed {
  /// What lines and forms call it.
  var name: String {
    switch self {
    case .joined: "joined"
    case .renamed: "renamed"
    case .removed: "removed"
    case .seated: "seated"
    case .answered: "answered"
    case .moved: "moved"
    case .opened: "opened"
    case .closed: "closed"
    case .extended: "extended"
    case .skipped: "skipped"
    case .restored: "restored"
    case .marked: "marked"
    case .started: "started"
    case .paused: "paused"
    case .revealed: "revealed"
    case .suspected: "suspected"
    case .namesDeleted: "namesDeleted"
    case .ended: "ended"
    }
  }

  /// What belongs to it, in the order in which it is written; what is nil or empty is left out.
  var members: [(String, JSON)] {
    switch self {
    case .joined(let person, let name), .seated(let person, let name):
      [("person", .string(person))] + (name.map { [("name", .string($0))] } ?? [])
    case .renamed(let person, let name): [("person", .string(person)), ("name", .string(name))]
    case .removed(let person): [("person", .string(person))]
    case .answered(let person, let ballot, let vote, let nonce):
      [("person", .string(person))] + ballot.members + vote.members
        + [("nonce", .string(nonce))]
    case .moved(let step): step.members
    case .opened(let ballot, let seconds):
      ballot.members + (seconds.map { [("seconds", .number(JSONNumber($0)))] } ?? [])
    case .closed(let ballot), .extended(let ballot): ballot.members
    case .skipped(let question), .restored(let question): [("question", .string(question))]
    case .marked(let reason, let standing):
      reason.ballot.members
        + [("person", .string(reason.person)), ("standing", .string(standing.rawValue))]
    case .revealed(let question, let outcome):
      [("question", .string(question))]
        + (outcome.map { [("outcome", .string($0.rawValue))] } ?? [])
    case .suspected(let person, let question, let candidate):
      [
        ("person", .string(person)), ("question", .string(question)),
        ("candidate", .string(candidate)),
      ]
    case .started, .paused, .namesDeleted, .ended: []
    }
  }
}

extension Ballot.ID {
  var members: [(String, JSON)] {
    [("question", .string(question)), ("round", .number(JSONNumber(round)))]
  }
}

extension Vote {
  fileprivate var members: [(String, JSON)] {
    [("direction", .string(direction.rawValue))]
      + (confidencePercent.map { [("confidence", .number(JSONNumber($0)))] } ?? [])
      + (reason.isEmpty ? [] : [("reason", .string(reason))])
  }
}

extension LessonStep {
  /// The step as fields: its name, and the question and round that belong to it.
  var members: [(String, JSON)] {
    func members(_ name: String, _ question: String? = nil, _ round: Int? = nil) -> [(String, JSON)]
    {
      [("step", .string(name))] + (question.map { [("question", .string($0))] } ?? [])
        + (round.map { [("round", .number(JSONNumber($0)))] } ?? [])
    }
    switch self {
    case .join: return members("join")
    case .baseline: return members("baseline")
    case .asking(let question, let round): return members("asking", question, round)
    case .votes(let question, let round): return members("votes", question, round)
    case .discussing(let question): return members("discussing", question)
    case .training: return members("training")
    case .reveal(let question): return members("reveal", question)
    case .surprise(let question): return members("surprise", question)
    case .trying: return members("trying")
    case .end: return members("end")
    }
  }
}
