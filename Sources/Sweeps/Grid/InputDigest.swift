import Crypto
import Foundation
import Notation

/// The digest of files and folders: of their names, relative to the spec's folder, and their bytes.
struct InputDigest {
  /// Of all inputs together.
  let hexadecimal: String
  /// Of each input by itself.
  let byInput: [String: String]

  /// - Throws: `SpecError.missingInput` or `.unreadableFile` for what cannot be read.
  init(of paths: [String], in directory: String) throws(SpecError) {
    var hash = SHA256()
    var byInput: [String: String] = [:]
    for path in paths.sorted() {
      var own = SHA256()
      for file in try InputDigest.files(at: path, in: directory) {
        guard let handle = FileHandle(forReadingAtPath: SpecPath.absolute(file, in: directory))
        else { throw .unreadableFile(file, reason: "its permissions forbid it") }
        // The name's length keeps a name and a content from running into each other.
        let entry =
          Array("\(file.utf8.count) \(file)\n".utf8) + (try InputDigest.digest(of: handle, file))
        hash.update(data: entry)
        own.update(data: entry)
      }
      byInput[path] = Digest.hexadecimal(of: own.finalize(), bytes: 32)
    }
    self.byInput = byInput
    hexadecimal = Digest.hexadecimal(of: hash.finalize(), bytes: 32)
  }

  private static func digest(of handle: FileHandle, _ file: String) throws(SpecError) -> [UInt8] {
    var hash = SHA256()
    do {
      while let bytes = try handle.read(upToCount: 1 << 20), !bytes.isEmpty {
        hash.update(data: bytes)
      }
      try handle.close()
    } catch {
      throw .unreadableFile(file, reason: error.localizedDescription)
    }
    return Array(hash.finalize())
  }

  /// The file itself, or all files below a folder, sorted.
  private static func files(at path: String, in directory: String) throws(SpecError) -> [String] {
    let full = SpecPath.absolute(path, in: directory)
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: full, isDirectory: &isFolder) else {
      throw .missingInput(path)
    }
    guard isFolder.boolValue else { return [path] }
    guard let names = FileManager.default.enumerator(atPath: full) else {
      throw .unreadableFile(path, reason: "its permissions forbid it")
    }
    var files: [String] = []
    for case let name as String in names {
      let file = (path as NSString).appendingPathComponent(name)
      var isInnerFolder: ObjCBool = false
      let inner = SpecPath.absolute(file, in: directory)
      if FileManager.default.fileExists(atPath: inner, isDirectory: &isInnerFolder),
        !isInnerFolder.boolValue
      {
        files.append(file)
      }
    }
    return files.sorted()
  }
}
