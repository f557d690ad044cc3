/// The bytes of all images of a set: this process's own, or those of a file that runs share.
package struct Pixels: Sendable, Equatable {
  private enum Storage {
    case own([UInt8])
    /// A file whose first bytes are something else.
    case shared(SharedFile, skipping: Int)
  }

  private let storage: Storage

  package init(_ bytes: [UInt8]) {
    storage = .own(bytes)
  }

  init(shared file: SharedFile, skipping bytes: Int) {
    storage = .shared(file, skipping: bytes)
  }

  /// Whether another run had decoded them.
  var isShared: Bool {
    if case .shared = storage { true } else { false }
  }

  package var count: Int { withUnsafeBytes { $0.count } }

  package func withUnsafeBytes<Result>(
    _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    switch storage {
    case .own(let bytes): try bytes.withUnsafeBytes(body)
    case .shared(let file, let skipped):
      try withExtendedLifetime(file) {
        try body(UnsafeRawBufferPointer(rebasing: file.bytes[skipped...]))
      }
    }
  }

  package static func == (first: Pixels, second: Pixels) -> Bool {
    first.withUnsafeBytes { first in second.withUnsafeBytes { first.elementsEqual($0) } }
  }
}
