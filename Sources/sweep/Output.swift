import Foundation

/// Writes text to standard output or standard error, and goes on when nobody reads it any more.
///
/// `FileHandle.write` ends the program when the other end of a pipe is closed, or the terminal is gone; a
/// sweep must outlive both.
///
/// - Parameters:
///   - text: What to write.
///   - descriptor: `STDOUT_FILENO` or `STDERR_FILENO`.
func emit(_ text: String, to descriptor: Int32) {
  var bytes = Array(text.utf8)[...]
  while !bytes.isEmpty {
    let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    if count < 0, errno == EINTR { continue }
    guard count > 0 else { return }
    bytes = bytes.dropFirst(count)
  }
}
