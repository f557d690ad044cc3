import Foundation
import Sweeps

/// The log file of one attempt: all that its program printed and that is no result.
///
/// The file is made with the first byte, because most runs print nothing, and stops growing at a limit,
/// because a disk that one program filled is lost to all.
struct RunLog: ~Copyable {
  /// Bytes after which a log is cut; its end is still remembered.
  static let limitBytes = 64 << 20

  private let path: String
  private var descriptor: Int32 = -1
  private var buffer: [UInt8] = []
  private var writtenBytes = 0
  private var tail = Tail()

  init(path: String) {
    self.path = path
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// The last lines, oldest first; bytes that are no UTF-8 show as U+FFFD.
  var lastLines: [String] { tail.lines }

  /// Appends a line or a part of one; ``flush()`` brings it to the file.
  ///
  /// - Parameters:
  ///   - bytes: Without the line end.
  ///   - endsLine: Whether the line ends with them.
  mutating func append(_ bytes: ArraySlice<UInt8>, endsLine: Bool) {
    tail.append(bytes, endsLine: endsLine)
    guard writtenBytes <= Self.limitBytes else { return }
    writtenBytes += bytes.count + 1
    if writtenBytes > Self.limitBytes {
      buffer += Array("\n[The log was cut after \(Self.limitBytes >> 20) MiB.]\n".utf8)
      return
    }
    buffer += bytes
    if endsLine { buffer.append(UInt8(ascii: "\n")) }
  }

  /// Brings to the file what was appended.
  mutating func flush() {
    guard !buffer.isEmpty else { return }
    if descriptor < 0 {
      descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0o644)
    }
    // A log that cannot be written (a full disk) must not fail the run: the store reports the disk.
    _ = buffer.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    buffer.removeAll(keepingCapacity: true)
  }
}

/// The last lines of a stream, each cut at a length.
private struct Tail {
  private static let lineCount = 20
  private static let lineBytes = 2000

  /// A ring: the line before `next` is the newest.
  private var ring: [[UInt8]] = []
  private var next = 0
  private var isInsideLine = false

  mutating func append(_ bytes: ArraySlice<UInt8>, endsLine: Bool) {
    if !isInsideLine {
      if ring.count < Self.lineCount {
        ring.append([])
      } else {
        ring[next].removeAll(keepingCapacity: true)
      }
      next = (next + 1) % Self.lineCount
    }
    let newest = (next + Self.lineCount - 1) % Self.lineCount
    ring[newest] += bytes.prefix(Self.lineBytes - ring[newest].count)
    isInsideLine = !endsLine
  }

  var lines: [String] {
    let oldest = ring.count < Self.lineCount ? 0 : next
    return (ring[oldest...] + ring[..<oldest]).map { String(decoding: $0, as: UTF8.self) }
  }
}
