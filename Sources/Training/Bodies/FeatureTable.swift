/// The features of some examples, row by row: worked out by this process, or those of a file that runs share.
struct FeatureTable {
  /// Floats of a row.
  let size: Int
  private let storage: Storage

  private enum Storage {
    case computed(FloatBuffer)
    case shared(SharedFile)
  }

  init(computed buffer: FloatBuffer, size: Int) {
    self.size = size
    storage = .computed(buffer)
  }

  init(shared file: SharedFile, size: Int) {
    self.size = size
    storage = .shared(file)
  }

  /// Copies a row.
  func copy(_ row: Int, to target: UnsafeMutablePointer<Float>) {
    switch storage {
    case .computed(let buffer):
      target.update(from: buffer.start + row * size, count: size)
    case .shared(let file):
      let bytes = row * size * 4..<(row + 1) * size * 4
      UnsafeMutableRawBufferPointer(start: target, count: bytes.count)
        .copyMemory(from: UnsafeRawBufferPointer(rebasing: file.bytes[bytes]))
    }
  }
}
