import Notation

extension LessonAct {
  /// Reads a form that a browser sent: the one reading of what people type.
  ///
  /// | path | fields |
  /// |---|---|
  /// | `/join`, `/name` | `name` |
  /// | `/answer` | `question`, `round`, `direction`, `confidence`, `reason`, `nonce` |
  /// | `/suspect` | `question`, `candidate` |
  /// | all of these | `as`, the person to whom the page was shown, where it says so |
  /// | `/desk` | `act` (the name of a deed) and what belongs to it |
  ///
  /// - Parameters:
  ///   - form: The decoded fields; of two with one name the last.
  ///   - path: Where the form was sent.
  ///   - person: The id of whoever sent it, by the cookie; nil at the desk, and for a phone that has none.
  ///   - milliseconds: When it arrived, since 1970.
  /// - Throws: A `LessonRefusal` where the form is none of these, or a field is missing, too long or no answer.
  package init(
    form: [String: String],
    path: String,
    person: String?,
    at milliseconds: Int
  ) throws(LessonRefusal) {
    var fields = form
    let act: String
    let actor: Actor
    if path == "/desk" {
      guard let name = form["act"] else { throw .missingField("act") }
      act = name
      actor = .desk
      if act == "seated" {
        let made = "\(milliseconds) \(form["name"] ?? "")"
        fields["person"] = Person.seatPrefix + Digest.hexadecimal(of: made)
      }
    } else {
      guard let name = Self.acts[path] else { throw .unknownAct(path.excerpt) }
      guard let person else { throw .notJoined }
      // An old page of a device that was handed on must not answer for whoever has it now.
      if let owner = form["as"], owner != person { throw .otherPerson }
      act = name
      actor = .person(person)
      fields["person"] = person
    }
    let deed = try Deed(act, ActFields(fields))
    if let refusal = deed.refusal(for: actor) { throw refusal }
    self.init(deed, at: milliseconds)
  }

  /// What the forms of the room do.
  private static let acts = [
    "/join": "joined", "/name": "renamed", "/answer": "answered", "/suspect": "suspected",
  ]
}
