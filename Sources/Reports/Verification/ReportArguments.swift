import Foundation
import Notation

/// The arguments that made a written report, which stand in it so that it can be made again.
///
/// ```json
/// {"report":{"sweep":"dose","only":"baseline","format":"terminal","width":80,"version":"0.1.0","runs":6,"seeds":3}}
/// ```
///
/// In a document and in the first of its lines they are a member; text has them at its end, where a page and
/// Markdown hide them in a comment.
package struct ReportArguments: Sendable, Equatable {
  package let subject: ReportSubject
  package let format: String
  /// The columns that it was fitted to, where the format has a width.
  package let width: Int?
  /// The folder of its figures as a link.
  package let figures: String?
  /// The version of the program that wrote it.
  package let version: String

  package init(
    _ subject: ReportSubject,
    format: String,
    width: Int? = nil,
    figures: String? = nil,
    version: String
  ) {
    self.subject = subject
    self.format = format
    self.width = width
    self.figures = figures
    self.version = version
  }

  /// The arguments without the key under which they stand.
  var json: JSON {
    var object: JSONObject = ["sweep": .string(subject.sweep)]
    switch subject.part {
    case .whole, .brief: break
    case .ranking: object["ranking"] = .boolean(true)
    case .baseline: object["only"] = "baseline"
    case .votes: object["votes"] = .boolean(true)
    case .question(let id): object["question"] = .string(id)
    case .person(let who): object["who"] = .string(who)
    }
    object["format"] = .string(format)
    object["width"] = width.map { JSON($0) }
    object["figures"] = figures.map(JSON.string)
    object["version"] = .string(version)
    object["only_version"] = subject.onlyVersion.map(JSON.string)
    object["runs"] = JSON(subject.runs)
    object["seeds"] = JSON(subject.seeds)
    return .object(object)
  }

  /// A document of its own, in characters that mean the same in a comment, in a terminal and in any encoding.
  var line: String { asciiText(of: ["report": json]) }

  /// The line as a comment of a page or of Markdown.
  var comment: String { "<!-- \(line) -->" }
}

extension ReportArguments {
  /// How the arguments begin, wherever they stand.
  private static let key = "\"report\":"
  private static let mark = key + "{\"sweep\":"
  /// More than any arguments need.
  private static let reach = 1 << 16

  /// Finds the arguments in a written report: in data at the beginning, in text at the end, perhaps cut into lines.
  ///
  /// Nil where it carries none.
  ///
  /// - Parameter file: The content of the file.
  package init?(in file: [UInt8]) {
    let isData = file.first { !" \r\n\t\u{FEFF}".utf8.contains($0) } == UInt8(ascii: "{")
    let part = isData ? file.prefix(Self.reach) : file.suffix(Self.reach)
    let text = String(decoding: part.filter { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self)
    guard let found = text.range(of: Self.mark, options: isData ? [] : .backwards) else {
      return nil
    }
    let rest = text[found.lowerBound...].utf8.dropFirst(Self.key.utf8.count)
    guard let object = JSON(line: Self.object(in: rest))?.object,
      let sweep = object["sweep"]?.string, let format = object["format"]?.string
    else { return nil }
    self.init(
      ReportSubject(
        sweep: sweep,
        part: Self.part(object),
        runs: object["runs"]?.integer ?? 0,
        seeds: object["seeds"]?.integer ?? 0,
        onlyVersion: object["only_version"]?.string
      ),
      format: format,
      width: object["width"]?.integer,
      figures: object["figures"]?.string,
      version: object["version"]?.string ?? ""
    )
  }

  private static func part(_ object: JSONObject) -> ReportPart {
    if object["only"] != nil { return .baseline }
    if object["ranking"] != nil { return .ranking }
    if object["votes"] != nil { return .votes }
    if let id = object["question"]?.string { return .question(id) }
    return object["who"]?.string.map(ReportPart.person) ?? .whole
  }

  /// The object that a text begins with; it holds no other.
  private static func object(in text: Substring.UTF8View.SubSequence) -> [UInt8] {
    var bytes: [UInt8] = []
    var isQuoted = false
    var isEscaped = false
    for byte in text {
      bytes.append(byte)
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        isQuoted.toggle()
      } else if byte == UInt8(ascii: "}"), !isQuoted {
        break
      }
    }
    return bytes
  }
}

/// A value as compact JSON in characters that mean the same in a comment, in a terminal and in any encoding.
func asciiText(of value: JSON) -> String {
  var text = ""
  for unit in value.text.utf16 {
    if 0x20..<0x7F ~= unit, let scalar = Unicode.Scalar(unit), !"<>&".contains(Character(scalar)) {
      text.unicodeScalars.append(scalar)
    } else {
      text += String(format: "\\u%04x", unit)
    }
  }
  return text
}
