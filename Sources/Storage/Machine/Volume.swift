import Foundation

/// The file system that holds a folder, as far as results depend on it.
package struct Volume: Sendable, Equatable {
  /// Bytes that this user may still write.
  package let freeBytes: Int
  /// The kind of the network's file system, nil for a local one.
  package let networkKind: String?
  /// How long a few bytes take until they outlive a loss of power: the median of several tries, each a write and an
  /// fsync.
  package let durableWrite: Duration

  private static let tries = 15

  /// Tries a folder with a file that is removed again.
  ///
  /// - Parameter folder: An existing folder.
  /// - Throws: `POSIXError` where nothing can be written there.
  package init(of folder: String) throws {
    let attributes = try FileManager.default.attributesOfFileSystem(forPath: folder)
    freeBytes = (attributes[.systemFreeSize] as? NSNumber)?.intValue ?? 0
    networkKind = networkFileSystem(of: folder)
    durableWrite = try Self.durableWrite(in: folder)
  }

  private static func durableWrite(in folder: String) throws -> Duration {
    var path = Array((folder + "/.doctor-XXXXXX").utf8CString)
    let descriptor = mkstemp(&path)
    guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    defer {
      close(descriptor)
      unlink(path)
    }
    let bytes = [UInt8](repeating: 1, count: 4096)
    let times = try (0..<tries).map { _ in
      try ContinuousClock().measure {
        guard write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0 else {
          throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
        }
      }
    }
    return times.sorted()[tries / 2]
  }
}
