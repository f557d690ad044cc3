import Kernels
import Notation

/// What the features of a frozen body depend on, and where they may already lie.
package struct FrozenBody {
  private let cache: SharedFolder?
  private let digest: String

  /// Names a body by its weights, its statistics and the arithmetic that will use them.
  ///
  /// - Parameters:
  ///   - network: A network whose body is frozen.
  ///   - normalization: How its pixels are normalized.
  ///   - cache: The folder to share through, `nil` for none.
  init(_ network: Network, normalization: Normalization, cache: SharedFolder?) {
    self.cache = cache
    guard cache != nil else {
      digest = ""
      return
    }
    // With and without fused multiply-add the last bits differ; among processors that have it they do not.
    let isFused = String(cString: kernel_name()) != "baseline"
    let bytes = Body.file(of: network, normalization: normalization).bytes
    digest =
      "trainer \(trainerVersion) fused \(isFused) \(Digest.hexadecimal(of: bytes))"
  }

  /// Features of examples that are the same draw: from the cache, or worked out and kept there.
  ///
  /// - Parameters:
  ///   - examples: The examples.
  ///   - draw: What changed the pictures, and with which seed and epoch; empty for nothing.
  ///   - size: Floats of a row.
  ///   - compute: Works the features out, row by row.
  /// - Returns: The table, and whether it was taken from the cache.
  func table(
    of examples: Examples,
    draw: String,
    size: Int,
    compute: () -> FloatBuffer
  ) -> (table: FeatureTable, isShared: Bool) {
    let rows = examples.setIndices.count
    guard let cache else { return (FeatureTable(computed: compute(), size: size), false) }
    let text = "\(digest) \(examples.checksum) \(size) \(draw)"
    let key = Digest.hexadecimal(of: text)
    let count = rows * size * MemoryLayout<Float>.stride
    if let file = cache.file(.features, key), file.bytes.count == count {
      return (FeatureTable(shared: file, size: size), true)
    }
    let buffer = compute()
    cache.keep(UnsafeRawBufferPointer(start: buffer.start, count: count), .features, key)
    return (FeatureTable(computed: buffer, size: size), false)
  }
}

extension Examples {
  /// A number that tells these inputs from others: of the pixels that are used, and which they are.
  var checksum: String {
    let inputs: UInt64 =
      switch set.values {
      case .bytes(let pixels): pixels.withUnsafeBytes(checkSum)
      case .floats(let floats): floats.withUnsafeBytes(checkSum)
      }
    let chosen = setIndices.withUnsafeBytes(checkSum)
    return "\(set.rows) \(set.columns) \(set.channels) \(inputs) \(chosen)"
  }
}
