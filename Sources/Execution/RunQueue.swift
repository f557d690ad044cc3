import Foundation
import Notation
import Storage
import Sweeps

/// What is still to do, what is under way, and when to give up: the decisions of a coordinator.
actor RunQueue {
  /// An attempt that the executor has.
  ///
  /// An object, for a cluster has a hundred thousand of them, and a table of values has room for as many again.
  final class OpenAttempt: Sendable {
    let assignment: Assignment
    /// The status of the run before, to which an interrupted attempt returns it.
    let earlier: RunStatus
    /// nil until the executor said that it began.
    let began: (handle: String, moment: Date, site: Site)?
    let predictionHead: String

    init(
      _ assignment: Assignment,
      earlier: RunStatus,
      began: (handle: String, moment: Date, site: Site)? = nil,
      predictionHead: String
    ) {
      self.assignment = assignment
      self.earlier = earlier
      self.began = began
      self.predictionHead = predictionHead
    }

    func entry(_ record: Record) -> Journal.Entry {
      Journal.Entry(
        record: record,
        index: assignment.index,
        slot: assignment.slot,
        handle: began?.handle ?? "",
        predictionHead: predictionHead
      )
    }
  }

  private let grid: Grid
  /// What was stored at the start of the runs to do, by index.
  private var stored: [Int: StoredRun]
  private let limits: Limits
  private let slots: Int
  private var selected: Int
  private var indices: ArraySlice<Int>
  /// Runs to try once more, after all others: what made them fail may pass.
  private var retries: [Int] = []
  /// Attempts of this start that are to be followed by another, by index of the run.
  private var endedOfIndex: [Int: (count: Int, failed: Int)] = [:]
  private var open: [AttemptKey: OpenAttempt] = [:]
  /// The runs of the open attempts.
  private var openRuns: Set<String> = []
  /// Attempts beyond those at work, by run; they are numbered when these have come to their ends.
  private var surplus: [String: [SurplusAttempt]] = [:]
  /// How many attempts at a run were written down besides those that this start made.
  private var surplusCounts: [String: Int] = [:]
  private var freeSlots: [Int] = []
  /// Slots from here on were never used.
  private var nextSlot = 0
  private var rest: DeviceRest
  private var predictionHead: String
  private(set) var ledger: Ledger
  private(set) var reason: StopReason?
  /// What kept the store or the executor from working.
  private(set) var failure: (any Error)?
  private var failures: [String: Record] = [:]
  private var failureOrder: [String] = []
  private var durations: SortedDurations
  private var opening: Opening?
  /// Whether a look may bring more runs, and whether one is being taken.
  private var looks: (mayFollow: Bool, isTaken: Bool)

  /// - Parameters:
  ///   - plan: What to do.
  ///   - grid: All runs of the spec.
  ///   - limits: Of the spec.
  ///   - slots: Attempts at a time.
  ///   - durations: Seconds that finished runs of the sweep took before, for a timeout in per cent.
  ///   - predictionHead: The head of the chain of predictions at the start.
  ///   - devices: What the slots have to themselves.
  ///   - programs: How many work at the same time; as many as there are slots where it is nil.
  ///   - hasLooks: Whether a look may bring more runs than the plan has.
  init(
    plan: RunPlan,
    grid: Grid,
    limits: Limits,
    slots: Int,
    durations: [Double],
    predictionHead: String,
    devices: Devices = .none,
    programs: Int? = nil,
    hasLooks: Bool = false
  ) {
    rest = DeviceRest(devices, keepsLast: limits.halt == .never)
    looks = (hasLooks, false)
    indices = plan.indices[...]
    selected = plan.indices.count
    ledger = plan.ledger
    self.grid = grid
    stored = plan.earlier
    self.limits = limits
    self.slots = slots
    self.predictionHead = predictionHead
    self.durations = SortedDurations(durations)
    opening =
      limits.halt == nil && plan.ledger.ok == 0
      ? Opening(count: max(4, 2 * (programs ?? slots))) : nil
  }

  /// The attempts that may begin now: as many as there are slots for, none after a reason to stop.
  func take() -> [Assignment] {
    var taken: [Assignment] = []
    while reason == nil, open.count < slots, !(indices.isEmpty && retries.isEmpty),
      let slot = awakeSlot()
    {
      let index = indices.popFirst() ?? retries.removeFirst()
      let run = grid[index]
      let made = endedOfIndex[index]?.count ?? 0
      let number = (stored[index]?.attempts ?? 0) + made + (surplusCounts[run.id] ?? 0) + 1
      taken.append(add(Assignment(run: run, index: index, attempt: number, slot: slot)))
    }
    return taken
  }

  /// Whether nothing is open and nothing may begin.
  var isIdle: Bool {
    open.isEmpty && !looks.isTaken && (reason != nil || (indices.isEmpty && retries.isEmpty))
  }

  /// Claims the right to take a look, which one caller gets when all that was wanted has ended.
  func claimLook() -> Bool {
    guard looks.mayFollow, isIdle, reason == nil else { return false }
    looks.isTaken = true
    return true
  }

  /// Takes in the runs that a look brought.
  ///
  /// - Parameters:
  ///   - more: What is to be done beyond all plans before; nil where the look could not be taken.
  ///   - mayFollow: Whether another look may come.
  func extend(by more: RunPlan?, mayFollow: Bool) {
    looks = (mayFollow, false)
    guard let more else { return }
    stored.merge(more.earlier) { $1 }
    indices += more.indices
    selected += more.indices.count
    ledger.add(more.ledger)
  }

  /// Takes in attempts of earlier sessions that go on, in place of new ones at their runs.
  func adopt(_ attempts: [AbandonedSession.Attempt]) -> [Assignment] {
    guard !attempts.isEmpty else { return [] }
    // An attempt that began has a row, and so has its run.
    var indexOfRun: [String: Int] = [:]
    for index in stored.keys { indexOfRun[grid.id(at: index)] = index }
    let adopted = attempts.compactMap { attempt -> Assignment? in
      guard let index = indexOfRun[attempt.key.run] else { return nil }
      let assignment = Assignment(
        run: grid[index],
        index: index,
        attempt: attempt.key.number,
        slot: freeSlot()
      )
      _ = add(assignment)
      _ = begin(
        attempt.key,
        handle: attempt.handle,
        at: attempt.started,
        site: Site(),
        predictionHead: nil
      )
      return assignment
    }
    let taken = Set(adopted.map(\.index))
    indices = indices.filter { !taken.contains($0) }[...]
    return adopted
  }

  private func add(_ assignment: Assignment) -> Assignment {
    let status = stored[assignment.index]?.status ?? .pending
    openRuns.insert(assignment.run.id)
    open[assignment.key] = OpenAttempt(
      assignment,
      earlier: failures[assignment.run.id]?.status ?? (status == .running ? .pending : status),
      predictionHead: predictionHead
    )
    return assignment
  }

  private func freeSlot() -> Int {
    if let slot = freeSlots.popLast() { return slot }
    defer { nextSlot += 1 }
    return nextSlot
  }

  /// A free slot whose device takes runs; nil where there is none.
  private func awakeSlot() -> Int? {
    if let place = freeSlots.lastIndex(where: rest.isAwake) { return freeSlots.remove(at: place) }
    while nextSlot < slots {
      defer { nextSlot += 1 }
      if rest.isAwake(nextSlot) { return nextSlot }
      freeSlots.append(nextSlot)
    }
    return nil
  }

  func attempt(_ key: AttemptKey) -> OpenAttempt? { open[key] }

  /// Moves a run to the column of those that run.
  ///
  /// - Parameters:
  ///   - key: The attempt's.
  ///   - handle: What the executor finds it again by.
  ///   - moment: When it began.
  ///   - site: Where it is.
  ///   - head: The head of the chain of predictions; nil where it is not known anew.
  /// - Returns: The attempt; nil where it is not open, or began before.
  func begin(
    _ key: AttemptKey,
    handle: String,
    at moment: Date,
    site: Site,
    predictionHead head: String?
  ) -> OpenAttempt? {
    guard let waiting = open[key], waiting.began == nil else { return nil }
    if let head { predictionHead = head }
    let attempt = OpenAttempt(
      waiting.assignment,
      earlier: waiting.earlier,
      began: (handle, moment, site),
      predictionHead: predictionHead
    )
    open[key] = attempt
    ledger.move(from: attempt.earlier, to: .running)
    return attempt
  }

  /// Takes in an attempt that ended.
  ///
  /// - Returns: Whether its run will be tried again, the reason to stop when this ending is one, and the device that
  ///   is rested because of it.
  func ended(_ record: Record) -> (willRetry: Bool, stop: StopReason?, rested: String?) {
    guard let attempt = close(record.key) else { return (false, nil, nil) }
    let index = attempt.assignment.index
    let before = reason
    let (count, failed) = endedOfIndex[index] ?? (0, 0)
    let isLost = record.outcome == .lost
    let mayHelp = record.status == .failed || record.status == .timedOut
    let hasRetry = mayHelp && failed < limits.retries
    ledger.move(from: .running, to: record.status.isConcluded ? record.status : attempt.earlier)
    let id = record.run.id
    switch record.status {
    case .ok:
      failures[id] = nil
      durations.insert(record.duration.seconds)
      opening = nil
    case .failed, .diverged, .timedOut:
      if failures.updateValue(record, forKey: id) == nil { failureOrder.append(id) }
      judge(record, isLast: !hasRetry)
    case .pending, .running: break
    }
    let rested = rest.ended(record.status, in: attempt.assignment.slot)
    if rest.isComplete { _ = stop(.noDevice(rested: rest.rested, failures: DeviceRest.limit)) }
    // An attempt that vanished is no try that its program had.
    guard reason == nil, isLost || hasRetry else {
      return (false, before == nil ? reason : nil, rested)
    }
    endedOfIndex[index] = (count + 1, failed + (isLost ? 0 : 1))
    retries.append(index)
    return (true, nil, rested)
  }

  /// The record of an attempt that vanished for a reason; nil where it is not open.
  func record(ofLost key: AttemptKey, because reason: String) -> Record? {
    open[key].map { attempt in
      Record(
        run: attempt.assignment.run,
        attempt: key.number,
        outcome: .lost,
        measurements: Measurements(),
        lastLines: reason.isEmpty ? [] : [reason],
        started: attempt.began?.moment ?? Date(),
        duration: .zero,
        site: attempt.began?.site ?? Site()
      )
    }
  }

  /// Takes in an attempt that nobody waits for.
  ///
  /// - Returns: Whether it can be written down at once; else it is among ``surplus(of:)`` when the run's own has ended.
  func admits(_ attempt: SurplusAttempt) -> Bool {
    if openRuns.contains(attempt.run) {
      surplus[attempt.run, default: []].append(attempt)
      return false
    }
    surplusCounts[attempt.run, default: 0] += 1
    return true
  }

  /// The attempts besides the one that has just ended, which can be written down.
  func surplus(of run: String) -> [SurplusAttempt] {
    let attempts = surplus.removeValue(forKey: run) ?? []
    if !attempts.isEmpty { surplusCounts[run, default: 0] += attempts.count }
    return attempts
  }

  /// Takes back that an attempt was counted, which was one in the books already.
  func forget(_ attempt: SurplusAttempt) { surplusCounts[attempt.run, default: 1] -= 1 }

  /// Forgets an attempt whose end cannot be kept.
  func drop(_ key: AttemptKey) {
    _ = close(key)
  }

  private func close(_ key: AttemptKey) -> OpenAttempt? {
    guard let attempt = open.removeValue(forKey: key) else { return nil }
    openRuns.remove(key.run)
    freeSlots.append(attempt.assignment.slot)
    return attempt
  }

  /// Stops for a reason, unless there is one already.
  ///
  /// - Returns: Whether this is the first reason.
  func stop(_ reason: StopReason) -> Bool {
    guard self.reason == nil else { return false }
    self.reason = reason
    return true
  }

  /// Stops because the store or the executor does not work.
  func fail(_ error: any Error) {
    failure = failure ?? error
    _ = stop(.storage)
  }

  /// The limit of one attempt as far as it is known.
  var timeout: Duration? {
    switch limits.timeout {
    case nil: nil
    case .duration(let limit): limit
    case .percentOfMedian(let percent):
      durations.median.map {
        .seconds(min($0 * percent / 100, Self.longestTimeout))
      }
    }
  }

  /// Seconds beyond which a limit is none; a duration holds no number of any size.
  private static let longestTimeout = 1e9

  /// The records of runs that have no result, in the order in which they first failed.
  var openFailures: [Record] { failureOrder.compactMap { failures[$0] } }

  /// Looks for a reason to stop.
  ///
  /// A failure that is tried again says nothing yet of the set-up: what made it fail may pass.
  private func judge(_ record: Record, isLast: Bool) {
    if let halt = limits.halt, let why = halt.reason(failed: failures.count, of: selected) {
      _ = stop(.halted(why))
    }
    if isLast, let same = opening?.sameFailure(after: record) { _ = stop(same) }
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
