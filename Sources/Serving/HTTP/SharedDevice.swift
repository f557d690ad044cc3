/// The people who use one browser: whoever has it now, and those from whom it was handed on.
///
/// A laptop that goes round keeps them all in its cookie, so that a second round finds everybody again.
package struct SharedDevice: Sendable, Equatable {
  package let current: RoomToken
  /// In the order in which they had it.
  package let others: [RoomToken]

  /// The most people whom one browser keeps.
  package static let limit = 16

  package init(_ current: RoomToken, others: [RoomToken] = []) {
    self.current = current
    self.others = others
  }

  /// Reads the header `Cookie`: tokens with points between them, that of whoever has the device first.
  ///
  /// - Returns: nil where it holds no token; what somebody else put there is no token.
  package init?(cookies header: String) {
    for pair in header.split(separator: ";") {
      let parts = pair.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, parts[0].trimmed == Self.cookie else { continue }
      let words = parts[1].trimmed.split(separator: ".", omittingEmptySubsequences: false)
      let tokens = words.prefix(Self.limit).compactMap { RoomToken(text: String($0)) }
      guard tokens.count == words.count, let first = tokens.first else { continue }
      self.init(first, others: Array(tokens.dropFirst()))
      return
    }
    return nil
  }

  private static let cookie = "room"

  /// The device in the hands of somebody else.
  ///
  /// - Parameters:
  ///   - next: Who has it now: one of ``others``, or somebody new.
  ///   - isKept: Whether the one who had it can have it again; a token that nobody came in with is forgotten.
  /// - Returns: nil where it would keep more people than it can.
  package func handed(to next: RoomToken, keepingCurrent isKept: Bool) -> SharedDevice? {
    let rest = others.filter { $0 != next } + (isKept && current != next ? [current] : [])
    guard rest.count < Self.limit else { return nil }
    return SharedDevice(next, others: rest)
  }

  /// The header `Set-Cookie`, for a day: no script reads it, and no other site's page sends it.
  package var header: String {
    let tokens = ([current] + others).map(\.text).joined(separator: ".")
    return "\(Self.cookie)=\(tokens); Path=/; Max-Age=86400; HttpOnly; SameSite=Strict"
  }
}

extension Substring {
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
