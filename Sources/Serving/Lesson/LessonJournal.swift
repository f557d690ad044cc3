package import Classroom
import Foundation

/// The file `lesson.jsonl` to which every act is appended before anybody is told that it counts.
///
/// It belongs to one server at a time. All its work blocks, and is done on a queue of its own.
package final class LessonJournal: Sendable {
  package let path: String
  private let header: LessonRecord.Header
  private let work = BlockingWork("journal")
  private let file: OpenFile

  /// The descriptor and the bytes that count; only one thread touches them.
  private final class OpenFile: @unchecked Sendable {
    var descriptor: Int32
    var count: Int

    init(_ descriptor: Int32, count: Int) {
      self.descriptor = descriptor
      self.count = count
    }

    func release() {
      guard descriptor >= 0 else { return }
      // A program that is just being started has a copy of the descriptor, which would keep the lock.
      flock(descriptor, LOCK_UN)
      Foundation.close(descriptor)
      descriptor = -1
    }

    deinit { release() }
  }

  /// Opens a journal, begins it where there is none, and takes away what was not written whole.
  ///
  /// - Parameters:
  ///   - path: The file; its folder is made.
  ///   - header: What the lesson is about.
  /// - Returns: The journal and what happened up to now.
  /// - Throws: ``ServingError``.
  package static func open(
    _ path: String,
    _ header: LessonRecord.Header
  ) throws(ServingError) -> (LessonJournal, [LessonAct]) {
    let folder = (path as NSString).deletingLastPathComponent
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw .journal(path: path, reason: "its folder cannot be made")
    }
    let descriptor = Foundation.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure(path) }
    let file = OpenFile(descriptor, count: 0)
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { throw .busy(path: path) }
    let record = try LessonRecord(try text(of: descriptor, path), path: path)
    if let record {
      guard record.header == header else { throw .otherLesson(path: path) }
      guard ftruncate(descriptor, off_t(record.wholeBytes)) == 0 else { throw failure(path) }
      file.count = record.wholeBytes
    } else {
      try write(LessonRecord.text(header, []), to: file, path)
      try settle(folder: folder, path)
    }
    return (LessonJournal(path, header, file), record?.acts ?? [])
  }

  private init(_ path: String, _ header: LessonRecord.Header, _ file: OpenFile) {
    self.path = path
    self.header = header
    self.file = file
  }

  /// Appends acts, all or none; they are on the disk when it returns.
  ///
  /// - Throws: ``ServingError/journal(path:reason:)``.
  package func append(_ acts: [LessonAct]) async throws {
    guard !acts.isEmpty else { return }
    let text = acts.map { $0.line + "\n" }.joined()
    try await work.result { [file, path] in try Self.write(text, to: file, path) }
  }

  /// Writes the journal anew without what people typed as their names, which then are nowhere.
  ///
  /// - Throws: ``ServingError``.
  package func deleteNames() async throws {
    try await work.result { [file, path, header] in
      let text = try Self.text(of: file.descriptor, path)
      guard let record = try LessonRecord(text, path: path) else { return }
      let nameless = LessonRecord.text(header, record.acts.compactMap(\.withoutNames))
      let new = path + ".new"
      let descriptor = Foundation.open(new, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else { throw Self.failure(new) }
      let replacement = OpenFile(descriptor, count: 0)
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { throw ServingError.busy(path: new) }
      try Self.write(nameless, to: replacement, new)
      guard rename(new, path) == 0 else { throw Self.failure(path) }
      try Self.settle(folder: (path as NSString).deletingLastPathComponent, path)
      swap(&file.descriptor, &replacement.descriptor)
      file.count = replacement.count
    }
  }

  /// The whole text, to be kept elsewhere.
  package func text() async throws -> String {
    try await work.result { [file, path] in try Self.text(of: file.descriptor, path) }
  }

  /// Lets another server have the file, after all that was to be written; nothing can be appended any more.
  package func close() async throws {
    try await work.result { [file] in file.release() }
  }

  // MARK: System calls

  /// Writes after what counts, and waits for the disk; where that fails, what counted before counts alone.
  private static func write(
    _ text: String,
    to file: OpenFile,
    _ path: String
  ) throws(ServingError) {
    var bytes = Array(text.utf8)[...]
    var offset = file.count
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes {
        pwrite(file.descriptor, $0.baseAddress, $0.count, off_t(offset))
      }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw undone(file, path) }
      bytes = bytes.dropFirst(written)
      offset += written
    }
    guard fsync(file.descriptor) == 0 else { throw undone(file, path) }
    file.count = offset
  }

  private static func undone(_ file: OpenFile, _ path: String) -> ServingError {
    let error = failure(path)
    ftruncate(file.descriptor, off_t(file.count))
    return error
  }

  private static func text(of descriptor: Int32, _ path: String) throws(ServingError) -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = pread(descriptor, &buffer, buffer.count, off_t(bytes.count))
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure(path) }
      guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
      bytes.append(contentsOf: buffer[..<count])
    }
  }

  /// Has the disk keep the name of a file as it keeps its content.
  private static func settle(folder: String, _ path: String) throws(ServingError) {
    let descriptor = Foundation.open(folder, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path) }
    defer { Foundation.close(descriptor) }
    guard fsync(descriptor) == 0 else { throw failure(path) }
  }

  private static func failure(_ path: String) -> ServingError {
    .journal(path: path, reason: String(cString: strerror(errno)))
  }
}
