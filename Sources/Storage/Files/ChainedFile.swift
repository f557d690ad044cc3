import Foundation
import Notation

/// An append-only file of lines, each of which may link to the one before, to which several programs append.
///
/// A line is there whole and durable, or not at all: what a full disk or a lost machine left of one was never confirmed
/// to anybody, and is taken away by whoever appends next.
struct ChainedFile: Sendable {
  let path: String
  /// The mode of a file that is made.
  var mode: mode_t = 0o644

  /// Appends lines that depend on those that are there, all or none; durable when it returns.
  ///
  /// - Parameter body: Is given the text, empty where there is no file; returns lines without their ends, and a value.
  /// - Returns: The value.
  /// - Throws: What the body throws, or ``ChainedFileError``.
  func appending<Value>(_ body: (String) throws -> (lines: [String], value: Value)) throws -> Value
  {
    try withLock { descriptor in
      let content = try Self.content(of: descriptor, path)
      let (lines, value) = try body(content.whole)
      let text = lines.map { $0 + "\n" }.joined()
      try append(
        content.lacksLineEnd ? "\n" + text : text,
        to: descriptor,
        after: content.whole.utf8.count
      )
      return value
    }
  }

  /// The lines of the file that were written whole.
  private struct Content {
    let whole: String
    /// Whether the last of them is there but for its end.
    let lacksLineEnd: Bool
    /// Whether a part of a line follows.
    let isTorn: Bool

    init(_ text: String) {
      let start = text.lastIndex(of: "\n").map { text.index(after: $0) } ?? text.startIndex
      let rest = text[start...]
      lacksLineEnd = !rest.isEmpty && JSON(line: Array(rest.utf8)) != nil
      isTorn = !rest.isEmpty && !lacksLineEnd
      whole = isTorn ? String(text[..<start]) : text
    }
  }

  /// The text of the file; nil where there is none.
  ///
  /// - Throws: ``ChainedFileError``.
  func wholeText() throws -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      guard errno != ENOENT else { return nil }
      throw ChainedFileError.unreadable(path: path, reason: String(cString: strerror(errno)))
    }
    defer { close(descriptor) }
    // Nobody reads a line that another program is just writing.
    while flock(descriptor, LOCK_SH) != 0, errno == EINTR { continue }
    let content = try Self.content(of: descriptor, path)
    guard !content.isTorn else { throw ChainedFileError.torn(path: path) }
    return content.whole
  }

  private static func content(of descriptor: Int32, _ path: String) throws -> Content {
    do {
      let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
      return Content(String(decoding: try handle.readToEnd() ?? Data(), as: UTF8.self))
    } catch {
      throw ChainedFileError.unreadable(path: path, reason: reason(of: error))
    }
  }

  /// Writes after the whole lines, or leaves nothing but them.
  private func append(_ text: String, to descriptor: Int32, after count: Int) throws {
    func failed() -> ChainedFileError {
      let reason = String(cString: strerror(errno))
      ftruncate(descriptor, off_t(count))
      return .notWritable(path: path, reason: reason)
    }
    guard ftruncate(descriptor, off_t(count)) == 0 else { throw failed() }
    var bytes = Array(text.utf8)[...]
    var offset = off_t(count)
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, offset) }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw failed() }
      bytes = bytes.dropFirst(written)
      offset += off_t(written)
    }
    guard fsync(descriptor) == 0 else { throw failed() }
  }

  /// Holds the file for as long as the body runs, so that two writers do not link to the same line.
  private func withLock<Result>(_ body: (Int32) throws -> Result) throws -> Result {
    let url = URL(fileURLWithPath: path)
    do {
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
    } catch {
      throw ChainedFileError.notWritable(path: path, reason: reason(of: error))
    }
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, mode)
    guard descriptor >= 0 else {
      throw ChainedFileError.notWritable(path: path, reason: String(cString: strerror(errno)))
    }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_EX) == 0 else {
      throw ChainedFileError.notWritable(path: path, reason: String(cString: strerror(errno)))
    }
    return try body(descriptor)
  }
}

/// Why a file of chained lines cannot be used.
package enum ChainedFileError: Error, Equatable {
  case notWritable(path: String, reason: String)
  case unreadable(path: String, reason: String)
  /// The last line was not written whole.
  case torn(path: String)
}

extension ChainedFileError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notWritable(let path, let reason): "'\(path)' cannot be written: \(reason)."
    case .unreadable(let path, let reason): "'\(path)' cannot be read: \(reason)."
    case .torn(let path):
      "The last line of '\(path)' was not written whole, as when a disk is full or the power fails. It was never confirmed; whoever appends next takes it away."
    }
  }
}
