/// Somebody in the room: a phone, or a seat that the desk answers for.
package struct Person: Sendable, Equatable, Identifiable {
  /// The digest of a token that only the phone has, in hexadecimal digits; a seat's begins with ``seatPrefix``.
  package let id: String
  /// An animal and a number, unlike everybody else's: what predictions are sealed under.
  ///
  /// What a person types as a name never enters the chain of seals, from which nothing can be deleted.
  package let pseudonym: String
  /// What the pages call the person: the pseudonym until another is typed.
  package internal(set) var name: String
  /// Whether the desk removed the person; what was answered does not count then.
  package internal(set) var isRemoved = false

  /// Whether the desk answers for the person.
  package var isSeat: Bool { id.hasPrefix(Self.seatPrefix) }

  /// No digest begins so.
  package static let seatPrefix = "seat-"

  /// The most characters of a name.
  package static let nameLimit = 30
}
