/// One round of voting on one question.
package struct Ballot: Sendable, Equatable {
  /// Which one: round 1 is before the discussion, round 2 after it.
  package struct ID: Sendable, Hashable {
    package let question: String
    package let round: Int

    package init(_ question: String, round: Int) {
      self.question = question
      self.round = round
    }
  }

  package enum State: Sendable, Equatable {
    case unopened
    /// Votes are taken, up to a moment in milliseconds since 1970 where there is one.
    case open(until: Int?)
    case closed
  }

  /// A vote as it arrived, to know it again where a bad radio brings it twice.
  struct Receipt: Sendable, Hashable {
    let person: String
    let nonce: String
    let vote: Vote
  }

  package internal(set) var state = State.unopened
  /// By the id of the person; the last one counts.
  package internal(set) var votes: [String: Vote] = [:]
  var receipts: Set<Receipt> = []

  package var isOpen: Bool {
    if case .open = state { true } else { false }
  }
}
