import Crypto
package import Foundation
import Notation
package import Sweeps

/// The files of this machine, as specs ask about them.
package struct Disk: SpecFiles {
  package init() {}

  package func bytes(of path: String) throws(SpecError) -> [UInt8] {
    if let bytes = FileManager.default.contents(atPath: path) { return Array(bytes) }
    guard let isFolder = isFolder(path) else { throw .missingFile(path) }
    throw .unreadableFile(path, reason: isFolder ? "it is a folder" : Self.forbidden)
  }

  package func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  package func canonical(_ path: String) -> String {
    URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().path
  }

  package func digest(
    of inputs: [String],
    in directory: String
  ) throws(SpecError) -> InputDigest {
    var hash = SHA256()
    var byInput: [String: String] = [:]
    for path in inputs.sorted() {
      var own = SHA256()
      for file in try files(at: path, in: directory) {
        // The name's length keeps a name and a content from running into each other.
        let entry =
          Array("\(file.utf8.count) \(file)\n".utf8) + (try contentDigest(of: file, in: directory))
        hash.update(data: entry)
        own.update(data: entry)
      }
      byInput[path] = Digest.hexadecimal(of: own.finalize(), bytes: 32)
    }
    return InputDigest(
      hexadecimal: Digest.hexadecimal(of: hash.finalize(), bytes: 32),
      byInput: byInput
    )
  }

  /// The files named in a command that were changed after a moment.
  ///
  /// What a command without declared inputs reads is not part of a run's identity, so that results of an
  /// older program would be taken for those of a newer one.
  ///
  /// - Parameters:
  ///   - command: The command of a spec.
  ///   - directory: The folder of the spec.
  ///   - date: When the first result was made.
  /// - Returns: Words of the command without placeholders that are files, in its order.
  package func changed(
    in command: [String],
    of directory: String,
    after date: Date
  ) -> [String] {
    command.filter { word in
      guard !word.isEmpty, !word.hasPrefix("-"), !word.contains("{") else { return false }
      let path = SpecPath.absolute(word, in: directory)
      let attributes = try? FileManager.default.attributesOfItem(atPath: path)
      guard attributes?[.type] as? FileAttributeType == .typeRegular,
        let changed = attributes?[.modificationDate] as? Date
      else { return false }
      return changed > date
    }
  }

  /// The digest of the files that a command names.
  ///
  /// - Parameters:
  ///   - command: The command of a spec.
  ///   - directory: The folder of the spec.
  /// - Returns: In hexadecimal; nil where no word of it is a file in that folder that can be read.
  package func programDigest(of command: [String], in directory: String) -> String? {
    let files = command.filter { word in
      !word.isEmpty && !word.hasPrefix("-") && !word.contains("{")
        && isFolder(SpecPath.absolute(word, in: directory)) == false
    }
    guard !files.isEmpty else { return nil }
    return try? digest(of: files, in: directory).hexadecimal
  }

  private static let forbidden = "its permissions forbid it"

  /// nil where there is nothing.
  private func isFolder(_ path: String) -> Bool? {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      ? isFolder.boolValue : nil
  }

  private func contentDigest(of file: String, in directory: String) throws(SpecError) -> [UInt8] {
    let path = SpecPath.absolute(file, in: directory)
    // A pipe is waited for until somebody writes to it, and a device may never end.
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      throw .unreadableFile(file, reason: "it is no file with an end, but a pipe, socket or device")
    }
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw .unreadableFile(file, reason: Self.forbidden)
    }
    var hash = SHA256()
    do {
      while let bytes = try handle.read(upToCount: 1 << 20), !bytes.isEmpty {
        hash.update(data: bytes)
      }
      try handle.close()
    } catch {
      throw .unreadableFile(file, reason: reason(of: error))
    }
    return Array(hash.finalize())
  }

  /// The file itself, or all files below a folder, sorted.
  private func files(at path: String, in directory: String) throws(SpecError) -> [String] {
    let full = SpecPath.absolute(path, in: directory)
    guard let isFolder = isFolder(full) else { throw .missingInput(path) }
    guard isFolder else { return [path] }
    guard let names = FileManager.default.enumerator(atPath: full) else {
      throw .unreadableFile(path, reason: Self.forbidden)
    }
    return names.compactMap { $0 as? String }
      .map { (path as NSString).appendingPathComponent($0) }
      .filter { self.isFolder(SpecPath.absolute($0, in: directory)) == false }.sorted()
  }
}
