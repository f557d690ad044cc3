import Foundation
internal import GRDB

/// The results database `sweeps.sqlite` of a results folder.
///
/// One coordinator per sweep writes; any number of programs read at the same time without disturbing it.
package final class Store: Sendable {
  /// The results folder and the database in it, as absolute paths.
  package let folder: String
  package let path: String
  let database: any DatabaseReader
  /// nil when the store was opened for reading.
  let writer: DatabasePool?
  /// The file that was opened, told from another one at the same path.
  private let file: FileIdentity?

  private init(folder: String, path: String, database: any DatabaseReader, writer: DatabasePool?) {
    self.folder = folder
    self.path = path
    self.database = database
    self.writer = writer
    file = FileIdentity(path: path)
  }

  /// Opens the database of a folder for writing, and makes both where they are missing.
  ///
  /// - Parameters:
  ///   - folder: An absolute path.
  ///   - fileSystem: Tells which network file system holds a folder, nil for a local one.
  ///   - patience: How long another program may keep the folder to itself, which it needs to make its tables.
  /// - Returns: A store whose commits are on the disk when they return.
  /// - Throws: ``StoreError``.
  package static func writing(
    to folder: String,
    fileSystem: (String) -> String? = networkFileSystem(of:),
    patience: Duration = patience
  ) throws -> Store {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw StoreError.notWritable(path: folder, reason: reason(of: error))
    }
    if let kind = fileSystem(folder) {
      throw StoreError.network(path: folder, kind: kind, local: localFolder(for: folder))
    }
    guard access(folder, W_OK) == 0 else {
      throw StoreError.notWritable(path: folder, reason: String(cString: strerror(errno)))
    }
    let path = folder + "/" + fileName
    return try translating(path) {
      let pool = try alone(in: folder, patience: patience) {
        let pool = try DatabasePool(path: path, configuration: configuration)
        try prepare(pool, path: path)
        return pool
      }
      return Store(folder: folder, path: path, database: pool, writer: pool)
    }
  }

  /// Opens the database of a folder for reading, which works on a read-only folder too.
  ///
  /// - Parameter folder: An absolute path.
  /// - Returns: A store that only reads.
  /// - Throws: ``StoreError``.
  package static func reading(from folder: String) throws -> Store {
    let path = folder + "/" + fileName
    guard FileManager.default.fileExists(atPath: path) else {
      throw StoreError.missing(path: folder)
    }
    return try translating(path) {
      var readonly = configuration
      readonly.readonly = true
      let (place, copy) = try readablePath(of: path)
      // The files stay open; nobody else needs their names.
      defer { copy.map { try? FileManager.default.removeItem(atPath: $0) } }
      let queue = try DatabaseQueue(path: place, configuration: readonly)
      let isWhole = try queue.read { database in
        try check(database, path: path)
        return try Schema.migrator.hasCompletedMigrations(database)
      }
      if !isWhole {
        // Another program may be making it at this moment, which it does alone.
        try alone(in: folder) {}
        guard try queue.read({ try $0.tableExists("sweep") }) else {
          throw StoreError.missing(path: folder)
        }
      }
      return Store(folder: folder, path: path, database: queue, writer: nil)
    }
  }

  package static let fileName = "sweeps.sqlite"

  /// Seconds that a coordinator waits for another one's commit.
  private static let busySeconds = 30.0

  /// Many programs that start at once open the folder in well under this time, one after the other; who takes longer was
  /// suspended, or hangs.
  package static let patience = Duration.seconds(5)

  private static var configuration: Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(busySeconds)
    // No program of a sweep needs more than one reader besides the writer.
    configuration.maximumReaderCount = 1
    // A start reads the attempts in the order of the runs, which is not that of the file: with SQLite's own 2 MB nearly
    // every attempt of a large sweep is a read from the disk. In KiB, as the minus says.
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA cache_size = -16384") }
    return configuration
  }

  /// Does something while no other program of this kind does it in the same folder.
  ///
  /// Two programs that make the same database at the same time would both make its tables.
  private static func alone<Value>(
    in folder: String,
    patience: Duration = patience,
    _ body: () throws -> Value
  ) throws -> Value {
    let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw StoreError.notWritable(path: folder, reason: String(cString: strerror(errno)))
    }
    // Closing the folder gives the lock back.
    defer { Foundation.close(descriptor) }
    let clock = SuspendingClock()
    let start = clock.now
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      guard start.duration(to: clock.now) < patience else { throw StoreError.busy(path: folder) }
      usleep(10_000)
    }
    return try body()
  }

  private static func prepare(_ pool: DatabasePool, path: String) throws {
    try pool.read { try check($0, path: path) }
    let migrator = Schema.migrator
    let isComplete = try pool.read { try migrator.hasCompletedMigrations($0) }
    try pool.writeWithoutTransaction { database in
      // Opening a pool sets NORMAL, under which a power cut may take back a commit.
      try database.execute(sql: "PRAGMA synchronous = FULL")
      // Nothing is written to a database that is whole: another coordinator may hold the writer's lock.
      guard !isComplete else { return }
      try database.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
    }
    if !isComplete { try migrator.migrate(pool) }
  }

  /// Refuses a database that is another program's or of a newer version.
  private static func check(_ database: Database, path: String) throws {
    let application = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
    let isEmpty = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") == 0
    guard isEmpty || application == Schema.applicationID else {
      throw StoreError.notResults(path: path)
    }
    guard try !Schema.migrator.hasBeenSuperseded(database) else {
      throw StoreError.newer(path: path)
    }
  }

  /// A path that SQLite can read, although it wants to write files beside a write-ahead log, and the folder of a copy
  /// where it takes one; only its owner can look into that.
  static func readablePath(of path: String) throws -> (place: String, copy: String?) {
    let folder = (path as NSString).deletingLastPathComponent
    guard access(folder, W_OK) != 0 else { return (path, nil) }
    guard FileManager.default.fileExists(atPath: path + "-wal") else {
      let url = URL(fileURLWithPath: path).absoluteString
      return (url + "?immutable=1", nil)
    }
    let temporary = FileManager.default.temporaryDirectory.path
    var name = Array("\(temporary)/sweep-XXXXXX".utf8CString)
    guard mkdtemp(&name) != nil else {
      throw StoreError.notWritable(path: temporary, reason: String(cString: strerror(errno)))
    }
    let copy = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let target = copy + "/" + fileName
    do {
      for suffix in ["", "-wal"] {
        try FileManager.default.copyItem(atPath: path + suffix, toPath: target + suffix)
      }
    } catch {
      try? FileManager.default.removeItem(atPath: copy)
      throw StoreError.notWritable(path: copy, reason: reason(of: error))
    }
    return (target, copy)
  }
}

