import Kernels

/// Unpacking of gzip files that are held in memory.
package enum Gzip {
  /// Whether bytes start as a gzip file does.
  package static func isPacked(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }

  /// Unpacks a file.
  ///
  /// - Throws: `TrainingError.unreadableFile` where the file is truncated, corrupt or not gzip.
  package static func unpack(_ packed: UnsafeBufferPointer<UInt8>, name: String) throws -> [UInt8] {
    // The last four bytes are the length. A deflated byte stands for at most 1,032; a corrupt length must not ask
    // for the machine's memory.
    let promised = packed.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    guard packed.count >= 18, promised <= 1_032 * packed.count else {
      throw TrainingError.unreadableFile(name, reason: "it is no whole gzip file")
    }
    let bytes = [UInt8](unsafeUninitializedCapacity: promised) { room, count in
      let isWhole = kernel_gunzip(packed.baseAddress, packed.count, room.baseAddress, promised)
      count = isWhole ? promised : 0
    }
    guard !bytes.isEmpty else {
      throw TrainingError.unreadableFile(name, reason: "its gzip content is corrupt or cut short")
    }
    return bytes
  }
}
