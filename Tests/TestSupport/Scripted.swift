package import Execution
import Foundation
package import Storage
package import Sweeps
import Synchronization

/// An executor that answers from a script: no processes, and no time passes.
package final class Scripted: Executor {
  /// What becomes of an attempt.
  package enum Answer: Sendable {
    /// Ends so after a time that is only written down; where that is over the limit, it is timed out instead.
    case ends(
      Outcome,
      Measurements = .loss(0.5),
      lastLines: [String] = [],
      after: Duration = .milliseconds(1)
    )
    /// Works until it is stopped or the limit becomes known.
    case works
    case vanishes
    case cannotBegin(any Error)
  }

  private struct State {
    var submitted: [Assignment] = []
    var working: [AttemptKey: Assignment] = [:]
    var limit: Duration?
    var isStopping = false
    var recovered: [AbandonedSession] = []
  }

  package let token = UUID().uuidString
  package let slots: Int
  package let devices: Devices
  package let events: AsyncStream<ExecutorEvent>
  private let continuation: AsyncStream<ExecutorEvent>.Continuation
  private let adopting: Set<String>
  private let script: @Sendable (Assignment) -> Answer
  private let state = Mutex(State())

  /// - Parameters:
  ///   - slots: Attempts at a time.
  ///   - devices: What the slots have to themselves.
  ///   - adopting: The handles of attempts of abandoned sessions that go on.
  ///   - script: What becomes of each attempt; by default each ends well.
  package init(
    slots: Int = 1,
    devices: Devices = .none,
    adopting: Set<String> = [],
    script: @escaping @Sendable (Assignment) -> Answer = { _ in .ends(.finished) }
  ) {
    self.slots = slots
    self.devices = devices
    self.adopting = adopting
    self.script = script
    (events, continuation) = AsyncStream.makeStream()
  }

  /// All that was handed in, in order.
  package var submitted: [Assignment] { state.withLock { $0.submitted } }
  /// The sessions that it was asked to recover.
  package var recovered: [AbandonedSession] { state.withLock { $0.recovered } }

  /// Tells the coordinator an event of the test's own.
  package func tell(_ event: ExecutorEvent) { continuation.yield(event) }

  package func start(recovering sessions: [AbandonedSession]) -> Recovery {
    state.withLock { $0.recovered = sessions }
    let adopted = sessions.flatMap(\.attempts).filter { adopting.contains($0.handle) }
    return Recovery(adopted: Set(adopted.map(\.key)))
  }

  package func submit(_ assignments: [Assignment]) {
    for assignment in assignments {
      let (limit, isStopping) = state.withLock { state in
        state.submitted.append(assignment)
        return (state.limit, state.isStopping)
      }
      if case .cannotBegin(let error) = script(assignment) {
        tell(.failed(assignment.key, error))
        continue
      }
      tell(.began(assignment.key, handle: "script \(assignment.slot)", at: Date()))
      guard !isStopping else {
        tell(.ended(record(of: assignment, .cancelled)))
        continue
      }
      switch script(assignment) {
      case .ends(let outcome, let measurements, let lastLines, let duration):
        if let limit, duration > limit {
          tell(.ended(record(of: assignment, .timedOut(after: limit), duration: limit)))
        } else {
          tell(.ended(record(of: assignment, outcome, measurements, lastLines, duration: duration)))
        }
      case .works: state.withLock { $0.working[assignment.key] = assignment }
      case .vanishes: tell(.lost(assignment.key))
      case .cannotBegin: break
      }
    }
    if let limit = state.withLock({ $0.limit }) { endWork { .timedOut(after: limit) } }
  }

  package func limitTime(to limit: Duration?) {
    state.withLock { $0.limit = limit }
    if let limit { endWork { .timedOut(after: limit) } }
  }

  package func stop() {
    state.withLock { $0.isStopping = true }
    endWork { .cancelled }
  }

  package func kill() { stop() }
  package func finish() { continuation.finish() }

  private func endWork(_ outcome: () -> Outcome) {
    let working = state.withLock { state in
      defer { state.working = [:] }
      return state.working.values
    }
    for assignment in working { tell(.ended(record(of: assignment, outcome()))) }
  }

  private func record(
    of assignment: Assignment,
    _ outcome: Outcome,
    _ measurements: Measurements = Measurements(),
    _ lastLines: [String] = [],
    duration: Duration = .zero
  ) -> Record {
    Record(
      run: assignment.run,
      attempt: assignment.attempt,
      outcome: outcome,
      measurements: outcome == .finished ? measurements : Measurements(),
      lastLines: lastLines,
      started: Date(),
      duration: duration
    )
  }
}

extension Measurements {
  /// A result that is one number, after the points of a curve.
  package static func loss(_ loss: Double, curve: [Double] = []) -> Measurements {
    var measurements = Measurements()
    measurements.final = ["loss": loss]
    measurements.curve = curve.enumerated().map {
      CurvePoint(unit: .epoch, position: Double($0 + 1), metrics: ["loss": $1])
    }
    return measurements
  }
}
