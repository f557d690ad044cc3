/// What the program takes of the library, with a check sum of 64 bits in the place of the digest.
public struct SHA256: Sendable {
  private var state: UInt64 = 0xCBF2_9CE4_8422_2325

  public init() {}

  public mutating func update(data: some Sequence<UInt8>) {
    for byte in data { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }
  }

  public mutating func update(bufferPointer: UnsafeRawBufferPointer) {
    update(data: bufferPointer)
  }

  public func finalize() -> SHA256Digest { SHA256Digest(state: state) }

  public static func hash(data: some Sequence<UInt8>) -> SHA256Digest {
    var hash = SHA256()
    hash.update(data: data)
    return hash.finalize()
  }
}

/// 32 bytes, four times the same eight.
public struct SHA256Digest: Sendable {
  let state: UInt64

  public func withUnsafeBytes<Result>(
    _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    try [state, state, state, state].withUnsafeBytes(body)
  }
}

/// A key of zeros.
public struct SymmetricKey: Sendable {
  public enum Size: Sendable { case bits128 }

  public init(size: Size) {}

  public func withUnsafeBytes<Result>(
    _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    try [UInt64](repeating: 0, count: 2).withUnsafeBytes(body)
  }
}
