import Foundation

/// The features of some examples, row by row: worked out by this process, or mapped from a file of the cache.
struct FeatureTable {
  /// Floats of a row.
  let size: Int
  private let storage: Storage

  private enum Storage {
    case computed(FloatBuffer)
    /// A file whose numbers start at an offset.
    case mapped(Data, offset: Int)
  }

  init(computed buffer: FloatBuffer, size: Int) {
    self.size = size
    storage = .computed(buffer)
  }

  init(mapped file: Data, offset: Int, size: Int) {
    self.size = size
    storage = .mapped(file, offset: offset)
  }

  /// Copies a row.
  func copy(_ row: Int, to target: UnsafeMutablePointer<Float>) {
    switch storage {
    case .computed(let buffer):
      target.update(from: buffer.start + row * size, count: size)
    case .mapped(let file, let offset):
      file.withUnsafeBytes { bytes in
        let start = offset + row * size * 4
        UnsafeMutableRawBufferPointer(start: target, count: size * 4)
          .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[start..<start + size * 4]))
      }
    }
  }
}
