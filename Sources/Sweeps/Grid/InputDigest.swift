/// The digests of what runs read, in hexadecimal.
package struct InputDigest: Sendable {
  /// Of all inputs together.
  package let hexadecimal: String
  /// Of each input by itself.
  package let byInput: [String: String]

  package init(hexadecimal: String, byInput: [String: String]) {
    self.hexadecimal = hexadecimal
    self.byInput = byInput
  }
}
