import ArgumentParser
import Foundation
import Notation

extension SourceText {
  /// Reads a file that the user names.
  ///
  /// - Throws: `ValidationError`.
  init(at path: String) throws {
    do {
      self.init(path: path, bytes: Array(try Data(contentsOf: URL(fileURLWithPath: path))))
    } catch {
      throw ValidationError("'\(path)' cannot be read: \(error.reason).")
    }
  }
}
