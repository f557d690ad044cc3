import Execution
import Foundation
package import Storage

/// A sweep that may be deleted, and the folder that goes with it.
package struct Removal: Sendable {
  package let sweep: SweepSummary
  package let folder: String
}

extension Laboratory {
  /// What deleting a sweep would take away.
  ///
  /// - Parameter name: The sweep's name in full.
  /// - Returns: What ``remove(_:)`` takes.
  /// - Throws: `StoreError`.
  package func removal(of name: String) throws -> Removal {
    try reading { store in
      let known = try store.sweeps()
      guard let sweep = known.first(where: { $0.isNamed(name) }) else {
        throw StoreError.unknownSweep(name, known: known.map(\.name))
      }
      let folder = SweepFolders(results: results, folder: sweep.folder).root
      return Removal(sweep: sweep, folder: folder)
    }
  }

  /// Deletes a sweep: its runs, logs, predictions and reports, what a cluster has of it, and what it has in folders that it
  /// shared with nodes.
  ///
  /// - Returns: The jobs that were cancelled.
  /// - Throws: `StoreError`, `CoordinatorLock.Refusal` while a coordinator works on it,
  ///   ``LaboratoryError/notCancelled(_:)``, or ``LaboratoryError/notDeleted(path:reason:)``.
  package func remove(_ removal: Removal) async throws -> [String] {
    let sweep = removal.sweep.id
    let (isIdle, batches) = try reading { store in
      (try store.coordinator(of: removal.sweep) == nil, try store.batchFolders(ofSweep: sweep))
    }
    let shared = Set(batches.map(ClusterFolder.init(ofBatchAt:))).filter {
      $0.path != removal.folder
    }
    // Elsewhere only what is known to be the sweep's is deleted.
    let runs = shared.isEmpty ? [] : try reading { try $0.runIDs(ofSweep: sweep) }
    // Where a coordinator is at work nothing is deleted, and nothing may be cancelled.
    let jobs = isIdle ? try await cancelJobs(of: removal.sweep) : []
    try writing { try $0.remove(removal.sweep) }
    for folder in shared {
      do {
        try folder.remove(batches: batches, runs: runs)
      } catch {
        throw LaboratoryError.notDeleted(path: folder.path, reason: reason(of: error))
      }
    }
    try delete(removal)
    return jobs
  }

  private func delete(_ removal: Removal) throws {
    guard FileManager.default.fileExists(atPath: removal.folder) else { return }
    do {
      try FileManager.default.removeItem(atPath: removal.folder)
    } catch {
      throw LaboratoryError.notDeleted(path: removal.folder, reason: reason(of: error))
    }
  }
}
