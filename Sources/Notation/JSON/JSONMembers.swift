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
      var bytes: [UInt8] = []
      JSONWriter.append(name, to: &bytes)
      bytes.append(UInt8(ascii: ":"))
      self.bytes = bytes
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
    JSONWriter.append(number, to: &bytes)
  }

  package mutating func append(_ key: Key, _ integer: Int) {
    begin(key)
    bytes.append(contentsOf: integer.description.utf8)
  }

  package mutating func append(_ key: Key, _ value: JSON) {
    begin(key)
    JSONWriter.append(value, to: &bytes)
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
      if let number {
        JSONWriter.append(number, to: &bytes)
      } else {
        bytes.append(contentsOf: "null".utf8)
      }
    }
    bytes.append(UInt8(ascii: "]"))
  }

  /// Appends members that were written before.
  package mutating func append(_ others: JSONMembers) {
    if !bytes.isEmpty, !others.isEmpty { bytes.append(UInt8(ascii: ",")) }
    bytes.append(contentsOf: others.bytes)
  }

  /// Appends all members of an object, in its order.
  package mutating func append(contentsOf object: JSONObject) {
    for member in object.members { append(member.key, member.value) }
  }

  private mutating func begin(_ key: Key) {
    if !bytes.isEmpty { bytes.append(UInt8(ascii: ",")) }
    bytes.append(contentsOf: key.bytes)
  }
}
