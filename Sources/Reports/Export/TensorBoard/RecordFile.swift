/// A file of records, each with its length and two checksums, as TensorFlow writes them.
///
/// ```text
/// uint64 length · uint32 masked CRC of the length · the bytes · uint32 masked CRC of the bytes
/// ```
///
/// All numbers are little-endian. A checksum is CRC-32C; it is rotated and shifted, because a checksum of data
/// that hold checksums would be weak.
///
/// Reference: https://www.tensorflow.org/tutorials/load_data/tfrecord, "TFRecords format details"; the
/// polynomial is Castagnoli's, RFC 3720 appendix B.4.
struct RecordFile {
  private(set) var bytes: [UInt8] = []

  mutating func append(_ record: [UInt8]) {
    let length = withUnsafeBytes(of: UInt64(record.count).littleEndian, Array.init)
    bytes.append(contentsOf: length)
    append(maskedChecksum(of: length))
    bytes.append(contentsOf: record)
    append(maskedChecksum(of: record))
  }

  private mutating func append(_ number: UInt32) {
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }

  private func maskedChecksum(of bytes: [UInt8]) -> UInt32 {
    let checksum = CRC32C.checksum(of: bytes)
    return (checksum >> 15 | checksum << 17) &+ 0xA282_EAD8
  }
}

/// The cyclic redundancy check with Castagnoli's polynomial.
///
/// Reference: RFC 3720, appendix B.4, whose examples the tests hold.
package enum CRC32C {
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { rest, _ in rest & 1 == 1 ? rest >> 1 ^ 0x82F6_3B78 : rest >> 1 }
  }

  package static func checksum(of bytes: [UInt8]) -> UInt32 {
    table.withUnsafeBufferPointer { table in
      ~bytes.reduce(~0) { rest, byte in
        rest >> 8 ^ table[Int(UInt8(truncatingIfNeeded: rest) ^ byte)]
      }
    }
  }
}
