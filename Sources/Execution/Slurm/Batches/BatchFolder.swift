package import Foundation
import Notation
import Storage
package import Sweeps

/// The folder that a batch shares with its tasks.
///
/// ```
/// manifest.json  runs.jsonl  chunks.json     what there is to do; never changed
/// task.sh                                    the script of every task
/// inbox/                                     sealed segments      tmp/  segments that are being written
/// done/TASK                                  the runs whose end a task has sealed
/// logs/  halt                                what programs print; there where nothing more is to begin
/// ```
package struct BatchFolder: Sendable, Equatable {
  package let path: String

  package init(_ path: String) {
    self.path = path
  }

  package var inbox: String { path + "/inbox" }
  package var temporary: String { path + "/tmp" }
  package var logs: String { path + "/logs" }
  package var halt: String { path + "/halt" }
  package var script: String { path + "/task.sh" }
  /// The log of a run that a start of a task made.
  package func log(of run: String, attempt: Int, token: String) -> String {
    "\(logs)/\(token)/\(run)-\(attempt).log"
  }
  private var manifest: String { path + "/manifest.json" }
  private var runs: String { path + "/runs.jsonl" }
  private var chunks: String { path + "/chunks.json" }
  private func done(_ task: Int) -> String { "\(path)/done/\(task)" }

  // MARK: The coordinator's side

  /// Writes all that tasks need, on the disk before it returns.
  ///
  /// - Throws: `StoreError`.
  package func make(_ manifest: BatchManifest, chunks: [[Run]], script: String) throws {
    do {
      for folder in [inbox, temporary, logs, path + "/done", manifest.runs] {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      }
    } catch {
      throw Self.failure(error, path)
    }
    var ends: [Int] = []
    var text: [UInt8] = []
    for chunk in chunks {
      for run in chunk {
        text += run.batchJSON.text.utf8
        text.append(UInt8(ascii: "\n"))
      }
      ends.append(text.count)
    }
    try Self.write(text, to: runs)
    try Self.write(Array(JSON.array(ends.map { JSON($0) }).text.utf8), to: self.chunks)
    try Self.write(Array(script.utf8), to: self.script)
    try Self.write(Array(manifest.json.text.utf8), to: self.manifest)
  }

  /// Whether ``make(_:chunks:script:)`` came to its end: the manifest is written last.
  package var isMade: Bool {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.contains((manifest as NSString).lastPathComponent)
  }

  /// Writes a file that is whole where it is there, and on the disk.
  ///
  /// - Throws: `StoreError`.
  package static func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o644) throws {
    var rest: [UInt8]? = bytes
    try write(pieces: { rest.take() }, to: path, mode: mode)
  }

  /// Writes a file as ``write(_:to:mode:)`` does, of bytes that come piece by piece.
  ///
  /// - Throws: `StoreError`, and what `next` throws.
  static func write(pieces next: () throws -> [UInt8]?, to path: String, mode: mode_t) throws {
    let draft = path + ".new"
    let file = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
    guard file >= 0 else { throw failure(errno, path) }
    do {
      while let piece = try next() { try write(piece, to: file, of: path) }
    } catch {
      close(file)
      unlink(draft)
      throw error
    }
    guard fsync(file) == 0, close(file) == 0, rename(draft, path) == 0 else {
      throw failure(errno, path)
    }
  }

  private static func write(_ bytes: [UInt8], to file: Int32, of path: String) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure(count < 0 ? errno : ENOSPC, path) }
      rest = rest.dropFirst(count)
    }
  }

  private static func failure(_ code: Int32, _ path: String) -> StoreError {
    let folder = (path as NSString).deletingLastPathComponent
    return code == ENOSPC || code == EDQUOT
      ? .full(path: folder) : .notWritable(path: folder, reason: String(cString: strerror(code)))
  }

  private static func failure(_ error: any Error, _ path: String) -> StoreError {
    if let error = error as? CocoaError, error.code == .fileWriteOutOfSpace {
      return .full(path: path)
    }
    return .notWritable(path: path, reason: reason(of: error))
  }

  /// The sealed segments, in the order in which each start of a task wrote its own.
  ///
  /// The folder is listed, for on NFS a file may be there that only a listing shows.
  package func segments() -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: inbox)) ?? []
    return names.filter { $0.hasSuffix(".jsonl") }.sorted().map { inbox + "/" + $0 }
  }

  /// The runs of all tasks; nil where the folder is not a batch.
  package func readRuns() -> BatchRuns? {
    guard let ends = chunkEnds(), let bytes = FileManager.default.contents(atPath: runs),
      ends.last ?? 0 <= bytes.count
    else { return nil }
    return BatchRuns(ends: ends, bytes: bytes)
  }

  /// The names of the logs that a start of a task has left so far.
  func logNames(of token: String) -> Set<String> {
    Set((try? FileManager.default.contentsOfDirectory(atPath: "\(logs)/\(token)")) ?? [])
  }

  /// Takes the folder away, of which nothing is needed any more.
  package func remove() {
    try? FileManager.default.removeItem(atPath: path)
  }

  // MARK: The task's side

  /// What all tasks are told; nil where the folder cannot be read or is another version's.
  package func readManifest() -> BatchManifest? {
    FileManager.default.contents(atPath: manifest).flatMap { JSON(line: $0) }
      .flatMap(BatchManifest.init)
  }

  /// The runs of one task; nil where there is no such task.
  package func runs(ofTask task: Int) -> [Run]? {
    guard let ends = chunkEnds(), ends.indices.contains(task),
      let file = FileHandle(forReadingAtPath: runs)
    else { return nil }
    defer { try? file.close() }
    let start = task == 0 ? 0 : ends[task - 1]
    guard (try? file.seek(toOffset: UInt64(start))) != nil,
      let bytes = try? file.read(upToCount: ends[task] - start), bytes.count == ends[task] - start
    else { return nil }
    return BatchRuns(ends: [bytes.count], bytes: bytes).runs(ofTask: 0)
  }

  private func chunkEnds() -> [Int]? {
    guard let bytes = FileManager.default.contents(atPath: chunks),
      let ends = JSON(line: bytes)?.array?.compactMap(\.integer),
      zip([0] + ends, ends).allSatisfy({ $0 <= $1 })
    else { return nil }
    return ends
  }

  /// The runs whose ends earlier starts of a task have sealed: nobody has to make them again.
  package func sealedRuns(ofTask task: Int) -> Set<String> {
    let bytes = FileManager.default.contents(atPath: done(task)) ?? Data()
    return Set(String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init))
  }

  /// Seals a segment, and notes the runs that ended in it.
  ///
  /// - Throws: `StoreError`; the segment is not there then.
  package func seal(_ segment: Segment, number: Int) throws {
    let digits = String(number)
    let order = String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    let name = "\(segment.task).\(segment.token).\(order).jsonl"
    try Self.write(Array(segment.text.utf8), to: temporary + "/" + name)
    guard rename(temporary + "/" + name, inbox + "/" + name) == 0 else {
      throw Self.failure(errno, inbox)
    }
    let ended = segment.lines.compactMap { line -> String? in
      if case .ended(let ending) = line { ending.run } else { nil }
    }
    guard !ended.isEmpty else { return }
    let file = open(done(segment.task), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard file >= 0 else { return }
    // Where it fails a run is made twice at the worst, and counts once.
    let text = Array((ended.joined(separator: "\n") + "\n").utf8)
    _ = text.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
    close(file)
  }
}

/// The runs of a batch as its file has them, read once and made one task after another.
package struct BatchRuns: Sendable {
  /// Where the runs of each task end among the bytes; ascending.
  fileprivate let ends: [Int]
  fileprivate let bytes: Data

  package var taskCount: Int { ends.count }

  package func runs(ofTask task: Int) -> [Run] {
    let range = (task == 0 ? 0 : ends[task - 1])..<ends[task]
    return bytes[range].split(separator: UInt8(ascii: "\n")).compactMap { line in
      JSON(line: line)?.object.flatMap(Run.init(batchJSON:))
    }
  }
}

extension Run {
  fileprivate var batchJSON: JSON {
    [
      "run": .string(id), "seed": JSON(seed), "levels": JSON(levels), "settings": .object(settings),
    ]
  }

  fileprivate init?(batchJSON object: JSONObject) {
    guard let id = object["run"]?.string, let seed = object["seed"]?.integer,
      let levels = object["levels"]?.array, let settings = object["settings"]?.object
    else { return nil }
    self.init(id: id, seed: seed, levels: levels.compactMap(\.string), settings: settings)
  }
}
