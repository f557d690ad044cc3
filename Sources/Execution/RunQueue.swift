import Notation
import Storage
package import Sweeps

/// What is still to do, what is under way, and when to give up: the decisions of a coordinator.
actor RunQueue {
  /// A run that a slot is to do.
  struct Assignment: Sendable {
    let place: Int
    /// Further attempts allowed in this start if this one fails.
    let retriesLeft: Int
    /// Attempts of this start at the same run before this one.
    let earlier: Int
  }

  private var places: ArraySlice<Int>
  private var retries: [Assignment] = []
  private let selected: Int
  private let limits: Limits
  private(set) var ledger: Ledger
  private(set) var reason: StopReason?
  private(set) var failures: [String: Record] = [:]
  private var failureOrder: [String] = []
  private var durations: SortedDurations
  private var opening: Opening?

  /// - Parameters:
  ///   - plan: What to do.
  ///   - limits: Of the spec.
  ///   - jobs: Programs at a time.
  ///   - durations: Seconds that finished runs of the sweep took before, for a timeout in per cent.
  init(plan: RunPlan, limits: Limits, jobs: Int, durations: [Double]) {
    places = plan.places[...]
    selected = plan.places.count
    ledger = plan.ledger
    self.limits = limits
    self.durations = SortedDurations(durations)
    opening = limits.halt == nil && plan.ledger.ok == 0 ? Opening(count: max(4, 2 * jobs)) : nil
  }

  /// The next run of a slot; nil when none is left or none may start.
  func next() -> Assignment? {
    guard reason == nil else { return nil }
    if let place = places.popFirst() {
      return Assignment(place: place, retriesLeft: limits.retries, earlier: 0)
    }
    // Last of all: what made a run fail may pass.
    return retries.isEmpty ? nil : retries.removeFirst()
  }

  /// Moves a run to the column of those that run.
  ///
  /// - Returns: The column in which it was, to which an interrupted attempt returns it.
  func begin(_ run: Run, stored: RunStatus) -> RunStatus {
    let earlier = failures[run.id]?.status ?? (stored == .running ? .pending : stored)
    ledger.move(from: earlier, to: .running)
    return earlier
  }

  /// Takes in an attempt that ended.
  ///
  /// - Parameters:
  ///   - record: How.
  ///   - assignment: As it was given.
  ///   - earlier: The status of the run before, to which an interrupted attempt returns it.
  /// - Returns: Whether it will be tried again, and the reason to stop when this ending is one.
  func ended(_ record: Record, _ assignment: Assignment, earlier: RunStatus) -> (
    willRetry: Bool, stop: StopReason?
  ) {
    let before = reason
    ledger.move(from: .running, to: record.status.isConcluded ? record.status : earlier)
    let id = record.run.id
    switch record.status {
    case .ok:
      failures[id] = nil
      durations.insert(record.duration.seconds)
      opening = nil
    case .failed, .diverged, .timedOut:
      if failures.updateValue(record, forKey: id) == nil { failureOrder.append(id) }
      judge(record)
    case .pending, .running: break
    }
    let mayHelp = record.status == .failed || record.status == .timedOut
    guard mayHelp, assignment.retriesLeft > 0, reason == nil else {
      return (false, before == nil ? reason : nil)
    }
    retries.append(
      Assignment(
        place: assignment.place,
        retriesLeft: assignment.retriesLeft - 1,
        earlier: assignment.earlier + 1
      )
    )
    return (true, nil)
  }

  /// Stops for a reason, unless there is one already.
  ///
  /// - Returns: Whether this is the first reason.
  func stop(_ reason: StopReason) -> Bool {
    guard self.reason == nil else { return false }
    self.reason = reason
    return true
  }

  /// The limit of one attempt as far as it is known.
  var timeout: Duration? {
    switch limits.timeout {
    case nil: nil
    case .duration(let limit): limit
    case .percentOfMedian(let percent): durations.median.map { .seconds($0 * percent / 100) }
    }
  }

  /// The records of runs that have no result, in the order in which they first failed.
  var openFailures: [Record] { failureOrder.compactMap { failures[$0] } }

  private func judge(_ record: Record) {
    if let halt = limits.halt, let why = halt.reason(failed: failures.count, of: selected) {
      _ = stop(.halted(why))
    }
    if let same = opening?.sameFailure(after: record) { _ = stop(same) }
  }
}

extension Limits.Halt {
  /// Why no further run starts after so many failures; nil while more may start.
  package func reason(failed: Int, of selected: Int) -> String? {
    switch self {
    case .never: nil
    case .firstFailure:
      failed > 0 ? "a run failed, and the spec says to halt at the first failure" : nil
    case .percentFailed(let percent):
      Double(failed) * 100 >= percent * Double(max(selected, 1)) && failed > 0
        ? "\(failed) of \(selected) runs failed, and the spec says to halt at \(JSONNumber(percent).text)%"
        : nil
    }
  }
}

/// The first endings of a sweep: when all of them are the same failure, the set-up is wrong and not a run.
struct Opening {
  private let count: Int
  private var first: (failure: Failure, lastLine: String)?
  private var seen = 0
  private var differs = false

  init(count: Int) {
    self.count = count
  }

  /// Takes in an ending without a result.
  ///
  /// - Returns: The reason to stop, once enough were the same.
  mutating func sameFailure(after record: Record) -> StopReason? {
    guard !differs, seen < count else { return nil }
    guard case .failed(let failure) = record.outcome else {
      differs = true
      return nil
    }
    let lastLine = record.lastLines.last ?? ""
    if let first, first != (failure, lastLine) {
      differs = true
      return nil
    }
    first = (failure, lastLine)
    seen += 1
    guard seen == count else { return nil }
    return .sameFailure(count: count, failure: failure.description, lastLine: lastLine)
  }
}

/// Durations in ascending order.
struct SortedDurations {
  /// A median of fewer says too little to end a run by it.
  static let least = 3

  private var seconds: [Double]

  init(_ seconds: [Double]) {
    self.seconds = seconds.sorted()
  }

  mutating func insert(_ value: Double) {
    var low = 0
    var high = seconds.count
    while low < high {
      let middle = (low + high) / 2
      if seconds[middle] < value { low = middle + 1 } else { high = middle }
    }
    seconds.insert(value, at: low)
  }

  /// The middle duration in seconds; nil while there are too few.
  var median: Double? {
    guard seconds.count >= Self.least else { return nil }
    let middle = seconds.count / 2
    return seconds.count.isMultiple(of: 2)
      ? (seconds[middle - 1] + seconds[middle]) / 2 : seconds[middle]
  }
}
