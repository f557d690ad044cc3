package import Execution
import Storage
package import Sweeps

/// A sweep whose lock is held: it can be run once, or let go.
package struct StartedSweep: Sendable {
  let laboratory: Laboratory
  package let spec: Spec
  /// What makes results of earlier starts those of something else, in sentences.
  package let warnings: [String]
  let store: Store
  let coordinator: Coordinator

  /// What will be done.
  package var plan: RunPlan { coordinator.plan }
  /// How long that will take; nil where nothing is known of the runs' durations.
  package var estimate: TimeEstimate? { coordinator.estimate }

  /// Gives the lock back without having done anything.
  ///
  /// - Throws: `StoreError`.
  package func withdraw() throws {
    try coordinator.withdraw()
    try store.close()
  }

  /// Decides whether results are told while the sweep runs.
  ///
  /// - Throws: `StoreError`.
  package func disclosure(_ request: Disclosure.Request) throws -> Disclosure {
    let sweep = try store.sweep(matching: spec.name)
    return try laboratory.disclosure(of: sweep, in: store, request, hasResults: true)
  }

  /// Does all that is planned.
  ///
  /// - Parameters:
  ///   - disclosure: As it was decided for this sweep; without results in it, none are told.
  ///   - announce: Is told what happens, each result only when it is durable.
  /// - Returns: Where the sweep stands afterwards.
  /// - Throws: `StoreError`, or why the predictions cannot be read.
  package func run(
    _ disclosure: Disclosure,
    announce: @escaping @Sendable (SweepEvent) -> Void
  ) async throws -> SweepEnd {
    precondition(disclosure.sweep == spec.name, "a disclosure of '\(disclosure.sweep)'")
    let end = try await coordinator.run {
      announce(disclosure.showsResults ? $0 : $0.withoutResults)
    }
    try store.close()
    return disclosure.showsResults ? end : end.withoutResults
  }

  /// Starts nothing more and asks the programs at work to end.
  package func interrupt(announce: @escaping @Sendable (SweepEvent) -> Void) async {
    await coordinator.stop(.interrupted, announce: announce)
  }

  /// Ends the programs at work at once.
  package func kill() { coordinator.kill() }
}

extension SweepEvent {
  fileprivate var withoutResults: SweepEvent {
    switch self {
    case .ended(let record, let ledger, let willRetry):
      .ended(record.withoutResults, ledger, willRetry: willRetry)
    case .looked(let news): .looked(news.withoutStates)
    case .planned, .endedLeftovers, .began, .rested, .noted, .stopping: self
    }
  }
}

extension LookNews {
  fileprivate var withoutStates: LookNews {
    var news = self
    news.states = nil
    return news
  }
}

extension SweepEnd {
  fileprivate var withoutResults: SweepEnd {
    var end = self
    end.failures = failures.map(\.withoutResults)
    return end
  }
}
