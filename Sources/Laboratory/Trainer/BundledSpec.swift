import Foundation
import Training

/// The specs that travel in the program, so that it has something to run in an empty folder.
package struct BundledSpec: Sendable {
  private static let folder = "sweeps"

  package let name: String
  /// The spec as it stands in its file.
  package let text: String

  /// All of them, by name.
  package static let all: [BundledSpec] = EmbeddedFile.names(in: folder).compactMap {
    BundledSpec($0)
  }

  /// The spec of a name; nil where there is none.
  package init?(_ name: String) {
    guard let text = EmbeddedFile.text("\(Self.folder)/\(name)") else { return nil }
    (self.name, self.text) = (name, text)
  }

  /// The spec that a path means where there is no such file: `sweeps/quickstart.json`.
  init?(path: String) {
    let prefix = Self.folder + "/"
    let suffix = ".json"
    guard path.hasPrefix(prefix), path.hasSuffix(suffix),
      !FileManager.default.fileExists(atPath: path)
    else { return nil }
    self.init(String(path.dropFirst(prefix.count).dropLast(suffix.count)))
  }
}
