/// Reads one text in quotes, with its escapes, from the opening quote on.
struct StringLiteral {
  private let bytes: [UInt8]
  private let start: Int
  private let end: Int
  /// After reading: the byte behind the closing quote.
  private(set) var position: Int
  private(set) var faults: [(JSONFault, Range<Int>)] = []
  /// Set where the quotes are not JSON's.
  private(set) var quoteFault: JSONFault?

  /// - Parameters:
  ///   - bytes: Valid UTF-8.
  ///   - start: The place of the opening quote.
  ///   - end: Where the text that may be read ends.
  init(bytes: [UInt8], start: Int, end: Int) {
    self.bytes = bytes
    self.start = start
    self.end = end
    self.position = start
  }

  mutating func read() -> String {
    let closing = openingQuote()
    var content: [UInt8] = []
    while position < end, bytes[position] != UInt8(ascii: "\n") {
      if let length = closingLength(closing) {
        position += length
        return String(decoding: content, as: UTF8.self)
      }
      let byte = bytes[position]
      if byte == UInt8(ascii: "\\") {
        escape(into: &content)
      } else {
        if byte < 0x20 { faults.append((.controlCharacter(byte), position..<position + 1)) }
        content.append(byte)
        position += 1
      }
    }
    faults.append((.unterminatedText, start..<position))
    return String(decoding: content, as: UTF8.self)
  }

  private enum Quote { case double, single, curly }

  private mutating func openingQuote() -> Quote {
    switch bytes[start] {
    case UInt8(ascii: "\""):
      position += 1
      return .double
    case UInt8(ascii: "'"):
      position += 1
      quoteFault = .singleQuotes
      return .single
    default:
      position += 3
      quoteFault = .curlyQuotes
      return .curly
    }
  }

  /// The number of bytes of the closing quote where one stands here.
  private func closingLength(_ quote: Quote) -> Int? {
    switch quote {
    case .double: return bytes[position] == UInt8(ascii: "\"") ? 1 : nil
    case .single: return bytes[position] == UInt8(ascii: "'") ? 1 : nil
    case .curly:
      if bytes[position] == UInt8(ascii: "\"") { return 1 }
      let ahead = bytes[position..<min(position + 3, end)]
      let isCurly =
        ahead.starts(with: [0xE2, 0x80]) && (ahead.last == 0x9C || ahead.last == 0x9D)
      return isCurly ? 3 : nil
    }
  }

  private mutating func escape(into content: inout [UInt8]) {
    let first = position
    guard position + 1 < end else {
      position += 1
      return
    }
    position += 2
    switch bytes[first + 1] {
    case UInt8(ascii: "\""): content.append(UInt8(ascii: "\""))
    case UInt8(ascii: "\\"): content.append(UInt8(ascii: "\\"))
    case UInt8(ascii: "/"): content.append(UInt8(ascii: "/"))
    case UInt8(ascii: "b"): content.append(0x08)
    case UInt8(ascii: "f"): content.append(0x0C)
    case UInt8(ascii: "n"): content.append(0x0A)
    case UInt8(ascii: "r"): content.append(0x0D)
    case UInt8(ascii: "t"): content.append(0x09)
    case UInt8(ascii: "u"): unicodeEscape(from: first, into: &content)
    default:
      // The rest of a character of several bytes belongs to the escape that is shown.
      while position < end, bytes[position] & 0xC0 == 0x80 { position += 1 }
      faults.append((.escape(text(first..<position)), first..<position))
    }
  }

  private mutating func unicodeEscape(from first: Int, into content: inout [UInt8]) {
    guard let unit = hexadecimalUnit() else {
      faults.append((.escape(text(first..<position)), first..<position))
      return
    }
    var scalar = Unicode.Scalar(unit)
    if unit & 0xFC00 == 0xD800, position + 1 < end, bytes[position] == UInt8(ascii: "\\"),
      bytes[position + 1] == UInt8(ascii: "u")
    {
      let back = position
      position += 2
      if let low = hexadecimalUnit(), low & 0xFC00 == 0xDC00 {
        scalar = Unicode.Scalar(0x10000 + (UInt32(unit & 0x3FF) << 10) + UInt32(low & 0x3FF))
      } else {
        position = back
      }
    }
    if scalar == "\0" { faults.append((.null, first..<position)) }
    if let scalar {
      content.append(contentsOf: String(scalar).utf8)
    } else {
      faults.append((.loneSurrogate(text(first..<position)), first..<position))
    }
  }

  /// Takes four hexadecimal digits, or none where there are fewer.
  private mutating func hexadecimalUnit() -> UInt16? {
    let digits = bytes[position..<min(position + 4, end)]
    guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    else { return nil }
    position += 4
    return unit
  }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }
}

extension SourceText {
  /// The place of the first byte that no UTF-8 text has there, or nil.
  func firstInvalidByte(in range: Range<Int>) -> Int? {
    let part = bytes[range]
    guard String(validating: part, as: UTF8.self) == nil else { return nil }
    var position = range.lowerBound
    while position < range.upperBound {
      let lead = bytes[position]
      let length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
      let next = min(position + length, range.upperBound)
      guard String(validating: bytes[position..<next], as: UTF8.self) != nil else {
        return position
      }
      position = next
    }
    return range.lowerBound
  }
}
