import Foundation
import Storage

/// What a sweep has in a folder outside its results, through which nodes of a cluster see it.
///
/// ```
/// slurm/BATCH                                what one batch shares with its tasks
/// runs/RUN                                   the runs' own folders
/// bin/sweep-DIGEST                           copies of the program
/// ```
package struct ClusterFolder: Sendable, Hashable {
  package let path: String

  package init(_ path: String) {
    self.path = path
  }

  /// The one that a batch was handed in through.
  package init(ofBatchAt folder: String) {
    path = ((folder as NSString).deletingLastPathComponent as NSString).deletingLastPathComponent
  }

  /// Takes away what is a sweep's own, and the folders that are empty then.
  ///
  /// A sweep of other results may have the same name and be here as well: its batches and its runs stay, and while there are
  /// some, so do the programs, which may be its own.
  ///
  /// - Parameters:
  ///   - batches: The folders of the sweep's batches, here or elsewhere.
  ///   - runs: The ids of its runs.
  /// - Throws: What keeps a folder from being deleted.
  package func remove(batches: [String], runs: [String]) throws {
    for batch in batches where ClusterFolder(ofBatchAt: batch) == self { try delete(batch) }
    for run in runs { try delete("\(path)/runs/\(run)") }
    guard isGone("slurm"), isGone("runs") else { return }
    let programs = path + "/bin"
    for name in (try? FileManager.default.contentsOfDirectory(atPath: programs)) ?? []
    where name.hasPrefix("sweep-") {
      try delete("\(programs)/\(name)")
    }
    if isGone("bin") { rmdir(path) }
  }

  /// Whether there is no such folder, once it was taken away where it was empty.
  private func isGone(_ name: String) -> Bool {
    rmdir("\(path)/\(name)") == 0 || errno == ENOENT
  }

  private func delete(_ path: String) throws {
    guard FileManager.default.fileExists(atPath: path) else { return }
    try FileManager.default.removeItem(atPath: path)
  }
}
