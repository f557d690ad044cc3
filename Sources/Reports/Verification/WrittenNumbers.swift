/// The numbers in a line of a report, in any format: a sign, digits, a fraction, an exponent.
///
/// Digits inside a word, such as those of a digest or of `F1`, belong to the word. A comma ends a number, because
/// in most formats it separates two.
package struct WrittenNumbers {
  package let ranges: [Range<Int>]
  private let line: ArraySlice<UInt8>

  /// - Parameter line: UTF-8 without a line end.
  package init(in line: ArraySlice<UInt8>) {
    self.line = line
    ranges = Self.ranges(in: line)
  }

  private static func ranges(in line: ArraySlice<UInt8>) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var place = line.startIndex
    while place < line.endIndex {
      guard isDigit(line[place]) else {
        // A word ends at the next sign or blank, with the digits in it.
        if isLetter(line[place]) {
          place = end(of: line, from: place, while: isWord)
        } else {
          place += 1
        }
        continue
      }
      var end = end(of: line, from: place, while: isDigit)
      if let fraction = digits(after: UInt8(ascii: "."), at: end, in: line) { end = fraction }
      if let exponent = exponent(at: end, in: line) { end = exponent }
      if end < line.endIndex, isLetter(line[end]) {
        place = Self.end(of: line, from: end, while: isWord)
      } else {
        ranges.append(sign(before: place, in: line)..<end)
        place = end
      }
    }
    return ranges
  }

  private static func digits(after mark: UInt8, at place: Int, in line: ArraySlice<UInt8>) -> Int? {
    guard place + 1 < line.endIndex, line[place] == mark, isDigit(line[place + 1]) else {
      return nil
    }
    return end(of: line, from: place + 1, while: isDigit)
  }

  private static func exponent(at place: Int, in line: ArraySlice<UInt8>) -> Int? {
    guard place < line.endIndex, line[place] | 0x20 == UInt8(ascii: "e") else { return nil }
    let isSigned = place + 1 < line.endIndex && "+-".utf8.contains(line[place + 1])
    let start = place + (isSigned ? 2 : 1)
    guard start < line.endIndex, isDigit(line[start]) else { return nil }
    return end(of: line, from: start, while: isDigit)
  }

  /// Where the number begins whose digits begin here: at its hyphen, plus or minus sign, if it has one.
  private static func sign(before place: Int, in line: ArraySlice<UInt8>) -> Int {
    let minus = Array("−".utf8)
    if place - line.startIndex >= minus.count, line[(place - minus.count)..<place] == minus[...] {
      return place - minus.count
    }
    guard place > line.startIndex, "+-".utf8.contains(line[place - 1]) else { return place }
    // A hyphen between words or digits, as in a date, is no sign.
    let isInside = place - 1 > line.startIndex && isWord(line[place - 2])
    return isInside ? place : place - 1
  }

  private static func end(
    of line: ArraySlice<UInt8>,
    from place: Int,
    while holds: (UInt8) -> Bool
  ) -> Int {
    line[place...].firstIndex { !holds($0) } ?? line.endIndex
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
  private static func isLetter(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte == UInt8(ascii: "_")
  }
  private static func isWord(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) }

  /// The line with one sign in the place of each number; blanks, rules and the strips of plots, whose length
  /// depends on the numbers, are shortened.
  package var words: String {
    var bytes: [UInt8] = []
    var place = line.startIndex
    for range in ranges {
      bytes += line[place..<range.lowerBound]
      bytes.append(0)
      place = range.upperBound
    }
    bytes += line[place...]
    return String(decoding: bytes, as: UTF8.self)
      .replacing(#/[ =\[\]*<>|:]+/#, with: " ").replacing(#/-{2,}|─+/#, with: "-")
  }

  /// The few words around a number.
  package func context(of range: Range<Int>) -> String {
    let room = 40
    var start = max(line.startIndex, range.lowerBound - room)
    var end = min(line.endIndex, range.upperBound + room)
    // Not inside a character of several bytes.
    while start > line.startIndex, line[start] & 0xC0 == 0x80 { start -= 1 }
    while end < line.endIndex, line[end] & 0xC0 == 0x80 { end += 1 }
    return (start > line.startIndex ? "…" : "") + String(decoding: line[start..<end], as: UTF8.self)
      + (end < line.endIndex ? "…" : "")
  }
}
