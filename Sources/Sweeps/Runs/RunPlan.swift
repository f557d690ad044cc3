import Notation

/// What a start will do, against what the store holds.
package struct RunPlan: Sendable, Equatable {
  /// Planned runs that came to an end before, and stay as they are.
  package var kept = 0
  /// Of those, runs that are wanted this time and have no result.
  package var keptUnsuccessful = 0
  /// Indices in the grid of the runs to do, in its order.
  package var indices: [Int] = []
  /// Of those, runs of which the store knows nothing.
  package var new = 0
  /// Of those, runs that came to an end before and are repeated on purpose.
  package var repeated = 0
  /// Stored runs with a result that the spec does not plan any more; they stay in the store.
  package var dropped = 0
  package var ledger: Ledger
  /// What is stored of the runs to do, by their index in the grid; nothing of a run that is new.
  package var earlier: [Int: StoredRun] = [:]
  /// Stored runs that the spec as it was before did not plan.
  package var newlyPlanned: [PlannedRow] = []

  /// A stored run that a plan takes over.
  package struct PlannedRow: Sendable, Equatable {
    /// In the grid.
    package let index: Int
    package let rowID: Int64
  }

  /// Which of the runs that ended are done again.
  package struct Repeats: Sendable, Equatable {
    /// Those that failed, diverged or timed out.
    package let unsuccessful: Bool
    /// All of them.
    package let all: Bool

    package init(unsuccessful: Bool = false, all: Bool = false) {
      self.unsuccessful = unsuccessful
      self.all = all
    }

    func covers(_ status: RunStatus) -> Bool {
      switch status {
      case .pending, .running: true
      case .ok: all
      case .failed, .diverged, .timedOut: all || unsuccessful
      }
    }
  }

  /// Compares a grid with what is stored.
  ///
  /// - Parameters:
  ///   - ids: The id of every run that the spec plans, in the order of the grid; the same twice counts once.
  ///   - excluded: Cells that the spec leaves out.
  ///   - stored: What the store holds of the sweep.
  ///   - repeats: Which runs are done although they have ended.
  ///   - isPlanned: Says of an index in the grid whether its run is planned by now.
  ///   - isSelected: Says whether a run is wanted this time.
  package init(
    ids: some Sequence<String>,
    excluded: Int,
    stored: StoredRuns,
    repeats: Repeats,
    isPlanned: (Int) -> Bool = { _ in true },
    isSelected: (String) -> Bool = { _ in true }
  ) {
    // Ids are 16 hexadecimal digits; as numbers a million of them take a fifth of the memory.
    var seen: Set<UInt64> = []
    var counts: [RunStatus: Int] = [:]
    ledger = Ledger(planned: 0, excluded: excluded)
    for (index, id) in ids.enumerated()
    where isPlanned(index) {
      let number = UInt64(runID: id)
      guard seen.insert(number).inserted else { continue }
      let known = stored[number]
      // Nobody works on the sweep while its plan is made, so what still says running was lost.
      let status = known.map { $0.status == .running ? .pending : $0.status } ?? .pending
      counts[status, default: 0] += 1
      if let known, !known.isPlanned {
        newlyPlanned.append(PlannedRow(index: index, rowID: known.rowID))
      }
      guard isSelected(id), repeats.covers(status) else {
        if status.isConcluded { kept += 1 }
        if status.isConcluded, status != .ok, isSelected(id) { keptUnsuccessful += 1 }
        continue
      }
      indices.append(index)
      earlier[index] = known
      if known == nil { new += 1 }
      if status.isConcluded { repeated += 1 }
    }
    ledger = Ledger(planned: seen.count, excluded: excluded)
    for (status, count) in counts { ledger[status] = count }
    dropped = stored.concludedCount(outside: seen)
  }
}