extension Store {
  /// Runs something with the database and gives SQLite's errors their meaning.
  static func translating<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch {
      throw StoreError.meaning(of: error, path: path)
    }
  }

  /// Reads in one snapshot.
  func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try Self.translating(path) { try database.read(body) }
  }

  /// Writes in one transaction that holds the writer's lock from its start and is durable at its end.
  func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
    guard let writer else { preconditionFailure("a store that was opened for reading is written") }
    return try Self.translating(path) {
      let value = try writer.writeWithoutTransaction { database in
        var value: Value?
        try database.inTransaction(.immediate) {
          value = try body(database)
          return .commit
        }
        guard let value else { preconditionFailure("a committed transaction has a value") }
        return value
      }
      try checkFile()
      return value
    }
  }

  /// Makes sure that what was committed is in the file that others will open.
  ///
  /// SQLite goes on writing to a file that was deleted or replaced, and everything in it is lost at the end.
  ///
  /// - Throws: ``StoreError/replaced(path:)``.
  func checkFile() throws {
    guard file == FileIdentity(path: path) else { throw StoreError.replaced(path: path) }
  }

  /// Moves the write-ahead log into the database file, where nobody else reads it, and lets go of both.
  ///
  /// - Throws: ``StoreError``.
  package func close() throws {
    try Self.translating(path) {
      do {
        // Truncated and not only copied, so that the database file alone is whole.
        try writer?.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
      } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
        // Another coordinator is at work in the folder, and will do this when it ends.
      }
      try database.close()
    }
  }

  /// The level of durability of the writer, as SQLite numbers it: 2 is FULL.
  package var synchronous: Int {
    get throws {
      guard let writer else { return 0 }
      return try Self.translating(path) {
        try writer.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") ?? 0 }
      }
    }
  }

  /// What `PRAGMA integrity_check` says; `ok` where all is well.
  package var integrity: String {
    get throws { try read { try String.fetchOne($0, sql: "PRAGMA integrity_check") ?? "" } }
  }

  /// The first thing that an ``integrity`` names: SQLite opens its list with the name of the database, which tells nothing.
  package static func firstFault(of integrity: String) -> String {
    integrity.split(separator: "\n").first { !$0.hasPrefix("***") }.map(String.init) ?? "damaged"
  }
}

/// The reason alone of an error, as it stands in the middle of a sentence.
package func reason(of error: any Error) -> String {
  if let error = error as? CocoaError,
    let cause = error.userInfo[NSUnderlyingErrorKey] as? NSError,
    cause.domain == NSPOSIXErrorDomain
  {
    return String(cString: strerror(Int32(cause.code)))
  }
  let text = (error as NSError).localizedDescription
  // Foundation names its own domain where it has no words: a disk that gives nothing back, for one.
  guard !text.contains("ErrorDomain") else { return "the system gives no reason" }
  return text.hasSuffix(".") ? String(text.dropLast()) : text
}

/// What tells a file from another one that takes its path.
private struct FileIdentity: Equatable {
  let device: dev_t
  let number: ino_t

  /// nil where there is no file.
  init?(path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    (device, number) = (status.st_dev, status.st_ino)
  }
}
