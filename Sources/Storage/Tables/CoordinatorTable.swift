import Foundation
internal import GRDB
import Notation
import Sweeps

/// The row that says which process works on a sweep.
///
/// It is taken and judged inside one writing transaction, so that of two programs that find the same
/// dead owner only one follows it.
package enum CoordinatorLock {
  /// Why a second coordinator may not start.
  package enum Refusal: Error, Sendable, Equatable {
    /// A living process of this machine works on the sweep.
    case busy(pid: Int32, host: String)
    /// A process of another machine or container did when it was last heard of; whether it lives cannot be seen from here.
    case elsewhere(pid: Int32, host: String)
  }

  /// Refuses where another process holds the lock.
  static func check(_ database: Database, sweepID: Int64, host: Sweeps.Host, takesOver: Bool) throws
  {
    guard let owner = try owner(database, sweepID: sweepID) else { return }
    if host.hides(name: owner.host, boot: owner.boot) {
      guard takesOver else {
        throw Refusal.elsewhere(pid: owner.process.pid, host: owner.host)
      }
      return
    }
    if owner.boot == host.boot, owner.process.isAlive {
      throw Refusal.busy(pid: owner.process.pid, host: owner.host)
    }
  }

  static func take(_ database: Database, sweepID: Int64, sessionID: Int64, host: Sweeps.Host) throws
  {
    let process = ProcessIdentity.current
    try database.execute(
      sql: """
        INSERT OR REPLACE INTO coordinator (sweepId, sessionId, host, boot, pid, processStart)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
      arguments: [sweepID, sessionID, host.name, host.boot, process.pid, process.start]
    )
  }

  struct Owner {
    let host: String
    let boot: String
    let process: ProcessIdentity
  }

  static func owner(_ database: Database, sweepID: Int64) throws -> Owner? {
    try Row.fetchOne(
      database,
      sql: "SELECT host, boot, pid, processStart FROM coordinator WHERE sweepId = ?",
      arguments: [sweepID]
    ).map { row in
      Owner(
        host: try row.value("host", of: "coordinator"),
        boot: try row.value("boot", of: "coordinator"),
        process: ProcessIdentity(
          pid: try row.value("pid", of: "coordinator"),
          start: try row.value("processStart", of: "coordinator")
        )
      )
    }
  }

  /// Says whether a living process of this machine, or one of another machine, works on a sweep.
  static func isHeld(_ database: Database, sweepID: Int64) throws -> Bool {
    guard let owner = try owner(database, sweepID: sweepID) else { return false }
    let host = Host.current
    return host.hides(name: owner.host, boot: owner.boot)
      || (owner.boot == host.boot && owner.process.isAlive)
  }
}

extension Store {
  /// The process that works on a sweep, and the token of its executor; nil where none does.
  ///
  /// - Throws: ``StoreError``.
  package func coordinator(of sweep: SweepSummary) throws
    -> (pid: Int32, host: String, token: String)?
  {
    try read { database in
      guard try CoordinatorLock.isHeld(database, sweepID: sweep.id) else { return nil }
      let token = try String.fetchOne(
        database,
        sql: """
          SELECT session.token FROM coordinator JOIN session ON session.id = coordinator.sessionId
          WHERE coordinator.sweepId = ?
          """,
        arguments: [sweep.id]
      )
      return try CoordinatorLock.owner(database, sweepID: sweep.id).map {
        ($0.process.pid, $0.host, token ?? "")
      }
    }
  }
}

extension CoordinatorLock.Refusal: CustomStringConvertible {
  package var description: String {
    switch self {
    case .busy(let pid, let host):
      "Another 'sweep run' works on this sweep: process \(pid) on \(host). Wait for it, or end it with 'kill \(pid)'."
    case .elsewhere(let pid, let host):
      "Process \(pid) on the machine \(host), or in a container of it, has this sweep's lock. When nothing runs there any more, add --take-over to clear it."
    }
  }
}
