import Foundation
import Kernels

/// A check sum of 64 bits that finds damage.
func checkSum(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
  kernel_checksum(bytes.baseAddress, bytes.count)
}

/// The bytes of a file that runs share, mapped: the system keeps them once for all processes that read them.
final class SharedFile: Sendable {
  /// The content, from a 64-byte boundary.
  nonisolated(unsafe) let bytes: UnsafeRawBufferPointer
  private nonisolated(unsafe) let mapping: UnsafeMutableRawBufferPointer

  private static let magic: UInt64 = 0x3353_5441_4546_5753
  /// Magic number, bytes of content, their check sum, that of the name; then zeros up to a cache line.
  private static let headerBytes = 64

  /// Maps a file, `nil` where there is none whose content is what its header says.
  ///
  /// - Parameters:
  ///   - path: Where it lies. What is no regular file is none.
  ///   - name: What it was written as; a file that was moved onto another's path is not that one.
  init?(path: String, name: String) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_size > Self.headerBytes
    else { return nil }
    let count = Int(status.st_size)
    guard let start = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED
    else { return nil }
    mapping = UnsafeMutableRawBufferPointer(start: start, count: count)
    bytes = UnsafeRawBufferPointer(rebasing: mapping[Self.headerBytes...])
    let header = (0..<4).map { mapping.load(fromByteOffset: 8 * $0, as: UInt64.self) }
    // A guard may not leave before the last property is set, and from then on `deinit` unmaps.
    guard header == Self.header(bytes, name) else { return nil }
    // Pages that were only read for the sum are not held against this process.
    madvise(start, count, MADV_DONTNEED)
  }

  deinit { munmap(mapping.baseAddress, mapping.count) }

  private static func header(_ content: UnsafeRawBufferPointer, _ name: String) -> [UInt64] {
    let nameSum = Array(name.utf8).withUnsafeBytes { checkSum($0) }
    return [magic, UInt64(content.count), checkSum(content), nameSum]
  }

  /// Writes such a file; false where it cannot be written whole.
  static func write(_ content: UnsafeRawBufferPointer, to path: String, name: String) -> Bool {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var header = header(content, name)
    header += Array(repeating: 0, count: headerBytes / 8 - header.count)
    return header.withUnsafeBytes { write($0, to: descriptor) } && write(content, to: descriptor)
  }

  private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let part = UnsafeRawBufferPointer(rebasing: rest)
      let written = Foundation.write(descriptor, part.baseAddress, part.count)
      guard written > 0 else { return false }
      rest = rest.dropFirst(written)
    }
    return true
  }
}
