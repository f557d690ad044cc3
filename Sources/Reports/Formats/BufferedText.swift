/// Collects small pieces of text and writes them in large ones.
struct BufferedText {
  private static let limitBytes = 1 << 16

  private let destination: Destination
  private var bytes: [UInt8] = []

  init(_ destination: Destination) {
    self.destination = destination
    bytes.reserveCapacity(2 * Self.limitBytes)
  }

  /// Appends UTF-8 that ends with a whole character.
  mutating func append(_ more: [UInt8]) throws {
    bytes.append(contentsOf: more)
    if bytes.count >= Self.limitBytes { try flush() }
  }

  mutating func append(_ text: String) throws {
    bytes.append(contentsOf: text.utf8)
    if bytes.count >= Self.limitBytes { try flush() }
  }

  mutating func flush() throws {
    try destination.write(String(decoding: bytes, as: UTF8.self))
    bytes.removeAll(keepingCapacity: true)
  }
}
