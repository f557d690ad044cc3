import Notation

/// The secret by which a person's browser is known again: in its cookie, and nowhere else.
package struct RoomToken: Sendable, Equatable {
  /// 32 hexadecimal digits.
  package let text: String

  /// Takes a fresh token.
  package init(fresh text: String) {
    precondition(Self.isToken(text), "a token of \(text.count) characters")
    self.text = text
  }

  /// Takes what a browser sent.
  ///
  /// - Returns: nil where it is no token.
  package init?(text: String) {
    guard Self.isToken(text) else { return nil }
    self.text = text
  }

  private static func isToken(_ text: String) -> Bool {
    text.utf8.count == 32 && text.allSatisfy { $0.isASCII && $0.isHexDigit }
  }

  /// The person: nobody can get from it to the token.
  package var person: String { Digest.hexadecimal(of: "room " + text) }
}
