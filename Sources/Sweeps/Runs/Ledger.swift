import Notation

/// The books of a sweep: every planned run stands in exactly one column.
package struct Ledger: Sendable, Equatable {
  package var ok = 0
  package var failed = 0
  package var diverged = 0
  package var timedOut = 0
  package var running = 0
  package var pending = 0
  /// The different runs that the spec plans.
  package private(set) var planned: Int
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

  /// Takes in the books of further runs.
  package mutating func add(_ more: Ledger) {
    planned += more.planned
    for status in RunStatus.allCases { self[status] += more[status] }
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
