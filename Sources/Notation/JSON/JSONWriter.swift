/// The one writer of JSON; what is asked for many times appends to bytes, without a text in between.
package enum JSONWriter {
  /// What stands between the parts of a value, and how its numbers are spelled.
  package enum Style: Sendable {
    /// No blanks, numbers as written.
    case compact
    /// A blank after each comma and colon, numbers as written.
    case spaced
    /// No blanks, the one spelling of equal numbers.
    case canonical

    fileprivate var gap: String { self == .spaced ? " " : "" }
  }

  /// Appends a value, keys in their order.
  package static func append(_ value: JSON, to bytes: inout [UInt8], _ style: Style = .compact) {
    switch value {
    case .null: bytes += "null".utf8
    case .boolean(let truth): bytes += (truth ? "true" : "false").utf8
    case .number(let number): bytes += (style == .canonical ? number.canonical : number.text).utf8
    case .string(let text): append(text, to: &bytes)
    case .array(let elements):
      bytes.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { bytes += ("," + style.gap).utf8 }
        append(element, to: &bytes, style)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let object):
      bytes.append(UInt8(ascii: "{"))
      for (index, member) in object.members.enumerated() {
        if index > 0 { bytes += ("," + style.gap).utf8 }
        append(member.key, to: &bytes)
        bytes += (":" + style.gap).utf8
        append(member.value, to: &bytes, style)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  /// Appends a string as a JSON literal, with the escapes of RFC 8785 section 3.2.2.2.
  package static func append(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): bytes += #"\""#.utf8
      case UInt8(ascii: "\\"): bytes += #"\\"#.utf8
      case 0x8: bytes += #"\b"#.utf8
      case 0x9: bytes += #"\t"#.utf8
      case 0xA: bytes += #"\n"#.utf8
      case 0xC: bytes += #"\f"#.utf8
      case 0xD: bytes += #"\r"#.utf8
      case 0..<0x20: bytes += ((byte < 0x10 ? #"\u000"# : #"\u00"#) + String(byte, radix: 16)).utf8
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Appends a number as it was measured, with all its digits; what is not finite is a word.
  package static func append(_ number: Double, to bytes: inout [UInt8]) {
    guard number.isFinite else {
      let word = number.isNaN ? "nan" : number < 0 ? "-inf" : "inf"
      return append(word, to: &bytes)
    }
    // The shortest digits that read back as the same number, which is also what the CSV has.
    bytes += number.description.utf8
  }
}

extension JSON {
  /// The value as text.
  func written(_ style: JSONWriter.Style) -> String {
    var bytes: [UInt8] = []
    JSONWriter.append(self, to: &bytes, style)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Writes a string as a JSON literal.
  package static func quoted(_ text: String) -> String {
    var bytes: [UInt8] = []
    JSONWriter.append(text, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
