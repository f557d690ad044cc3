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

extension SourceText {
  /// Reads a file, or for `-` standard input to its end.
  ///
  /// - Throws: `ValidationError`.
  init(atOrStandardInput path: String) throws {
    guard path == "-" else {
      try self.init(at: path)
      return
    }
    do {
      let data = try FileHandle.standardInput.readToEnd() ?? Data()
      self.init(path: "standard input", bytes: Array(data))
    } catch {
      throw ValidationError("Standard input cannot be read: \(error.reason).")
    }
  }
}
