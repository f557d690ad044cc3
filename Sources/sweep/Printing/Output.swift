import Foundation
import Notation
import Reports

/// The one way to standard output, which has results, and to standard error, which has progress and errors.
///
/// `print` and `FileHandle` lose what a full disk does not take, or end the program.
struct Output: Sendable {
  static let standard = Output(descriptor: STDOUT_FILENO)
  static let errors = Output(descriptor: STDERR_FILENO)

  /// Why a text was not written as a whole.
  enum Failure: Error {
    /// The other end of the pipe is closed: nobody wants the rest.
    case readerGone
    case notWritten(reason: String)
  }

  let descriptor: Int32

  /// Whether a person may read what is written, at once.
  var isTerminal: Bool { isatty(descriptor) == 1 }

  /// Writes a text as it is.
  func write(_ text: String) throws(Failure) {
    try write(Array(text.utf8))
  }

  /// Writes bytes as they are.
  func write(_ bytes: [UInt8]) throws(Failure) {
    var bytes = bytes[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        throw errno == EPIPE
          ? .readerGone : .notWritten(reason: String(cString: strerror(errno)))
      }
      bytes = bytes.dropFirst(count)
    }
  }

  /// Writes lines in which nothing moves the cursor of a terminal, whoever the words are from.
  func line(_ text: String) throws(Failure) {
    try write(Self.visible(text) + "\n")
  }

  /// Lines in which what a terminal would obey is shown as text.
  static func visible(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F || $0 == 0x0A }
    return isPlain ? text : TerminalText.visibleLines(text).joined(separator: "\n")
  }

  /// Writes lines in one piece; nothing where there are none.
  func lines(_ lines: some Sequence<String>) throws(Failure) {
    let text = lines.joined(separator: "\n")
    if !text.isEmpty { try line(text) }
  }

  /// Writes a value on one line.
  func json(_ value: JSON) throws(Failure) {
    try write(value.text + "\n")
  }
}

/// Says something on standard error; where it cannot be written, what is done goes on without it.
func printError(_ text: String) {
  try? Output.errors.line(text)
}

/// Asks on the terminal whether to go on.
func agrees(_ question: String) -> Bool {
  try? Output.errors.write("\(question) [y/N] ")
  return ["y", "yes"].contains((readLine() ?? "").lowercased())
}
