/// A sentence that somebody gave with a vote, and what the desk did with it.
package struct Reason: Sendable, Equatable, Identifiable {
  package struct ID: Sendable, Hashable {
    package let ballot: Ballot.ID
    package let person: String

    package init(_ ballot: Ballot.ID, by person: String) {
      self.ballot = ballot
      self.person = person
    }
  }

  package enum Standing: String, Sendable, CaseIterable {
    case plain
    /// The screen shows it in the discussion.
    case chosen
    /// Nothing shows it.
    case hidden
  }

  package let id: ID
  package let vote: Vote
  package let standing: Standing

  /// How many the screen shows of a question.
  package static let chosenLimit = 3
}
