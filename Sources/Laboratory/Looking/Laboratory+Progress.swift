package import Foundation
import Storage
package import Sweeps

extension Laboratory {
  /// How a sweep stands, to be looked at again and again while it runs.
  ///
  /// It digests no data and reads no curve but the baseline's.
  ///
  /// - Parameters:
  ///   - name: The sweep's name in full.
  ///   - now: The time that runs at work are measured to.
  /// - Returns: nil before the sweep was started.
  /// - Throws: `StoreError`, `SpecFaults`, or `SpecError`.
  package func progress(of name: String, at now: Date = Date()) throws -> SweepProgress? {
    let found = try readingIfStarted { store -> SweepProgress? in
      guard let sweep = try store.sweeps().first(where: { $0.isNamed(name) }) else { return nil }
      let spec = try Spec.stored(
        text: try store.specText(of: sweep),
        directory: store.folder,
        trainer: builtInTrainer
      )
      let standings = try store.standings(ofRuns: sweep)
      return try SweepProgress(
        of: spec,
        standings: standings,
        ledger: sweep.ledger,
        isRunning: sweep.isRunning,
        jobs: try store.provenance(of: sweep).last?.jobs ?? 1,
        at: now,
        baseline: try baseline(of: spec, standings, sweep, in: store)
      )
    }
    return found ?? nil
  }

  /// The runs of the baseline cell that finished, with their curves.
  private func baseline(
    of spec: Spec,
    _ standings: [RunStanding],
    _ sweep: SweepSummary,
    in store: Store
  ) throws -> [SweepProgress.BaselineRun] {
    let cells = try Cells(spec)
    guard let cell = cells.index(of: spec.axes.map { _ in 0 }) else { return [] }
    let ids = standings.filter { $0.status == .ok && $0.index % cells.count == cell }.map(\.id)
    return try store.records(of: sweep, runs: ids).map { record in
      SweepProgress.BaselineRun(
        seed: record.run.seed,
        curve: Curve(run: record.run.id, points: record.measurements.curve),
        final: record.measurements.final
      )
    }
  }
}
