import Foundation

/// What of machines and people is taken out of a written text, and what stands there instead.
///
/// ```
/// no file /home/anabel/work/x.csv on lab-anabel-42     no file FOLDER-A/x.csv on HOST-A
/// ```
///
/// Placeholders are letters, so that no number of a report comes from them, and mean the same in every format. Names have
/// theirs in the order in which they are given: one sweep is redacted in the same way each time.
package struct Redaction: Sendable {
  /// A name of one kind that is not to be read.
  private struct Secret {
    let text: String
    let placeholder: String
    let isFolder: Bool
  }

  /// Accounts that machines come with, which name nobody and are words of any text.
  private static let commonNames: Set = [
    "root", "user", "users", "admin", "ubuntu", "debian", "runner", "nobody", "home", "localhost",
    "unknown",
  ]
  /// Homes of people that are not known: a program may print the path of a file of somebody else.
  private static let anyHome =
    #"(?<![\p{L}\p{N}_.])/(?:home|Users)/[^/\s"'<>\\|,;:()\[\]{}`]+"#
  /// Shorter beginnings of a path that was cut are the beginning of every path.
  private static let shortestBeginning = 4

  private let placeholders: [String]
  private let expression: NSRegularExpression

  /// - Parameters:
  ///   - hosts: Names of machines.
  ///   - boots: What tells one start of a machine from another.
  ///   - users: Names of accounts; those that every machine has stay.
  ///   - homes: Absolute paths of people's own folders.
  ///   - folders: Absolute paths of other folders.
  package init(
    hosts: [String] = [],
    boots: [String] = [],
    users: [String] = [],
    homes: [String] = [],
    folders: [String] = []
  ) {
    let people = homes + folders.compactMap(Self.home)
    let accounts = users + people.map { ($0 as NSString).lastPathComponent }
    let short = hosts.compactMap { host in
      host.firstIndex(of: ".").map { String(host[..<$0]) }
    }
    let secrets =
      (Self.secrets("HOST", hosts + short) + Self.secrets("BOOT", boots)
      + Self.secrets("USER", accounts)
      + Self.secrets("HOME", people, areFolders: true)
      + Self.secrets("FOLDER", folders.filter { !people.contains($0) }, areFolders: true))
      .sorted { $0.text.count > $1.text.count }
    placeholders = secrets.map(\.placeholder) + ["HOME"]
    let alternatives = secrets.map { "(\(Self.pattern(of: $0)))" } + ["(\(Self.anyHome))"]
    do {
      expression = try NSRegularExpression(pattern: alternatives.joined(separator: "|"))
    } catch {
      preconditionFailure("a pattern of escaped characters is one: \(error)")
    }
  }

  /// The text without what it is not to tell.
  package func redacting(_ text: String) -> String {
    let whole = text as NSString
    var parts: [String] = []
    var end = 0
    for match in expression.matches(in: text, range: NSRange(location: 0, length: whole.length)) {
      parts.append(
        whole.substring(with: NSRange(location: end, length: match.range.location - end))
      )
      let which = placeholders.indices.first { match.range(at: $0 + 1).location != NSNotFound }
      parts.append(which.map { placeholders[$0] } ?? "")
      end = match.range.location + match.range.length
    }
    return parts.joined() + whole.substring(from: end)
  }

  /// The home that a path lies in, by where systems put them.
  private static func home(of path: String) -> String? {
    let parts = path.split(separator: "/")
    guard path.hasPrefix("/"), let first = parts.first else { return nil }
    if first == "root" { return "/\(first)" }
    guard parts.count >= 2, ["home", "Users"].contains(first) else { return nil }
    return "/\(first)/\(parts[1])"
  }

  private static func secrets(_ kind: String, _ texts: [String], areFolders: Bool = false)
    -> [Secret]
  {
    var seen: Set<String> = []
    let kept = texts.filter { text in
      let isTold = areFolders ? !text.hasPrefix("/") || text.count < 2 : commonNames.contains(text)
      return text.count > 1 && !isTold && seen.insert(text).inserted
    }
    return kept.enumerated().map { index, text in
      Secret(text: text, placeholder: "\(kind)-\(letters(index))", isFolder: areFolders)
    }
  }

  /// A, B, ..., Z, AA, AB, ...
  private static func letters(_ index: Int) -> String {
    let last = String(UnicodeScalar(UInt8(65 + index % 26)))
    return index < 26 ? last : letters(index / 26 - 1) + last
  }

  /// Finds a name as any format writes it: names as whole words that are no key of a document, paths also where a
  /// figure cut them and wherever they begin, but for a closing tag.
  private static func pattern(of secret: Secret) -> String {
    let characters = secret.text.map(written)
    let end = #"(?![\p{L}\p{N}])"#
    guard secret.isFolder else {
      return #"(?<![\p{L}\p{N}])"# + characters.joined() + end + #"(?!":)"#
    }
    let whole = "(?<!<)" + characters.joined() + end
    guard characters.count > shortestBeginning else { return whole }
    let first = characters.prefix(shortestBeginning).joined()
    let rest = characters.dropFirst(shortestBeginning).reversed().reduce("") { "(?:\($1)\($0))?" }
    return "\(whole)|\(first)\(rest)…"
  }

  /// A character as it stands in JSON, HTML, Markdown, CSV or LaTeX.
  private static func written(_ character: Character) -> String {
    let plain = NSRegularExpression.escapedPattern(for: String(character))
    switch character {
    case "&": return #"(?:&amp;|\\?&)"#
    case "<": return "(?:&lt;|<)"
    case ">": return "(?:&gt;|>)"
    case "\"": return #"(?:&quot;|&#34;|\\?"|"")"#
    case "'": return "(?:&#39;|&#x27;|')"
    case "~": return #"(?:\\textasciitilde(?:\{\})?|\\?~)"#
    case "\\": return #"(?:\\textbackslash(?:\{\})?|\\\\|\\)"#
    default: return character.isLetter || character.isNumber ? plain : #"\\?"# + plain
    }
  }
}

extension Destination {
  /// Lets something be written, and passes it on as a whole, redacted where that is asked for.
  ///
  /// - Parameters:
  ///   - redaction: What is taken out; nil to write on piece by piece.
  ///   - body: Writes to the destination it gets.
  /// - Throws: What writing throws.
  package func redacting(_ redaction: Redaction?, _ body: (Destination) throws -> Void) throws {
    guard let redaction else { return try body(self) }
    var text = ""
    let collecting = Destination(
      width: width,
      showsColor: showsColor,
      figures: figures,
      version: version
    ) { text += $0 }
    try body(collecting)
    try write(redaction.redacting(text))
  }
}
