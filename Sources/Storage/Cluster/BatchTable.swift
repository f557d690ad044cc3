package import Foundation
internal import GRDB
import Notation
package import Sweeps

/// Runs that were handed to a cluster together, as one array of tasks.
package struct Batch: Sendable, Equatable, Identifiable {
  package let id: Int64
  /// Its name at the cluster, which no other has.
  package let name: String
  /// The folder that it shares with its tasks.
  package let folder: String
  /// The cluster's job; nil until the cluster has said it, or was found to have it.
  package let job: String?
  package let tasks: Int
  package let runs: Int
  package let submitted: Date
  /// How it was handed in.
  package let settings: SlurmSettings
}

extension Store {
  /// Writes down that runs are about to be handed to a cluster, before they are.
  ///
  /// - Parameters:
  ///   - batch: The batch; its id and job are not looked at.
  ///   - sweepID: Whose runs they are.
  /// - Returns: The batch as it is stored.
  /// - Throws: ``StoreError``.
  package func begin(_ batch: Batch, ofSweep sweepID: Int64) throws -> Batch {
    try write { database in
      try database.execute(
        sql: """
          INSERT INTO batch (sweepId, name, folder, job, tasks, runs, submitted, settings, isOpen)
          VALUES (?, ?, ?, '', ?, ?, ?, ?, 1)
          """,
        arguments: [
          sweepID, batch.name, batch.folder, batch.tasks, batch.runs,
          batch.submitted.timeIntervalSince1970, batch.settings.json.text,
        ]
      )
      return batch.with(id: database.lastInsertedRowID, job: nil)
    }
  }

  /// Writes down which job of the cluster a batch is.
  ///
  /// - Throws: ``StoreError``.
  package func note(job: String, of batch: Batch) throws {
    try write { database in
      try database.execute(
        sql: "UPDATE batch SET job = ? WHERE id = ?",
        arguments: [job, batch.id]
      )
    }
  }

  /// Writes down that nothing more comes of a batch.
  ///
  /// - Throws: ``StoreError``.
  package func close(_ batch: Batch) throws {
    try write { database in
      try database.execute(sql: "UPDATE batch SET isOpen = 0 WHERE id = ?", arguments: [batch.id])
    }
  }

  /// The batches of which something may still come, oldest first.
  ///
  /// - Parameter sweepID: The sweep.
  /// - Returns: Those that were not closed.
  /// - Throws: ``StoreError``.
  package func openBatches(ofSweep sweepID: Int64) throws -> [Batch] {
    try read { database in
      // A database that no start has touched since the table came is read as it is.
      guard try database.tableExists("batch") else { return [] }
      return try Row.fetchAll(
        database,
        sql: "SELECT * FROM batch WHERE sweepId = ? AND isOpen ORDER BY id",
        arguments: [sweepID]
      ).map { row in
        let job: String = try row.value("job", of: "batch")
        return Batch(
          id: try row.value("id", of: "batch"),
          name: try row.value("name", of: "batch"),
          folder: try row.value("folder", of: "batch"),
          job: job.isEmpty ? nil : job,
          tasks: try row.value("tasks", of: "batch", as: Int.init(storedCount:)),
          runs: try row.value("runs", of: "batch", as: Int.init(storedCount:)),
          submitted: try row.value("submitted", of: "batch", as: Date.init(stored:)),
          settings: try row.value("settings", of: "batch") { (text: String) in
            JSON(line: text.utf8).flatMap(SlurmSettings.init)
          }
        )
      }
    }
  }

  /// The folders of all batches that a sweep ever had.
  ///
  /// - Throws: ``StoreError``.
  package func batchFolders(ofSweep sweepID: Int64) throws -> [String] {
    try read { database in
      guard try database.tableExists("batch") else { return [] }
      return try String.fetchAll(
        database,
        sql: "SELECT folder FROM batch WHERE sweepId = ? ORDER BY id",
        arguments: [sweepID]
      )
    }
  }

  /// The batches of a sweep by its name of which something may still come.
  ///
  /// - Throws: ``StoreError``.
  package func openBatches(ofSweep name: String) throws -> [Batch] {
    try sweepID(named: name).map { try openBatches(ofSweep: $0) } ?? []
  }

  /// Gives the sweep's lock back and leaves the session open: its attempts go on, and a later one finds them.
  ///
  /// - Throws: ``StoreError``.
  package func leave(sessionID: Int64) throws {
    try write { database in
      try database.execute(
        sql: "DELETE FROM coordinator WHERE sessionId = ?",
        arguments: [sessionID]
      )
    }
  }
}

extension Batch {
  package init(
    name: String,
    folder: String,
    tasks: Int,
    runs: Int,
    submitted: Date,
    settings: SlurmSettings
  ) {
    self.init(
      id: 0,
      name: name,
      folder: folder,
      job: nil,
      tasks: tasks,
      runs: runs,
      submitted: submitted,
      settings: settings
    )
  }

  /// The same batch under another id and job.
  package func with(id: Int64? = nil, job: String?) -> Batch {
    Batch(
      id: id ?? self.id,
      name: name,
      folder: folder,
      job: job,
      tasks: tasks,
      runs: runs,
      submitted: submitted,
      settings: settings
    )
  }
}
