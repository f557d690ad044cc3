package import Crypto

/// SHA-256 digests as hexadecimal text, which is how identities and seals are written.
package enum Digest {
  /// The digest of a text's UTF-8 bytes, 64 digits.
  package static func hexadecimal(of text: String) -> String {
    hexadecimal(of: Array(text.utf8))
  }

  /// The digest of some bytes, 64 digits.
  package static func hexadecimal(of bytes: [UInt8]) -> String {
    bytes.withUnsafeBytes(hexadecimal)
  }

  /// The digest of some bytes that lie elsewhere, 64 digits.
  package static func hexadecimal(of bytes: UnsafeRawBufferPointer) -> String {
    hexadecimal(of: SHA256.hash(data: bytes), bytes: 32)
  }

  /// The digest of bytes that come piece by piece, 64 digits.
  ///
  /// - Parameter next: Gives the next piece, and nil after the last.
  /// - Returns: In hexadecimal.
  /// - Throws: What `next` throws.
  package static func hexadecimal(ofPieces next: () throws -> [UInt8]?) rethrows -> String {
    var hash = SHA256()
    while let piece = try next() { hash.update(data: piece) }
    return hexadecimal(of: hash.finalize(), bytes: 32)
  }

  /// The first bytes of a digest, two digits each.
  package static func hexadecimal(of digest: SHA256Digest, bytes count: Int) -> String {
    digest.withUnsafeBytes { bytes in
      String(unsafeUninitializedCapacity: 2 * count) { digits in
        for place in 0..<count {
          digits[2 * place] = digit(bytes[place] >> 4)
          digits[2 * place + 1] = digit(bytes[place] & 15)
        }
        return 2 * count
      }
    }
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }
}
