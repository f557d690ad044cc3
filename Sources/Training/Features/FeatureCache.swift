import Foundation
import Kernels

/// A folder in which runs share the features that a frozen body gives the same images.
///
/// A file is named by the digest of everything its numbers depend on and carries a check sum of them; one
/// that does not hold is worked out again. Files appear whole, by renaming, so that several runs may write
/// the same one at once. The folder can be deleted at any time.
package struct FeatureCache: Sendable {
  private let folder: String

  package init(folder: String) {
    self.folder = folder
  }

  private static let magic: UInt64 = 0x3153_5441_4546_5753
  /// Magic number, rows, floats of a row, check sum; then zeros up to a cache line.
  private static let headerBytes = 64

  /// The features under a key, `nil` where there are none that hold.
  func table(_ key: String, rows: Int, size: Int) -> FeatureTable? {
    let url = URL(fileURLWithPath: path(key))
    // A file that is absent, or cannot be mapped, is one to be made.
    guard let file = try? Data(contentsOf: url, options: .alwaysMapped),
      file.count == Self.headerBytes + rows * size * 4
    else { return nil }
    let holds = file.withUnsafeBytes { bytes in
      let words = (0..<4).map { bytes.loadUnaligned(fromByteOffset: 8 * $0, as: UInt64.self) }
      let sum = kernel_checksum(bytes.baseAddress.map { $0 + Self.headerBytes }, rows * size * 4)
      return words == [Self.magic, UInt64(rows), UInt64(size), sum]
    }
    return holds ? FeatureTable(mapped: file, offset: Self.headerBytes, size: size) : nil
  }

  /// Keeps features; a folder that cannot be written to is left alone, for the run does not need it.
  func keep(_ buffer: FloatBuffer, rows: Int, size: Int, key: String) {
    let sum = kernel_checksum(buffer.start, rows * size * 4)
    var file = Data(capacity: Self.headerBytes + rows * size * 4)
    for word in [Self.magic, UInt64(rows), UInt64(size), sum] {
      withUnsafeBytes(of: word) { file.append(contentsOf: $0) }
    }
    file.append(Data(count: Self.headerBytes - file.count))
    file.append(
      UnsafeBufferPointer(start: buffer.start, count: rows * size)
    )
    do {
      try FileManager.default.createDirectory(
        atPath: folder,
        withIntermediateDirectories: true
      )
      try file.write(to: URL(fileURLWithPath: path(key)), options: .atomic)
    } catch {
      return
    }
  }

  private func path(_ key: String) -> String { "\(folder)/features-\(key)" }
}
