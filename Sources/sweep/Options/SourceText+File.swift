import ArgumentParser
import Foundation
import Notation

extension SourceText {
  /// Reads a file that the user names.
  ///
  /// - Throws: `ValidationError`.
  init(at path: String) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw ValidationError(
        .unreadableFile,
        "'\(path)' cannot be read: \(String(cString: strerror(errno)))."
      )
    }
    do {
      let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
      self.init(path: path, bytes: Array(try file.readToEnd() ?? Data()))
    } catch {
      throw ValidationError(.unreadableFile, "'\(path)' cannot be read: \(error.reason).")
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
      throw ValidationError(.unreadableFile, "Standard input cannot be read: \(error.reason).")
    }
  }
}
