package import Statistics
import Sweeps

/// A lesson as a value: what it is about, and what all acts up to now made of it.
///
/// The same acts in the same order make the same lesson, so that a server that was killed goes on where it was.
package struct Lesson: Sendable, Equatable {
  package let syllabus: Syllabus
  /// How many acts changed something: pages of the same version are the same but for what comes from outside.
  package private(set) var version = 0
  package internal(set) var step = LessonStep.join
  /// In the order in which they came, those that were removed too.
  package internal(set) var people: [Person] = []
  package internal(set) var skipped: Set<String> = []
  /// What came out of the questions that may be shown; nil inside for one that is not settled.
  package internal(set) var revealed: [String: Direction?] = [:]
  package internal(set) var training = Training.notStarted
  package internal(set) var areNamesDeleted = false
  package internal(set) var isOver = false
  var ballots: [Ballot.ID: Ballot] = [:]
  var standings: [Reason.ID: Reason.Standing] = [:]
  /// By question and person, the key of the premise that the person thinks failed.
  var suspicions: [String: [String: String]] = [:]
  /// Where each person stands in ``people``.
  var indices: [String: Int] = [:]

  /// Where the runs are, as the desk ordered them.
  package enum Training: Sendable, Equatable { case notStarted, running, paused }

  /// The most people who may come in, so that nobody can fill the memory.
  package static let peopleLimit = 1000

  package init(_ syllabus: Syllabus) {
    self.syllabus = syllabus
  }

  /// Makes a lesson of all that happened in it.
  ///
  /// - Throws: The first refusal; a journal holds only what was taken, so that there is none.
  package init(_ syllabus: Syllabus, replaying acts: some Sequence<LessonAct>) throws(LessonRefusal)
  {
    self.init(syllabus)
    for act in acts { try apply(act) }
  }

  /// Takes an act; one that was refused, or that came a second time, changes nothing and leaves the version.
  ///
  /// - Throws: Why it cannot be taken, as a sentence for whoever acted.
  package mutating func apply(_ act: LessonAct) throws(LessonRefusal) {
    if try perform(act) { version += 1 }
  }

  /// Does what an act says.
  ///
  /// - Returns: Whether anything changed.
  private mutating func perform(_ act: LessonAct) throws(LessonRefusal) -> Bool {
    switch act.deed {
    case .joined(let person, let name), .seated(let person, let name):
      try join(person, name: name)
    case .renamed(let person, let name): try rename(person, name)
    case .removed(let person): try remove(person)
    case .answered(let person, let ballot, let vote, let nonce):
      try take(vote, of: person, on: ballot, nonce: nonce, at: act.milliseconds)
    case .moved(let step): try move(to: step)
    case .opened(let ballot, let seconds):
      try open(ballot, until: seconds.map { act.milliseconds + 1000 * $0 })
    case .closed(let ballot): try close(ballot)
    case .extended(let ballot): try extend(ballot, at: act.milliseconds)
    case .skipped(let question): try skip(question)
    case .restored(let question): try restore(question)
    case .marked(let reason, let standing): try mark(reason, standing)
    case .started: try start()
    case .paused: pause()
    case .revealed(let question, let outcome): try reveal(question, outcome)
    case .suspected(let person, let question, let candidate):
      try suspect(candidate, of: question, by: person)
    case .namesDeleted: deleteNames()
    case .ended: end()
    }
  }

  /// What the clock does by itself at a moment: closing the votes whose time is over.
  package func due(at milliseconds: Int) -> [LessonAct] {
    openBallots.compactMap { id in
      guard case .open(let until?) = self[id].state, until <= milliseconds else { return nil }
      return LessonAct(.closed(id), at: milliseconds)
    }
  }

  /// A question of the lesson that is not left out.
  ///
  /// - Throws: Why there is none.
  func asked(_ id: String) throws(LessonRefusal) -> AskedQuestion {
    guard let question = syllabus.question(id) else {
      throw .unknownQuestion(id.excerpt, known: syllabus.questions.map(\.id))
    }
    guard !skipped.contains(id) else { throw .skipped(id) }
    return question
  }
}
