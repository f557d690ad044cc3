import ArgumentParser
import Execution
import Notation
import Storage
import Sweeps
import Foundation
import Synchronization

/// Counts calls, whatever thread they come from.
final class Counter: Sendable {
  private let count = Mutex(0)

  func next() -> Int {
    count.withLock { count in
      count += 1
      return count
    }
  }
}

/// What a start would do, without taking the lock or writing anything.
func plannedRuns(
  _ grid: Grid,
  spec: Spec,
  folder: String,
  repeats: RunPlan.Repeats,
  isSelected: (String) -> Bool
) throws -> RunPlan {
  var stored: [String: StoredRun] = [:]
  if FileManager.default.fileExists(atPath: folder + "/" + Store.fileName) {
    stored = try readingStore(folder) { try $0.storedRuns(ofSweep: spec.name) }
  }
  return RunPlan(
    ids: grid.indices.lazy.map { grid.id(at: $0) },
    excluded: grid.excludedCellCount,
    stored: stored,
    repeats: repeats,
    isSelected: isSelected
  )
}
