import ArgumentParser
import Execution
import Notation
import Storage
import Sweeps
import Foundation
import Reports

/// Writes to standard output, or to a file that is there as a whole or not at all.
///
/// - Parameters:
///   - path: The file; nil for standard output.
///   - color: Whether what is shown may have colours.
///   - body: Writes to the destination it gets.
/// - Throws: Exit code 74, the reason being printed, where the file cannot be written.
func writing(
  to path: String?,
  color: Screen.Color = .auto,
  _ body: (Destination) throws -> Void
) throws {
  let screen = Screen(color: color, isFile: path != nil)
  func destination(_ write: @escaping (String) throws -> Void) -> Destination {
    Destination(width: screen.width, showsColor: screen.showsColor, write: write)
  }
  guard let path else { return try body(destination { emit($0, to: STDOUT_FILENO) }) }
  do {
    let file = try OutputFile(path)
    do {
      try body(destination { try file.write($0) })
      try file.finish()
    } catch {
      file.discard()
      throw error
    }
  } catch let error as OutputFile.Failure {
    printError("Error: '\(path)' cannot be written: \(error.reason).")
    throw ExitCode.storage
  }
}

/// A file that is written beside its place and moved there when it is complete.
///
/// What stands there and is no file, such as a pipe, is written to directly.
private final class OutputFile {
  struct Failure: Error {
    let reason: String
  }

  private let path: String
  private let partial: String
  private let descriptor: Int32

  init(_ path: String) throws(Failure) {
    self.path = path
    var status = stat()
    let isSpecial = stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
    partial = isSpecial ? path : "\(path).\(getpid()).partial"
    let flags = isSpecial ? O_WRONLY : O_WRONLY | O_CREAT | O_TRUNC
    descriptor = open(partial, flags | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Failure(reason: String(cString: strerror(errno))) }
  }

  func write(_ text: String) throws(Failure) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Failure(reason: String(cString: strerror(errno))) }
      bytes = bytes.dropFirst(count)
    }
  }

  func finish() throws(Failure) {
    guard close(descriptor) == 0, partial == path || rename(partial, path) == 0 else {
      throw Failure(reason: String(cString: strerror(errno)))
    }
  }

  func discard() {
    close(descriptor)
    if partial != path { unlink(partial) }
  }
}
