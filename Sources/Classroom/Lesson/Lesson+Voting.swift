package import Statistics
import Sweeps

extension Lesson {
  /// A round of voting; one that nobody opened is empty.
  package subscript(id: Ballot.ID) -> Ballot { ballots[id] ?? Ballot() }

  var openBallots: [Ballot.ID] { ballots.filter { $1.isOpen }.map(\.key) }

  /// What somebody answered, nil where the person was not there or left it blank.
  package func vote(of person: String, on ballot: Ballot.ID) -> Vote? {
    ballots[ballot]?.votes[person]
  }

  /// How many of those present answered.
  package func answered(_ ballot: Ballot.ID) -> Int {
    let votes = self[ballot].votes
    return present.count { votes[$0.id] != nil }
  }

  /// How many of those present answered what.
  package func tally(_ ballot: Ballot.ID) -> [Direction: Int] {
    let votes = self[ballot].votes
    return present.reduce(into: [:]) { tally, person in
      if let vote = votes[person.id] { tally[vote.direction, default: 0] += 1 }
    }
  }

  /// What those present who answered both rounds of a question changed.
  package func moves(_ question: String) -> [Move] {
    present.compactMap { person in
      guard let first = vote(of: person.id, on: Ballot.ID(question, round: 1)),
        let second = vote(of: person.id, on: Ballot.ID(question, round: 2))
      else { return nil }
      return Move(from: first.direction, to: second.direction)
    }
  }

  /// One person's two answers to a question.
  package struct Move: Sendable, Hashable {
    package let from: Direction
    package let to: Direction
  }

  /// The sentences that those present gave, in the order in which people came; hidden ones too.
  package func reasons(_ ballot: Ballot.ID) -> [Reason] {
    let votes = self[ballot].votes
    return present.compactMap { person in
      guard let vote = votes[person.id], !vote.reason.isEmpty else { return nil }
      let id = Reason.ID(ballot, by: person.id)
      return Reason(id: id, vote: vote, standing: standings[id] ?? .plain)
    }
  }

  /// Takes a vote; the last one counts, and one that came before counts once.
  mutating func take(
    _ vote: Vote,
    of id: String,
    on ballot: Ballot.ID,
    nonce: String,
    at milliseconds: Int
  ) throws(LessonRefusal) -> Bool {
    guard !isOver else { throw .isOver }
    _ = try participant(id)
    _ = try asked(ballot.question)
    switch self[ballot].state {
    case .unopened: throw .notOpen(ballot)
    case .closed: throw .closed(ballot)
    case .open(let until):
      if let until, milliseconds > until { throw .closed(ballot) }
    }
    let receipt = Ballot.Receipt(person: id, nonce: nonce, vote: vote)
    guard ballots[ballot, default: Ballot()].receipts.insert(receipt).inserted else { return false }
    ballots[ballot]?.votes[id] = vote
    return true
  }

  mutating func open(_ id: Ballot.ID, until: Int?) throws(LessonRefusal) -> Bool {
    _ = try asked(id.question)
    guard mayOpen(id) else { throw .tooLate }
    guard self[id].state != .open(until: until) else { return false }
    // The class answers one thing at a time.
    closeAll(but: id)
    ballots[id, default: Ballot()].state = .open(until: until)
    return true
  }

  /// Whether what would be answered could still be called a prediction.
  package func mayOpen(_ id: Ballot.ID) -> Bool {
    training == .notStarted && revealed[id.question] == nil
  }

  mutating func close(_ id: Ballot.ID) throws(LessonRefusal) -> Bool {
    _ = try asked(id.question)
    switch self[id].state {
    case .unopened: throw .notOpen(id)
    case .closed: return false
    case .open:
      ballots[id]?.state = .closed
      return true
    }
  }

  /// Gives half a minute more; one without an end gets none, for it has time enough.
  mutating func extend(_ id: Ballot.ID, at milliseconds: Int) throws(LessonRefusal) -> Bool {
    switch self[id].state {
    case .unopened: throw .notOpen(id)
    case .closed: throw .closed(id)
    case .open(nil): return false
    case .open(let until?):
      ballots[id]?.state = .open(until: max(until, milliseconds) + Self.extension)
      return true
    }
  }

  /// Milliseconds.
  private static let `extension` = 30_000

  mutating func closeAll(but kept: Ballot.ID? = nil) {
    for id in openBallots where id != kept { ballots[id]?.state = .closed }
  }

  mutating func mark(
    _ id: Reason.ID,
    _ standing: Reason.Standing
  ) throws(LessonRefusal) -> Bool {
    guard let vote = vote(of: id.person, on: id.ballot), !vote.reason.isEmpty else {
      throw .noReason
    }
    guard standings[id] ?? .plain != standing else { return false }
    if standing == .chosen {
      let others = standings.count {
        $0.key.ballot.question == id.ballot.question && $0.value == .chosen
      }
      guard others < Reason.chosenLimit else {
        throw .tooManyReasons(limit: Reason.chosenLimit)
      }
    }
    standings[id] = standing == .plain ? nil : standing
    return true
  }
}
