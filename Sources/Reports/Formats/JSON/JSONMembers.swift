import Foundation
package import Notation

/// The members of one JSON object as text, appended one after another.
///
/// Made for millions of records: the text of one is filled, written and emptied again, and no tree of values
/// is built.
///
/// ```json
/// "run":"5be5b8a1c2f04d77","dropout":0.5,"accuracy":0.9353333333333333,"odd":"nan"
/// ```
package struct JSONMembers: Sendable {
  /// A key with its quotes and colon, made once for many records.
  package struct Key: Sendable {
    fileprivate let bytes: [UInt8]

    package init(_ name: String) {
      bytes = Array((JSON.quoted(name) + ":").utf8)
    }
  }

  package private(set) var bytes: [UInt8] = []

  package init() {}

  package var isEmpty: Bool { bytes.isEmpty }

  /// Empties the text and keeps its memory.
  package mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
  }

  /// Appends a number as it was measured, with all its digits; what is not finite is a word.
  package mutating func append(_ key: Key, _ number: Double) {
    begin(key)
    append(number)
  }

  package mutating func append(_ key: Key, _ integer: Int) {
    begin(key)
    bytes.append(contentsOf: integer.description.utf8)
  }

  package mutating func append(_ key: Key, _ value: JSON) {
    begin(key)
    bytes.append(contentsOf: value.text.utf8)
  }

  package mutating func append(_ name: String, _ value: JSON) {
    append(Key(name), value)
  }

  /// Appends one number per place, null where there is none.
  package mutating func append(_ key: Key, _ numbers: some Sequence<Double?>) {
    begin(key)
    bytes.append(UInt8(ascii: "["))
    var isFirst = true
    for number in numbers {
      if !isFirst { bytes.append(UInt8(ascii: ",")) }
      isFirst = false
      if let number { append(number) } else { bytes.append(contentsOf: "null".utf8) }
    }
    bytes.append(UInt8(ascii: "]"))
  }

  /// Appends members that were written before.
  package mutating func append(_ others: JSONMembers) {
    if !bytes.isEmpty, !others.isEmpty { bytes.append(UInt8(ascii: ",")) }
    bytes.append(contentsOf: others.bytes)
  }

  /// Appends all members of something that encodes as an object, keys in alphabetical order.
  ///
  /// - Throws: `EncodingError`.
  package mutating func append(contentsOf value: some Encodable) throws {
    let object = try JSONText.encoded(value, isPretty: false)
    if !bytes.isEmpty, object.count > 2 { bytes.append(UInt8(ascii: ",")) }
    bytes.append(contentsOf: object.dropFirst().dropLast())
  }

  private mutating func begin(_ key: Key) {
    if !bytes.isEmpty { bytes.append(UInt8(ascii: ",")) }
    bytes.append(contentsOf: key.bytes)
  }

  private mutating func append(_ number: Double) {
    guard number.isFinite else {
      return bytes.append(
        contentsOf: (number.isNaN ? "\"nan\"" : number < 0 ? "\"-inf\"" : "\"inf\"").utf8
      )
    }
    // The shortest digits that read back as the same number, which is also what the CSV has.
    bytes.append(contentsOf: number.description.utf8)
  }
}

/// JSON of what encodes itself.
enum JSONText {
  /// - Throws: `EncodingError`.
  static func encoded(_ value: some Encodable, isPretty: Bool) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if isPretty { encoder.outputFormatting.insert(.prettyPrinted) }
    return try encoder.encode(value)
  }
}
