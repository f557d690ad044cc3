import Crypto
package import Notation

/// The proof that a prediction has not changed since it was sealed.
///
/// Without the nonce the seal could be guessed: there are three directions and few confidences. A seal proves
/// that nothing changed, not when it was made; for that the chain's head is recorded with every run.
package enum Seal {
  /// SHA-256 over the nonce's hexadecimal digits, a line end and the canonical payload, in 64 hexadecimal digits.
  package static func digest(nonce: String, payload: JSONObject) -> String {
    Digest.hexadecimal(of: nonce + "\n" + JSON.object(payload).canonical)
  }

  /// Draws 128 bits from the operating system's source of secrets, in 32 hexadecimal digits.
  package static func freshNonce() -> String {
    SymmetricKey(size: .bits128).withUnsafeBytes { bytes in
      bytes.map { byte in
        let digits = String(byte, radix: 16)
        return digits.count == 1 ? "0" + digits : digits
      }.joined()
    }
  }
}
