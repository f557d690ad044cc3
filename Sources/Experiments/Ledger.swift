/// The books of a sweep: every planned run stands in exactly one column.
package struct Ledger: Sendable, Equatable {
  package var ok = 0
  package var failed = 0
  package var diverged = 0
  package var timedOut = 0
  package var running = 0
  package var pending = 0
  /// The different runs that the spec plans.
  package let planned: Int
  /// Cells that the spec leaves out; they are not planned.
  package let excluded: Int

  package init(planned: Int, excluded: Int) {
    self.planned = planned
    self.excluded = excluded
  }

  /// The runs of one status.
  package subscript(status: RunStatus) -> Int {
    get { self[keyPath: Self.column(of: status)] }
    set { self[keyPath: Self.column(of: status)] = newValue }
  }

  /// Runs that came to an end, whatever end.
  package var concluded: Int { ok + failed + diverged + timedOut }
  /// Runs that ended without a result.
  package var unsuccessful: Int { failed + diverged + timedOut }

  /// Whether planned = ok + failed + diverged + timed out + running + pending.
  package var isBalanced: Bool {
    RunStatus.allCases.reduce(0) { $0 + self[$1] } == planned
      && RunStatus.allCases.allSatisfy { self[$0] >= 0 }
  }

  /// Moves one run from a column to another.
  package mutating func move(from: RunStatus, to: RunStatus) {
    self[from] -= 1
    self[to] += 1
  }

  private static func column(of status: RunStatus) -> any WritableKeyPath<Ledger, Int> & Sendable {
    switch status {
    case .pending: \.pending
    case .running: \.running
    case .ok: \.ok
    case .failed: \.failed
    case .diverged: \.diverged
    case .timedOut: \.timedOut
    }
  }
}

extension Ledger: CustomStringConvertible {
  /// The sum as it is checked: `78 planned = 70 ok + 2 failed + 0 diverged + 0 timed out + 2 running + 4 pending`.
  package var description: String {
    let sum = RunStatus.allCases.sorted { Self.order($0) < Self.order($1) }
      .map { "\(self[$0].grouped) \($0.words)" }.joined(separator: " + ")
    return "\(planned.grouped) planned = \(sum)"
      + (excluded > 0 ? " (\(excluded.grouped) cell\(excluded == 1 ? "" : "s") excluded)" : "")
  }

  private static func order(_ status: RunStatus) -> Int {
    switch status {
    case .ok: 0
    case .failed: 1
    case .diverged: 2
    case .timedOut: 3
    case .running: 4
    case .pending: 5
    }
  }
}

extension RunStatus {
  /// The status in a sentence.
  package var words: String {
    switch self {
    case .timedOut: "timed out"
    case .pending, .running, .ok, .failed, .diverged: rawValue
    }
  }
}

extension Int {
  /// Digits with commas between the thousands, whatever the machine's language.
  package var grouped: String {
    let digits = String(magnitude)
    var result = ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.count - place) % 3 == 0 { result += "," }
      result.append(digit)
    }
    return (self < 0 ? "-" : "") + result
  }
}

/// What a start will do, against what the store holds.
package struct RunPlan: Sendable, Equatable {
  /// Planned runs that came to an end before, and stay as they are.
  package var kept = 0
  /// Of those, runs that are wanted this time and have no result.
  package var keptUnsuccessful = 0
  /// Places in the grid of the runs to do, in its order.
  package var places: [Int] = []
  /// Of those, runs of which the store knows nothing.
  package var new = 0
  /// Of those, runs that came to an end before and are repeated on purpose.
  package var repeated = 0
  /// Stored runs with a result that the spec does not plan any more; they stay in the store.
  package var dropped = 0
  package var ledger: Ledger
  /// Places of stored runs that the spec as it was before did not plan.
  var newlyPlanned: [Int] = []

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
  ///   - stored: What the store holds of the sweep, by id.
  ///   - repeats: Which runs are done although they have ended.
  ///   - isSelected: Says whether a run is wanted this time.
  package init(
    ids: some Sequence<String>,
    excluded: Int,
    stored: [String: StoredRun],
    repeats: Repeats,
    isSelected: (String) -> Bool = { _ in true }
  ) {
    // Ids are 16 hexadecimal digits; as numbers a million of them take a fifth of the memory.
    var seen: Set<UInt64> = []
    var counts: [RunStatus: Int] = [:]
    ledger = Ledger(planned: 0, excluded: excluded)
    for (place, id) in ids.enumerated() where seen.insert(Self.number(id)).inserted {
      let known = stored[id]
      // Nobody works on the sweep while its plan is made, so what still says running was lost.
      let status = known.map { $0.status == .running ? .pending : $0.status } ?? .pending
      counts[status, default: 0] += 1
      if let known, !known.isPlanned { newlyPlanned.append(place) }
      guard isSelected(id), repeats.covers(status) else {
        if status.isConcluded { kept += 1 }
        if status.isConcluded, status != .ok, isSelected(id) { keptUnsuccessful += 1 }
        continue
      }
      places.append(place)
      if known == nil { new += 1 }
      if status.isConcluded { repeated += 1 }
    }
    ledger = Ledger(planned: seen.count, excluded: excluded)
    for (status, count) in counts { ledger[status] = count }
    dropped = stored.count { !seen.contains(Self.number($0.key)) && $0.value.status.isConcluded }
  }

  private static func number(_ id: String) -> UInt64 {
    guard let number = UInt64(id, radix: 16) else {
      preconditionFailure("the id '\(id)' is not 16 hexadecimal digits")
    }
    return number
  }
}
