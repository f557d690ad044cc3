package import Foundation
package import Storage
package import Sweeps

/// Makes attempts at runs somewhere, and tells what becomes of them.
///
/// The coordinator decides which attempts are made and when to give up; an executor knows where they are made,
/// and which of them outlive the coordinator that asked for them.
package protocol Executor: Sendable {
  /// Names what this executor starts, in the store and in whatever a later session finds of it.
  var token: String { get }
  /// Attempts that it takes at the same time; it is never given more.
  var slots: Int { get }
  /// Programs that are at work at the same time; the attempts beyond wait for their turn.
  var programs: Int { get }
  /// What its slots have to themselves.
  var devices: Devices { get }
  /// What becomes of the attempts, as it becomes known; ends with ``finish()``.
  var events: AsyncStream<ExecutorEvent> { get }

  /// Takes up work, and settles what earlier sessions left behind.
  ///
  /// - Parameter sessions: Those that never came to their end, with the attempts that were open.
  /// - Returns: Which of the attempts go on; all others are lost.
  /// - Throws: What keeps it from working.
  func start(recovering sessions: [AbandonedSession]) async throws -> Recovery

  /// Makes attempts; returns before they begin.
  func submit(_ assignments: [Assignment])

  /// Says how long an attempt may take, those at work included; nil while that is not known.
  func limitTime(to limit: Duration?)

  /// Says that an attempt's end is in the store, so that nothing of it need be kept elsewhere.
  func stored(_ record: Record)

  /// Asks all attempts to end; what is submitted afterwards ends at once.
  func stop()

  /// Takes back what was submitted and has not begun; what is at work goes on to its end.
  func withdraw()

  /// Whether attempts go on without this process.
  var outlivesCoordinator: Bool { get }

  /// Lets the attempts go on without this process, of which nothing more is told.
  func leave()

  /// Whether attempts were left that go on.
  var hasLeft: Bool { get }

  /// Makes all attempts end at once.
  func kill()

  /// Lets go of everything, once no attempt is open; a second call changes nothing.
  func finish() async
}

extension Executor {
  package var programs: Int { slots }
  package var devices: Devices { .none }
  package var outlivesCoordinator: Bool { false }
  package var hasLeft: Bool { false }
  package func leave() { stop() }
  package func withdraw() {}
  package func stored(_ record: Record) {}
}

/// What an executor tells of an attempt.
package enum ExecutorEvent: Sendable {
  /// It is at work; the handle is for the executor itself, when it recovers the attempt in a later session.
  case began(AttemptKey, handle: String, at: Date, site: Site = Site())
  /// It came to an end, whatever end; it may never have begun.
  case ended(Record)
  /// It vanished without an end, so that its run is free again.
  case lost(AttemptKey, because: String = "")
  /// A run that has its end, or another attempt under way, was begun by one that nobody had heard of.
  case surplus(SurplusAttempt)
  /// It could not be made, through no fault of its program: nothing else can be made either.
  case failed(AttemptKey, any Error)
  /// It was taken back before it began, and will not be made.
  case returned(AttemptKey)
  /// Nothing works any more, through no fault of any program.
  case broken(any Error)
  /// Something that people should know.
  case noted(String)
}

/// An attempt at a run that is to be made.
package struct Assignment: Sendable {
  package let run: Run
  /// The run's index in the grid.
  package let index: Int
  /// Counts the attempts at the run from 1.
  package let attempt: Int
  /// Tells it from those that are made at the same time; less than the executor's slots.
  package let slot: Int

  package init(run: Run, index: Int, attempt: Int, slot: Int) {
    self.run = run
    self.index = index
    self.attempt = attempt
    self.slot = slot
  }

  package var key: AttemptKey { AttemptKey(run: run.id, number: attempt) }
}

/// What became of the attempts that earlier sessions left open.
package struct Recovery: Sendable, Equatable {
  /// Attempts that go on, and whose events are still to come; where a run is not wanted any more they are ignored.
  package let adopted: Set<AttemptKey>
  /// Programs that were still there and were ended.
  package let ended: Int

  package init(adopted: Set<AttemptKey> = [], ended: Int = 0) {
    self.adopted = adopted
    self.ended = ended
  }
}
