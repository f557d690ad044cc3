/// The fields of a form, or of the part of an address after its question mark.
///
/// Reference: URL Living Standard, section 5.1, application/x-www-form-urlencoded parsing.
package struct FormFields: Sendable, Equatable {
  /// By name; of two with one name the last.
  package let texts: [String: String]

  /// Fields that are read; a form of ours has fewer.
  private static let limit = 40

  package init(_ text: some StringProtocol) {
    var texts: [String: String] = [:]
    for pair in text.utf8.split(separator: UInt8(ascii: "&")).prefix(Self.limit) {
      let parts = pair.split(
        separator: UInt8(ascii: "="),
        maxSplits: 1,
        omittingEmptySubsequences: false
      )
      texts[Self.decoded(parts[0])] = parts.count == 2 ? Self.decoded(parts[1]) : ""
    }
    self.texts = texts
  }

  package subscript(name: String) -> String? { texts[name] }

  private static func decoded(_ bytes: some Sequence<UInt8>) -> String {
    let bytes = Array(bytes)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "%"), index + 2 < bytes.count, let high = digit(bytes[index + 1]),
        let low = digit(bytes[index + 2])
      {
        result.append(high << 4 | low)
        index += 3
      } else {
        result.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
