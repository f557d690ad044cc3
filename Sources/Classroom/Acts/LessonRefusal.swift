/// Why an act was not taken; each is a sentence that the person who acted can use.
package enum LessonRefusal: Error, Sendable, Equatable {
  case notJoined
  /// A page that was shown to somebody else who used the same device.
  case otherPerson
  case removed
  case roomIsFull(limit: Int)
  case emptyName
  case tooLong(String, count: Int, limit: Int)
  case reservedName(String)
  case unknownPerson
  case notASeat
  case deskOnly
  case unknownQuestion(String, known: [String])
  case unknownRound(String)
  case unknownStep(String)
  case unknownAct(String)
  case missingField(String)
  case notAWord(String, field: String, known: [String])
  case notAConfidence(String)
  case notANumber(String, field: String)
  case notOpen(Ballot.ID)
  case closed(Ballot.ID)
  case skipped(String)
  case stillOpen(Ballot.ID)
  case tooLate
  case isOver
  case noReason
  case tooManyReasons(limit: Int)
  case notRevealed(String)
  case nothingKept
  case notACandidate(String)
  case unreadableLine(String)
}

extension LessonRefusal: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notJoined: "You are not in the room yet. Come in first."
    case .otherPerson:
      "This page belongs to somebody else on this device; nothing was taken. Load it again."
    case .removed: "The teacher has taken you off the list. Ask at the desk."
    case .roomIsFull(let limit): "The room is full: \(limit) people are in."
    case .emptyName: "A name needs at least one letter or digit."
    case .tooLong(let what, let count, let limit):
      "The \(what) has \(count) characters; \(limit) are taken at most."
    case .reservedName(let name): "The name '\(name)' is kept for the textbook. Take another."
    case .unknownPerson: "Nobody of that kind is in the room. Load the page again."
    case .notASeat: "The desk answers only for seats; this person has a device."
    case .deskOnly: "Only the desk may do that."
    case .unknownQuestion(let id, let known):
      "There is no question '\(id)'. There are \(known.map { "'\($0)'" }.joined(separator: ", "))."
    case .unknownRound(let text): "There is no round '\(text)'. It is 1 or 2."
    case .unknownStep(let text): "The lesson has no step '\(text)'."
    case .unknownAct(let text): "Nothing here is called '\(text)'."
    case .missingField(let name): "The form lacks its field '\(name)'. Load the page again."
    case .notAWord(let text, let field, let known):
      "'\(text)' as '\(field)' is not understood. It is \(known.joined(separator: ", "))."
    case .notAConfidence(let text):
      "'\(text)' does not say how sure you are. It is 34 to 100 per cent."
    case .notANumber(let text, let field): "'\(text)' as '\(field)' is not a whole number."
    case .notOpen(let ballot): "Voting on '\(ballot.question)' has not been opened yet."
    case .closed(let ballot):
      "Voting on '\(ballot.question)' is closed, round \(ballot.round). Your last answer counts."
    case .skipped(let id): "The question '\(id)' is left out today."
    case .stillOpen(let ballot): "Voting on '\(ballot.question)' is still open. Close it first."
    case .tooLate: "The runs have begun. What is predicted now would be late."
    case .isOver: "This lesson is over."
    case .noReason: "There is no such reason. Load the page again."
    case .tooManyReasons(let limit):
      "The screen shows \(limit) reasons at most. Take one back first."
    case .notRevealed(let id): "The question '\(id)' is still sealed. Reveal it first."
    case .nothingKept:
      "The runs of this lesson keep no networks that could be tried. The spec says \"keep\": \"weights\" where they do."
    case .notACandidate(let key): "'\(key)' is not among the premises to choose from."
    case .unreadableLine(let line): "This line is no act of a lesson. It is '\(line)'."
    }
  }
}
