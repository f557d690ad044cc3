import Sweeps

/// Cuts a stream of bytes into lines, in memory that does not grow with the stream.
package struct LineSplitter {
  /// A piece of the stream.
  package enum Piece: Equatable {
    /// A whole line without its end.
    case line(ArraySlice<UInt8>)
    /// A part of a line that is longer than the limit; the last part has no more to follow.
    case part(ArraySlice<UInt8>, isLast: Bool)
  }

  /// Bytes of the longest line that is given in one piece.
  package static let limitBytes = 1 << 20

  private var line: [UInt8] = []
  private var isOverlong = false

  package init() {}

  /// Takes the next bytes of the stream.
  ///
  /// - Parameters:
  ///   - bytes: As they came from the pipe, cut anywhere.
  ///   - give: Is called for each line that ended.
  package mutating func read(_ bytes: UnsafeRawBufferPointer, give: (Piece) -> Void) {
    var rest = bytes[...]
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      append(rest[rest.startIndex..<end], give)
      endLine(give)
      rest = rest[(end + 1)...]
    }
    append(rest, give)
  }

  /// Gives what followed the last line end.
  package mutating func end(give: (Piece) -> Void) {
    if !line.isEmpty || isOverlong { endLine(give) }
  }

  private mutating func append(_ bytes: Slice<UnsafeRawBufferPointer>, _ give: (Piece) -> Void) {
    line.append(contentsOf: bytes)
    guard line.count > Self.limitBytes else { return }
    isOverlong = true
    give(.part(line[...], isLast: false))
    line.removeAll(keepingCapacity: true)
  }

  private mutating func endLine(_ give: (Piece) -> Void) {
    if isOverlong {
      give(.part(line[...], isLast: true))
    } else {
      give(.line(line.last == UInt8(ascii: "\r") ? line.dropLast() : line[...]))
    }
    isOverlong = false
    line.removeAll(keepingCapacity: true)
  }
}
