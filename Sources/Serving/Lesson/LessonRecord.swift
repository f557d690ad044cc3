package import Classroom
import Notation

/// What a journal holds: what the lesson is about, and all that happened in it.
///
/// ```
/// {"format":"sweep-lesson/1","spec":"{ ... }","questions":["dropout"]}
/// {"at":1770000000000,"act":"joined","person":"5d41..."}
/// ```
package struct LessonRecord: Sendable, Equatable {
  /// The first line.
  package struct Header: Sendable, Equatable {
    /// The text of the spec.
    package let spec: String
    /// The questions that are asked, by id; empty for all of the spec.
    package let questions: [String]

    package init(spec: String, questions: [String]) {
      self.spec = spec
      self.questions = questions
    }

    private static let format = "sweep-lesson/1"

    init?(line: some StringProtocol) {
      guard let object = JSON(line: Array(line.utf8))?.object,
        object["format"]?.string == Self.format, let spec = object["spec"]?.string,
        case .array(let questions)? = object["questions"]
      else { return nil }
      self.init(spec: spec, questions: questions.compactMap(\.string))
    }

    /// Without its end.
    var line: String {
      let object: JSON = [
        "format": .string(Self.format), "spec": .string(spec),
        "questions": .array(questions.map(JSON.string)),
      ]
      return object.text
    }
  }

  package let header: Header
  package let acts: [LessonAct]
  /// Bytes of the lines that were written whole; what follows was confirmed to nobody.
  let wholeBytes: Int

  /// Reads the text of a journal; nil where not even the first line was written whole.
  ///
  /// - Parameters:
  ///   - text: Lines; what follows the last line end is left out.
  ///   - path: The file, for the error.
  /// - Throws: ``ServingError/brokenLine(path:line:reason:)``.
  package init?(_ text: String, path: String) throws(ServingError) {
    let end = text.utf8.lastIndex(of: UInt8(ascii: "\n")).map { text.utf8.index(after: $0) }
    let whole = text[..<(end ?? text.startIndex)]
    let lines = whole.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    guard let first = lines.first else { return nil }
    guard let header = Header(line: first) else {
      throw .brokenLine(path: path, line: 1, reason: "This is no lesson.")
    }
    var acts: [LessonAct] = []
    for (index, line) in lines.enumerated().dropFirst() {
      do {
        acts.append(try LessonAct(line: String(line)))
      } catch {
        throw .brokenLine(path: path, line: index + 1, reason: "\(error)")
      }
    }
    self.header = header
    self.acts = acts
    wholeBytes = whole.utf8.count
  }

  /// The text of a journal with these acts.
  static func text(_ header: Header, _ acts: [LessonAct]) -> String {
    ([header.line] + acts.map(\.line)).map { $0 + "\n" }.joined()
  }
}
