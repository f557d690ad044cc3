import Foundation

/// A file that a run left in its folder.
package struct Artifact: Sendable, Equatable {
  /// Its path in the folder of the run.
  package let path: String
  package let bytes: Int

  /// The files of a run's folder, in alphabetical order; its settings are the program's own and none of them.
  ///
  /// - Parameter folder: An absolute path.
  /// - Returns: None where there is no such folder.
  static func all(in folder: String) -> [Artifact] {
    let root = URL(fileURLWithPath: folder, isDirectory: true)
    guard let paths = FileManager.default.enumerator(atPath: root.path) else { return [] }
    var found: [Artifact] = []
    for case let path as String in paths where path != "settings.json" {
      let attributes = paths.fileAttributes
      guard attributes?[.type] as? FileAttributeType == .typeRegular else { continue }
      found.append(Artifact(path: path, bytes: attributes?[.size] as? Int ?? 0))
    }
    return found.sorted { $0.path < $1.path }
  }
}
