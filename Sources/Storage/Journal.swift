import Foundation
internal import GRDB
package import Sweeps

/// What a coordinator writes down while it works: attempts that began, and attempts that ended.
///
/// Many results share one commit: what arrives while a commit is under way goes into the next one, and
/// ``save(_:)`` returns only when its result is on the disk.
package actor Journal {
  /// An attempt at a run, and where it belongs.
  package struct Entry: Sendable {
    package let record: Sweeps.Record
    /// The run's index in the grid.
    package let index: Int
    package let slot: Int
    /// What the executor finds the attempt again by.
    package let handle: String
    /// The head of the sweep's chain of predictions when the attempt began.
    package let predictionHead: String

    package init(
      record: Sweeps.Record,
      index: Int,
      slot: Int,
      handle: String,
      predictionHead: String
    ) {
      self.record = record
      self.index = index
      self.slot = slot
      self.handle = handle
      self.predictionHead = predictionHead
    }
  }

  /// How long a beginning may wait for a commit that it can share.
  private static let delay = Duration.milliseconds(50)

  private let store: Store
  private let writer: AttemptWriter
  private var entries: [Entry] = []
  private var waiting: [CheckedContinuation<Void, any Error>] = []
  private var isCommitting = false
  private var isDelayed = false
  /// Why an earlier commit failed; the writer's memory of rows is wrong from then on.
  private var failure: (any Error)?

  package init(store: Store, enrollment: Enrollment, sessionID: Int64) {
    self.store = store
    writer = AttemptWriter(enrollment: enrollment, sessionID: sessionID)
  }

  /// Writes down that an attempt began, within a moment.
  package func note(_ entry: Entry) {
    entries.append(entry)
    guard !isCommitting, !isDelayed, failure == nil else { return }
    isDelayed = true
    Task {
      try? await Task.sleep(for: Self.delay)
      isDelayed = false
      if !isCommitting, !entries.isEmpty { commit() }
    }
  }

  /// Writes down how an attempt ended, and returns when that is durable.
  ///
  /// - Throws: ``StoreError``; the result is then not stored.
  package func save(_ entry: Entry) async throws {
    if let failure { throw failure }
    try await withCheckedThrowingContinuation { continuation in
      entries.append(entry)
      waiting.append(continuation)
      if !isCommitting { commit() }
    }
  }

  private func commit() {
    isCommitting = true
    let batch = entries
    let continuations = waiting
    entries = []
    waiting = []
    Task {
      let result = await store.commit(batch, with: writer)
      if case .failure(let error) = result { failure = error }
      for continuation in continuations { continuation.resume(with: result) }
      isCommitting = false
      if let failure {
        for continuation in waiting { continuation.resume(throwing: failure) }
        waiting = []
      } else if !waiting.isEmpty {
        commit()
      }
    }
  }
}

extension Store {
  /// Writes a batch in one durable transaction, away from the threads that tasks run on.
  fileprivate func commit(_ batch: [Journal.Entry], with attempts: AttemptWriter) async
    -> Result<Void, any Error>
  {
    guard let writer else { preconditionFailure("a store that was opened for reading is written") }
    do {
      try await writer.writeWithoutTransaction { database in
        try database.inTransaction(.immediate) {
          for entry in batch { try attempts.write(entry, database) }
          return .commit
        }
      }
      try checkFile()
      return .success(())
    } catch {
      return .failure(StoreError.meaning(of: error, path: path))
    }
  }
}
