import Foundation
import GRDB
import Notation
import Storage
import Sweeps
import TestSupport
import Testing

struct StoreTests {
  @Test func `the writer waits for the disk at every commit`() throws {
    try withTemporaryFolder { folder in
      let store = try Store.writing(to: folder.path)
      #expect(try store.synchronous == 2)
      #expect(try store.integrity == "ok")
    }
  }

  @Test func `a file that is no database is refused and left alone`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(component: Store.fileName).path
      let garbage = Data(repeating: 0x5A, count: 5000)
      try garbage.write(to: URL(fileURLWithPath: path))
      #expect(throws: StoreError.notResults(path: path)) { try Store.writing(to: folder.path) }
      #expect(throws: StoreError.notResults(path: path)) { try Store.reading(from: folder.path) }
      #expect(FileManager.default.contents(atPath: path) == garbage)
    }
  }

  @Test func `another program's database is refused and left alone`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(component: Store.fileName).path
      let other = try DatabaseQueue(path: path)
      try other.write { try $0.execute(sql: "CREATE TABLE photo (id INTEGER PRIMARY KEY)") }
      #expect(throws: StoreError.notResults(path: path)) { try Store.writing(to: folder.path) }
      #expect(
        try other.read { try String.fetchAll($0, sql: "SELECT name FROM sqlite_master") } == [
          "photo"
        ]
      )
    }
  }

  @Test func `a database of a newer version is refused`() throws {
    try withTemporaryFolder { folder in
      let store = try Store.writing(to: folder.path)
      try store.close()
      let newer = try DatabaseQueue(path: store.path)
      try newer.write {
        try $0.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('of the year 2100')")
      }
      #expect(throws: StoreError.newer(path: store.path)) { try Store.writing(to: folder.path) }
      #expect(throws: StoreError.newer(path: store.path)) { try Store.reading(from: folder.path) }
    }
  }

  @Test func `a folder that another program keeps to itself is waited for only so long`() throws {
    try withTemporaryFolder { folder in
      let holder = open(folder.path, O_RDONLY | O_CLOEXEC)
      defer { close(holder) }
      #expect(flock(holder, LOCK_EX) == 0)
      #expect(throws: StoreError.busy(path: folder.path)) {
        try Store.writing(to: folder.path, patience: .zero)
      }
      #expect(Store.patience < .seconds(10))
      #expect(flock(holder, LOCK_UN) == 0)
      try Store.writing(to: folder.path, patience: .zero).close()
    }
  }

  @Test func `the first fault of a check is no headline of SQLite's`() {
    let said = "*** in database main ***\nTree 5 page 9: btreeInitPage() returns error code 11\nx"
    #expect(Store.firstFault(of: said) == "Tree 5 page 9: btreeInitPage() returns error code 11")
    #expect(Store.firstFault(of: "row 1 missing from index i") == "row 1 missing from index i")
    #expect(Store.firstFault(of: "*** in database main ***") == "damaged")
  }

  @Test func `a database that is just being made is none yet`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(component: Store.fileName).path
      let missing = StoreError.missing(path: folder.path)
      try Data().write(to: URL(fileURLWithPath: path))
      #expect(throws: missing) { try Store.reading(from: folder.path) }
      // What another program has written of it before its first table.
      let half = try DatabaseQueue(path: path)
      try half.write {
        try $0.execute(sql: "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
      }
      try half.writeWithoutTransaction {
        try $0.execute(sql: "PRAGMA application_id = \(0x5357_4550)")
      }
      try half.close()
      #expect(throws: missing) { try Store.reading(from: folder.path) }
      try Store.writing(to: folder.path).close()
      #expect(try Store.reading(from: folder.path).sweeps().isEmpty)
    }
  }

  @Test func `who reads waits for who makes the database`() async throws {
    try await withTemporaryFolder { folder in
      for _ in 0..<20 {
        let inner = folder.appending(component: UUID().uuidString).path
        async let made: Void = Store.writing(to: inner).close()
        for _ in 0..<20 {
          do {
            _ = try Store.reading(from: inner).sweeps()
          } catch StoreError.missing {
            continue
          }
        }
        try await made
      }
    }
  }

  @Test func `a folder without results is told`() throws {
    _ = try withTemporaryFolder { folder in
      #expect(throws: StoreError.missing(path: folder.path)) {
        try Store.reading(from: folder.path)
      }
    }
  }

  @Test func `a folder that cannot be made is told with its reason`() throws {
    try withTemporaryFolder { folder in
      try Data().write(to: folder.appending(component: "file"))
      let path = folder.path + "/file/results"
      #expect {
        try Store.writing(to: path)
      } throws: { error in
        guard case StoreError.notWritable(path, let reason) = error else { return false }
        return !reason.isEmpty
      }
    }
  }

  @Test func `a network file system is refused with a local folder to use`() throws {
    _ = try withTemporaryFolder { folder in
      #expect {
        try Store.writing(to: folder.path, fileSystem: { _ in "nfs4" })
      } throws: { error in
        guard case StoreError.network(_, "nfs4", let local) = error else { return false }
        return local.hasPrefix("/var/tmp/")
      }
    }
  }

  @Test func `the file system of a folder is that of the longest mount point`() {
    let mounts = """
      22 1 0:20 / / rw shared:1 - ext4 /dev/sda1 rw
      30 22 0:30 / /home rw,nosuid shared:2 master:1 - nfs4 server:/home rw
      31 30 0:31 / /home/my\\040data rw - xfs /dev/sdb rw
      """
    #expect(fileSystem(of: "/home/me/results", mounts: mounts) == "nfs4")
    #expect(fileSystem(of: "/homes", mounts: mounts) == "ext4")
    #expect(fileSystem(of: "/home/my data/x", mounts: mounts) == "xfs")
    #expect(fileSystem(of: "/home", mounts: "") == nil)
  }

  @Test(arguments: [true, false])
  func `a database that is deleted or replaced while it is open is told`(isReplaced: Bool) throws {
    try withTemporaryFolder { folder in
      let store = try Store.writing(to: folder.path)
      let spec = try exampleSpec(#"{"name": "t", "command": ["x"], "seeds": 1}"#)
      func enroll(_ spec: Spec) throws {
        _ = try store.enroll(spec, file: "", provenance: .example, token: "t", takesOver: false)
      }
      try FileManager.default.removeItem(atPath: store.path)
      if isReplaced { try Data("other".utf8).write(to: URL(fileURLWithPath: store.path)) }
      #expect(throws: StoreError.replaced(path: store.path)) { try enroll(spec) }
    }
  }

  @Test func `a sweep that somebody works on is told at once, even while the database is held`()
    throws
  {
    try withTemporaryFolder { folder in
      let spec = try exampleSpec(#"{"name": "t", "command": ["x"], "seeds": 1}"#)
      let first = try Store.writing(to: folder.path)
      _ = try first.enroll(spec, file: "", provenance: .example, token: "1", takesOver: false)
      var configuration = Configuration()
      configuration.allowsUnsafeTransactions = true
      let suspended = try DatabaseQueue(path: first.path, configuration: configuration)
      try suspended.inDatabase { try $0.execute(sql: "BEGIN IMMEDIATE") }
      let clock = ContinuousClock()
      let start = clock.now
      #expect(throws: CoordinatorLock.Refusal.busy(pid: getpid(), host: Host.current.name)) {
        let second = try Store.writing(to: folder.path)
        _ = try second.enroll(spec, file: "", provenance: .example, token: "2", takesOver: false)
      }
      #expect(start.duration(to: clock.now) < .seconds(10))
      try suspended.inDatabase { try $0.execute(sql: "ROLLBACK") }
    }
  }
}

extension Provenance {
  /// The origin of a start that only a test makes.
  static let example = Provenance(
    specDigest: "00",
    commandLine: [],
    directory: "/",
    version: "0",
    trainerVersion: nil,
    command: ["x"],
    git: nil,
    host: .current,
    jobs: 1,
    limits: [:],
    fingerprints: [:]
  )
}
