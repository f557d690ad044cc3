import Execution
import Notation
import Storage
import Sweeps
import Testing

struct LineSplitterTests {
  /// All pieces of a stream that comes in chunks of this many bytes.
  private func pieces(of bytes: [UInt8], chunk: Int) -> [LineSplitter.Piece] {
    var splitter = LineSplitter()
    var pieces: [LineSplitter.Piece] = []
    for start in stride(from: 0, to: bytes.count, by: chunk) {
      Array(bytes[start..<min(start + chunk, bytes.count)]).withUnsafeBytes { part in
        splitter.read(part) { pieces.append($0) }
      }
    }
    splitter.end { pieces.append($0) }
    return pieces
  }

  private func lines(_ texts: String...) -> [LineSplitter.Piece] {
    texts.map { .line(Array($0.utf8)[...]) }
  }

  @Test(arguments: [1, 2, 3, 7, 100])
  func `lines are the same however the stream is cut`(chunk: Int) {
    let stream = Array("one\r\n\ntwo\nhalf".utf8)
    #expect(pieces(of: stream, chunk: chunk) == lines("one", "", "two", "half"))
  }

  @Test func `an empty stream has no line, and a closing line end makes none`() {
    #expect(pieces(of: [], chunk: 1) == [])
    #expect(pieces(of: Array("a\n".utf8), chunk: 2) == lines("a"))
  }

  @Test func `a line past the limit comes in parts that together are the line`() throws {
    let long = [UInt8](repeating: UInt8(ascii: "x"), count: 3 * LineSplitter.limitBytes + 5)
    let found = pieces(of: long + Array("\nnext\n".utf8), chunk: 65_536)
    var joined: [UInt8] = []
    var ends: [Bool] = []
    for piece in found.dropLast() {
      guard case .part(let bytes, let isLast) = piece else { continue }
      joined += bytes
      ends.append(isLast)
      #expect(bytes.count <= LineSplitter.limitBytes + 65_536)
    }
    #expect(joined == long)
    #expect(ends.last == true && !ends.dropLast().contains(true))
    #expect(found.last == lines("next").first)
  }

  @Test func `a line of exactly the limit is one line`() {
    let line = [UInt8](repeating: UInt8(ascii: "x"), count: LineSplitter.limitBytes)
    #expect(pieces(of: line + [UInt8(ascii: "\n")], chunk: 4096) == [.line(line[...])])
  }
}
