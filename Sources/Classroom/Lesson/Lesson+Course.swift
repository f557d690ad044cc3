import Statistics
import Sweeps

extension Lesson {
  /// The steps in the order of the hour: questions that are left out have none, and a surprise has one
  /// where the textbook was wrong.
  package var program: [LessonStep] {
    let asked = syllabus.questions.map(\.id).filter { !skipped.contains($0) }
    return [.join, .baseline]
      + asked.flatMap { id -> [LessonStep] in
        [
          .asking(question: id, round: 1), .votes(question: id, round: 1),
          .discussing(question: id), .asking(question: id, round: 2),
          .votes(question: id, round: 2),
        ]
      }
      + [.training]
      + asked.flatMap { id -> [LessonStep] in
        [.reveal(question: id)] + (isSurprise(id) ? [.surprise(question: id)] : [])
      }
      + (syllabus.keepsNetworks ? [.trying] : []) + [.end]
  }

  /// The step after this one, nil at the end.
  package var next: LessonStep? { neighbour(1) }

  /// The step before this one, nil at the beginning.
  package var previous: LessonStep? { neighbour(-1) }

  private func neighbour(_ distance: Int) -> LessonStep? {
    let program = program
    guard let index = program.firstIndex(of: step),
      program.indices.contains(index + distance)
    else { return nil }
    return program[index + distance]
  }

  /// What the button that goes on does: it begins the runs or reveals what the screen waits for, and moves otherwise.
  package var nextDeed: LessonAct.Deed? {
    if step == .training, training == .notStarted { return .started }
    if case .reveal(let question) = step, revealed[question] == nil {
      return .revealed(question, outcome: nil)
    }
    return next.map { .moved($0) } ?? (isOver ? nil : .ended)
  }

  /// Whether the textbook was wrong about a question that is revealed and settled.
  package func isSurprise(_ question: String) -> Bool {
    guard let outcome = revealed[question] ?? nil,
      let textbook = syllabus.textbook(on: question)
    else { return false }
    return textbook.direction != outcome && !textbook.failsWhen.isEmpty
  }

  /// Goes to a step; a question that is put is open for votes, and votes that are shown are closed.
  mutating func move(to step: LessonStep) throws(LessonRefusal) -> Bool {
    if let question = step.question { _ = try asked(question) }
    if case .surprise(let question) = step, !isSurprise(question) {
      throw .unknownStep("surprise")
    }
    if step == .trying { try checkTrying() }
    guard step != self.step else { return false }
    enter(step)
    return true
  }

  /// The networks tell about every question that was asked.
  private func checkTrying() throws(LessonRefusal) {
    guard syllabus.keepsNetworks else { throw .nothingKept }
    let asked = syllabus.questions.map(\.id).filter { !skipped.contains($0) }
    if let sealed = asked.first(where: { revealed[$0] == nil }) { throw .notRevealed(sealed) }
  }

  private mutating func enter(_ step: LessonStep) {
    self.step = step
    switch step {
    case .join, .baseline: break
    case .asking(let question, let round):
      let ballot = Ballot.ID(question, round: round)
      closeAll(but: ballot)
      if mayOpen(ballot), self[ballot].state == .unopened {
        ballots[ballot, default: Ballot()].state = .open(until: nil)
      }
    case .votes, .discussing, .training, .reveal, .surprise, .trying, .end: closeAll()
    }
  }

  mutating func skip(_ question: String) throws(LessonRefusal) -> Bool {
    guard !skipped.contains(question) else { return false }
    _ = try asked(question)
    let program = program
    for id in openBallots where id.question == question { ballots[id]?.state = .closed }
    skipped.insert(question)
    if step.question == question {
      let index = program.firstIndex(of: step) ?? 0
      enter(program[index...].first { $0.question != question } ?? .end)
    }
    return true
  }

  mutating func restore(_ question: String) throws(LessonRefusal) -> Bool {
    guard skipped.remove(question) != nil else {
      _ = try asked(question)
      return false
    }
    return true
  }

  /// Begins the runs; what is predicted after it would be late, so that no vote may be open.
  mutating func start() throws(LessonRefusal) -> Bool {
    if let open = openBallots.first { throw .stillOpen(open) }
    guard training != .running else { return false }
    training = .running
    return true
  }

  mutating func pause() -> Bool {
    guard training == .running else { return false }
    training = .paused
    return true
  }

  mutating func reveal(
    _ question: String,
    _ outcome: Direction?
  ) throws(LessonRefusal) -> Bool {
    _ = try asked(question)
    if let open = openBallots.first { throw .stillOpen(open) }
    if let known = revealed[question], known == outcome { return false }
    revealed[question] = .some(outcome)
    return true
  }

  /// Takes a person's guess at the premise that failed; the last one counts.
  mutating func suspect(
    _ candidate: String,
    of question: String,
    by id: String
  ) throws(LessonRefusal) -> Bool {
    guard !isOver else { throw .isOver }
    _ = try participant(id)
    _ = try asked(question)
    guard revealed[question] != nil else { throw .notRevealed(question) }
    guard syllabus.textbook(on: question)?.failsWhen.contains(candidate) == true else {
      throw .notACandidate(candidate.excerpt)
    }
    guard suspicions[question]?[id] != candidate else { return false }
    suspicions[question, default: [:]][id] = candidate
    return true
  }

  /// Which premise somebody thinks failed, by its key.
  package func suspicion(of person: String, on question: String) -> String? {
    suspicions[question]?[person]
  }

  /// How many of those present suspect what, by the key of the premise.
  package func suspects(_ question: String) -> [String: Int] {
    present.reduce(into: [:]) { tally, person in
      if let key = suspicions[question]?[person.id] { tally[key, default: 0] += 1 }
    }
  }

  mutating func end() -> Bool {
    guard !isOver else { return false }
    closeAll()
    step = .end
    isOver = true
    return true
  }
}

extension LessonStep {
  /// The question that it is about.
  package var question: String? {
    switch self {
    case .asking(let question, _), .votes(let question, _), .discussing(let question),
      .reveal(let question), .surprise(let question):
      question
    case .join, .baseline, .training, .trying, .end: nil
    }
  }
}
