import Kernels

/// Unpacking of gzip files that are held in memory.
package enum Gzip {
  /// Whether bytes start as a gzip file does.
  package static func isPacked(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }

  /// Unpacks a file.
  ///
  /// - Throws: `TrainingError.unreadableFile` where the file is truncated, corrupt or not gzip.
  package static func unpack(_ packed: UnsafeBufferPointer<UInt8>, name: String) throws -> [UInt8] {
    // A deflated byte stands for at most 1,032; a corrupt length must not ask for the machine's memory.
    let promised = kernel_gunzip_count(packed.baseAddress, packed.count)
    guard promised >= 0, promised <= 1_032 * packed.count else {
      throw TrainingError.unreadableFile(name, reason: "it is no whole gzip file")
    }
    let bytes = [UInt8](unsafeUninitializedCapacity: promised) { room, count in
      count = max(
        0,
        kernel_gunzip(packed.baseAddress, packed.count, room.baseAddress, room.count)
      )
    }
    guard bytes.count == promised, promised > 0 else {
      throw TrainingError.unreadableFile(name, reason: "its gzip content is corrupt or cut short")
    }
    return bytes
  }
}
