import Foundation
import Notation

/// Who may lead the lesson: whoever has the secret that the terminal prints.
struct Desk: Sendable {
  /// 32 hexadecimal digits.
  let token: String
  /// Whether it may stand on another machine than the server.
  let isAnywhere: Bool

  /// Whether a visit may act as the desk.
  func admits(_ visit: Visit) -> Bool {
    let given = visit.form?["token"] ?? visit.query["token"] ?? ""
    // Digests, so that the time of a comparison says nothing about the token.
    guard Digest.hexadecimal(of: given) == Digest.hexadecimal(of: token) else { return false }
    return isAnywhere || visit.isHere
  }

  /// Four letters by which people see that they are in the right room, the same after a restart.
  var code: String {
    let letters = Array("ABCDEFGHJKLMNPRSTUVWXYZ")
    let bytes = Digest.hexadecimal(of: "code " + token).utf8.prefix(8)
    var number = bytes.reduce(0) { $0 << 4 | Int($1 & 15) ^ Int($1 >> 6) }
    return String(
      (0..<4).map { _ in
        defer { number /= letters.count }
        return letters[number % letters.count]
      }
    )
  }

  /// Reads the token of a lesson, or makes it, so that the desk's page goes on after a restart.
  ///
  /// - Parameters:
  ///   - path: The file, which nobody else may read.
  ///   - fresh: Draws a token.
  ///   - isAnywhere: Whether it may stand on another machine.
  /// - Returns: The desk.
  /// - Throws: ``ServingError/journal(path:reason:)``.
  static func open(
    _ path: String,
    fresh: () -> String,
    isAnywhere: Bool
  ) throws(ServingError) -> Desk {
    if let bytes = FileManager.default.contents(atPath: path) {
      let text = String(decoding: bytes, as: UTF8.self).filter { !$0.isWhitespace }
      if text.count == 32 { return Desk(token: text, isAnywhere: isAnywhere) }
    }
    let token = fresh()
    let isMade = FileManager.default.createFile(
      atPath: path,
      contents: Data((token + "\n").utf8),
      attributes: [.posixPermissions: 0o600]
    )
    guard isMade else { throw .journal(path: path, reason: "it cannot be written") }
    return Desk(token: token, isAnywhere: isAnywhere)
  }
}
