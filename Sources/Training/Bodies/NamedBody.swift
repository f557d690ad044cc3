import Foundation
import Notation

/// A body that is known by its name and lies in a file of its own, for it is larger than the program.
package enum NamedBody: String, CaseIterable, Sendable {
  /// EfficientNet-Lite0, trained on ImageNet: 1,280 features of photographs.
  ///
  /// Reference: Tan and Le (2019), EfficientNet, arXiv 1905.11946; its Lite variant, without squeeze-and-excitation
  /// and with ReLU6, in `tensorflow/tpu`.
  case lite0

  /// The SHA-256 of the file.
  package var digest: String {
    switch self {
    case .lite0: "f1153176658be86bef70acd3c4bd816d9c2aa2dcfe3dd0f41b778490241f6e5c"
    }
  }

  private var fileName: String { "\(rawValue).safetensors" }

  /// The folders that it may lie in: the program's own, and those that are for it beside the program or above it.
  ///
  /// - Parameter program: The path of the program.
  /// - Returns: Folders in the order in which they are looked into; they need not be there.
  package static func folders(of program: String) -> [String] {
    let start = URL(fileURLWithPath: program).resolvingSymlinksInPath().deletingLastPathComponent()
    var folders = [start.path]
    var above = start
    while true {
      folders += ["bodies", "share/sweep"].map { above.appendingPathComponent($0).path }
      guard above.path != "/" else { return folders }
      above.deleteLastPathComponent()
    }
  }

  /// The bytes of the file.
  ///
  /// - Parameter folders: Where to look, in this order.
  /// - Returns: All of them.
  /// - Throws: `TrainingError.missingBody` where it is in none of them, and `unreadableFile` where it is another file.
  package func bytes(in folders: [String] = Self.ownFolders) throws -> [UInt8] {
    let paths = folders.map { "\($0)/\(fileName)" }
    guard let path = paths.first(where: { FileManager.default.fileExists(atPath: $0) }) else {
      throw TrainingError.missingBody(rawValue)
    }
    let bytes = try FileContent.read(path)
    guard Digest.hexadecimal(of: bytes) == digest else {
      throw TrainingError.unreadableFile(
        path,
        reason: "its digest is not that of the body '\(rawValue)'; 'make bodies' makes it anew"
      )
    }
    return bytes
  }

  /// The folders of this program.
  package static var ownFolders: [String] {
    folders(of: Bundle.main.executablePath ?? CommandLine.arguments[0])
  }
}
