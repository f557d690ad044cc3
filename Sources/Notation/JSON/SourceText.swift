/// A text that a person wrote, a file or a command-line argument, so that faults can show where they are.
package struct SourceText: Sendable, Equatable {
  /// What the reader calls the text: the path as the user gave it, or the flag.
  package let path: String
  package let bytes: [UInt8]

  package init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  package init(path: String, text: String) {
    self.init(path: path, bytes: Array(text.utf8))
  }

  /// Line and column of a byte, both from 1; columns count characters as a person sees them.
  package func position(of offset: Int) -> (line: Int, column: Int) {
    let end = min(offset, bytes.count)
    var line = 1
    for byte in bytes[..<end] where byte == UInt8(ascii: "\n") { line += 1 }
    let start = lineRange(around: end).lowerBound
    return (line, String(decoding: bytes[start..<end], as: UTF8.self).count + 1)
  }

  /// The bytes of the line that a byte is on, without its end.
  package func lineRange(around offset: Int) -> Range<Int> {
    let place = min(offset, bytes.count)
    let start = bytes[..<place].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    var end = bytes[place...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return start..<end
  }
}

/// A stretch of a text.
package struct SourcePlace: Sendable, Equatable {
  package let source: SourceText
  package let range: Range<Int>

  package init(source: SourceText, range: Range<Int>) {
    self.source = source
    self.range = range
  }
}
