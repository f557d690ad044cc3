/// One message in the binary encoding of protocol buffers, field after field.
///
/// Fields that have their default value (0, an empty text) are left out, as proto3 does.
///
/// Reference: https://protobuf.dev/programming-guides/encoding, sections "Base 128 Varints" and "Message
/// Structure".
struct ProtobufMessage {
  private(set) var bytes: [UInt8] = []

  mutating func append(_ field: Int, _ number: Double) {
    guard number.bitPattern != 0 else { return }
    key(field, wireType: 1)
    withUnsafeBytes(of: number.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func append(_ field: Int, _ number: Int64) {
    guard number != 0 else { return }
    key(field, wireType: 0)
    varint(UInt64(bitPattern: number))
  }

  mutating func append(_ field: Int, _ truth: Bool) {
    append(field, truth ? 1 as Int64 : 0)
  }

  mutating func append(_ field: Int, _ text: String) {
    guard !text.isEmpty else { return }
    append(field, bytes: Array(text.utf8))
  }

  /// A message inside this one; an empty one is there all the same.
  mutating func append(_ field: Int, _ message: ProtobufMessage) {
    append(field, bytes: message.bytes)
  }

  mutating func append(_ field: Int, bytes content: [UInt8]) {
    key(field, wireType: 2)
    varint(UInt64(content.count))
    bytes.append(contentsOf: content)
  }

  /// A 32-bit float that is there even if it is 0: a field of a `oneof`, whose presence says which it is.
  mutating func append(_ field: Int, present number: Float) {
    key(field, wireType: 5)
    withUnsafeBytes(of: number.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// As ``append(_:present:)``, for a double.
  mutating func append(_ field: Int, present number: Double) {
    key(field, wireType: 1)
    withUnsafeBytes(of: number.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// As ``append(_:present:)``, for a truth value.
  mutating func append(_ field: Int, present truth: Bool) {
    key(field, wireType: 0)
    varint(truth ? 1 : 0)
  }

  /// Fields that were encoded before.
  mutating func append(encoded: [UInt8]) {
    bytes.append(contentsOf: encoded)
  }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
  }

  private mutating func key(_ field: Int, wireType: UInt64) {
    varint(UInt64(field) << 3 | wireType)
  }

  private mutating func varint(_ number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
