import Foundation

/// A folder in which runs share what several of them would work out alike: decoded data, features of a frozen body.
///
/// A file is named by the digest of everything its content depends on and carries a check sum of it; one
/// that does not hold is worked out again. Files appear whole, by renaming, so that several runs may write
/// the same one at once. The folder can be deleted at any time.
package struct SharedFolder: Sendable {
  private let path: String

  package init(path: String) {
    self.path = path
  }

  /// What a file holds; the start of its name.
  enum Kind: String {
    case examples, features
    /// A line for each file that was to be read.
    case lines
  }

  /// The file under a key, `nil` where there is none that holds.
  func file(_ kind: Kind, _ key: String) -> SharedFile? {
    SharedFile(path: path(kind, key), name: name(kind, key))
  }

  /// Keeps bytes under a key; a folder that cannot be written to is left alone, for the run does not need it.
  ///
  /// - Parameters:
  ///   - content: The bytes.
  ///   - kind: What it is.
  ///   - key: The digest of all that it depends on.
  func keep(_ content: UnsafeRawBufferPointer, _ kind: Kind, _ key: String) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      return
    }
    let target = path(kind, key)
    let draft = "\(target).\(getpid())"
    guard SharedFile.write(content, to: draft, name: name(kind, key)), rename(draft, target) == 0
    else {
      unlink(draft)
      return
    }
  }

  private func name(_ kind: Kind, _ key: String) -> String { "\(kind.rawValue)-\(key)" }

  private func path(_ kind: Kind, _ key: String) -> String { "\(path)/\(name(kind, key))" }
}
