import Notation

/// The secret by which a phone is known again: in its cookie, and nowhere else.
package struct RoomToken: Sendable, Equatable {
  /// 32 hexadecimal digits.
  package let text: String

  private static let cookie = "room"

  /// Takes a fresh token.
  package init(fresh text: String) {
    precondition(Self.isToken(text), "a token of \(text.count) characters")
    self.text = text
  }

  /// Reads the header `Cookie`.
  ///
  /// - Returns: nil where it holds no token; what somebody else put there is no token.
  package init?(cookies header: String) {
    for pair in header.split(separator: ";") {
      let parts = pair.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, parts[0].trimmed == Self.cookie else { continue }
      let text = parts[1].trimmed
      guard Self.isToken(text) else { continue }
      self.text = text
      return
    }
    return nil
  }

  private static func isToken(_ text: String) -> Bool {
    text.utf8.count == 32 && text.allSatisfy { $0.isASCII && $0.isHexDigit }
  }

  /// The person: nobody can get from it to the token.
  package var person: String { Digest.hexadecimal(of: "room " + text) }

  /// The header `Set-Cookie`, for a day: no script reads it, and no other site's page sends it.
  package var header: String {
    "\(Self.cookie)=\(text); Path=/; Max-Age=86400; HttpOnly; SameSite=Strict"
  }
}

extension Substring {
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
