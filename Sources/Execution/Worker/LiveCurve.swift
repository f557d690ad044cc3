import Foundation

/// The points that an attempt at work has printed so far, in a file for those who look on.
///
/// The store gets a run's points together with its result. Until then they stand here: in the lines as they were printed,
/// written a few times a second at most, and by no run that ends within a moment. No result depends on the file.
struct LiveCurve: ~Copyable {
  /// Bytes after which the file grows no more; the store still gets every point.
  static let limitBytes = 256 << 10
  /// The least time between two writes.
  private static let pause = Duration.milliseconds(250)

  private let path: String
  private var descriptor: Int32 = -1
  private var buffer: [UInt8] = []
  private var writtenBytes = 0
  private var written: SuspendingClock.Instant

  /// - Parameters:
  ///   - path: The file, in a folder that is there.
  ///   - start: When the attempt began.
  init(path: String, since start: SuspendingClock.Instant) {
    self.path = path
    written = start
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Appends a line; ``flush(at:)`` brings it to the file.
  mutating func append(_ line: ArraySlice<UInt8>) {
    guard writtenBytes + line.count < Self.limitBytes else { return }
    writtenBytes += line.count + 1
    buffer += line
    buffer.append(UInt8(ascii: "\n"))
  }

  /// Brings to the file what was appended, once the last time is long enough ago.
  mutating func flush(at now: SuspendingClock.Instant) {
    guard !buffer.isEmpty, written.duration(to: now) >= Self.pause else { return }
    written = now
    if descriptor < 0 {
      descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o644)
    }
    // Whole lines at once, so that no reader sees a part of one; where it fails nobody looks on, and that is all.
    _ = buffer.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    buffer.removeAll(keepingCapacity: true)
  }
}
