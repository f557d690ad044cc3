import Foundation
import Laboratory
import Reports

/// Writes to standard output, or to a file that is there as a whole or not at all.
///
/// - Parameters:
///   - path: The file; nil for standard output.
///   - color: Whether what is shown may have colours.
///   - figures: The folder of a report's figures, as a link.
///   - body: Writes to the destination it gets.
/// - Throws: ``OutputFile/Failure`` where the file cannot be written, ``Output/Failure``, or what the body does.
func writing(
  to path: String?,
  color: Screen.Color = .auto,
  figures: String? = nil,
  _ body: (Destination) throws -> Void
) throws {
  let screen = Screen(color: color, isFile: path != nil)
  func destination(_ write: @escaping (String) throws -> Void) -> Destination {
    Destination(
      width: screen.width,
      showsColor: screen.showsColor,
      figures: figures,
      version: Laboratory.version,
      write: write
    )
  }
  guard let path else { return try body(destination { try Output.standard.write($0) }) }
  let file = try OutputFile(path)
  do {
    try body(destination { try file.write($0) })
    try file.finish()
  } catch {
    file.discard()
    throw error
  }
}

/// A file that is written beside its place and moved there when it is complete.
///
/// What stands there and is no file, such as a pipe, is written to directly.
final class OutputFile {
  struct Failure: Error, CustomStringConvertible {
    let path: String
    let reason: String
    var isFolder = false

    var description: String {
      isFolder
        ? "The folder '\(path)' cannot be made: \(reason)."
        : "'\(path)' cannot be written: \(reason)."
    }
  }

  private let path: String
  private let partial: String
  private let output: Output

  init(_ path: String) throws(Failure) {
    self.path = path
    var status = stat()
    let isSpecial = stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
    partial = isSpecial ? path : "\(path).\(getpid()).partial"
    let flags = isSpecial ? O_WRONLY : O_WRONLY | O_CREAT | O_TRUNC
    output = Output(descriptor: open(partial, flags | O_CLOEXEC, 0o644))
    guard output.descriptor >= 0 else { throw failure }
  }

  private var failure: Failure { Failure(path: path, reason: String(cString: strerror(errno))) }

  func write(_ text: String) throws {
    do {
      try output.write(text)
    } catch .notWritten(let reason) {
      throw Failure(path: path, reason: reason)
    }
  }

  func finish() throws(Failure) {
    guard close(output.descriptor) == 0, partial == path || rename(partial, path) == 0 else {
      throw failure
    }
  }

  func discard() {
    close(output.descriptor)
    if partial != path { unlink(partial) }
  }
}
