import Foundation

/// Files and folders of the machine.
enum FileContent {
  /// Reads a file whole.
  ///
  /// - Throws: `TrainingError` where it is missing or cannot be read.
  static func read(_ path: String) throws -> [UInt8] {
    guard FileManager.default.fileExists(atPath: path) else {
      throw TrainingError.missingFile(path)
    }
    do {
      return try Array(Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      throw TrainingError.unreadableFile(path, reason: error.localizedDescription)
    }
  }

  /// A text that tells a file from what it was before it was last written; empty where there is none.
  static func stamp(of path: String) -> String {
    var status = stat()
    guard stat(path, &status) == 0 else { return "" }
    #if canImport(Darwin)
    let (written, changed) = (status.st_mtimespec, status.st_ctimespec)
    #else
    let (written, changed) = (status.st_mtim, status.st_ctim)
    #endif
    return
      "\(status.st_dev) \(status.st_ino) \(status.st_size) \(written.tv_sec) \(written.tv_nsec) "
      + "\(changed.tv_sec) \(changed.tv_nsec)"
  }

  /// Unpacks a file's bytes if they are those of a gzip file.
  static func unpacked(_ bytes: [UInt8], name: String) throws -> [UInt8] {
    guard Gzip.isPacked(bytes) else { return bytes }
    return try bytes.withUnsafeBufferPointer { try Gzip.unpack($0, name: name) }
  }

  /// The names in a folder, in alphabetical order.
  ///
  /// - Throws: `TrainingError` where the folder is missing or cannot be read.
  static func names(in folder: String) throws -> [String] {
    guard FileManager.default.fileExists(atPath: folder) else {
      throw TrainingError.missingFile(folder)
    }
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    } catch {
      throw TrainingError.unreadableFile(folder, reason: error.localizedDescription)
    }
  }
}
