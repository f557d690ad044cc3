import Statistics
import Storage
import Sweeps
import Synchronization

/// What a coordinator needs to take the looks of a rule of seeds.
final class LookTaking: Sendable {
  let grid: Grid
  let options: CoordinatorOptions
  /// What was wanted so far.
  private let latest: Mutex<SeedDemand>

  init(grid: Grid, options: CoordinatorOptions, demand: SeedDemand) {
    self.grid = grid
    self.options = options
    latest = Mutex(demand)
  }

  /// Puts a demand in the place of the last one.
  ///
  /// - Returns: The last one.
  func exchange(_ demand: SeedDemand) -> SeedDemand {
    latest.withLock { latest in
      defer { latest = demand }
      return latest
    }
  }
}

extension Coordinator {
  /// Takes the look whose runs have all ended, and plans the runs that it brings.
  ///
  /// The look is in the chain before any of them is planned: killed in between, the next start finds the same look
  /// taken and plans the same runs.
  func takeLook(_ announce: @Sendable (SweepEvent) -> Void) async throws {
    guard let looks, let take = looks.options.demand else { return }
    let demand = try take(store, enrollment)
    let before = looks.exchange(demand)
    guard demand.sequence.taken > before.sequence.taken else {
      // Runs that this start was not asked for are missing.
      return await queue.extend(by: nil, mayFollow: false)
    }
    let grid = looks.grid
    let more = RunPlan(
      ids: grid.indices.lazy.map { grid.id(at: $0) },
      excluded: 0,
      stored: try store.storedRuns(of: enrollment),
      repeats: looks.options.repeats,
      isPlanned: { demand.asks(for: $0) && !before.asks(for: $0) },
      isSelected: looks.options.isSelected
    )
    try store.makeCurrent(
      enrollment,
      planned: await queue.ledger.planned + more.ledger.planned,
      excluded: grid.excludedCellCount,
      kept: more.newlyPlanned.lazy.map { (grid[$0.index], $0.rowID, $0.index) }
    )
    await queue.extend(by: more, mayFollow: !demand.sequence.isFinished)
    announce(.looked(await news(of: demand, added: more)))
  }

  private func news(of demand: SeedDemand, added: RunPlan) async -> LookNews {
    let sequence = demand.sequence
    let seeds = sequence.plan.schedule.seeds
    let states = sequence.walks.compactMap { $0.last?.look?.state }
    return LookNews(
      number: sequence.taken,
      looks: seeds.count,
      seeds: seeds[sequence.taken - 1],
      states: Dictionary(states.map { ($0, 1) }, uniquingKeysWith: +),
      added: added,
      next: sequence.isFinished ? nil : seeds[sequence.taken],
      ledger: await queue.ledger
    )
  }
}
