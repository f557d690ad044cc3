import Execution
import Foundation
package import Reports
import Storage
import Sweeps

extension Laboratory {
  /// The learning curves of the baseline cell, of its runs at work as far as they have come.
  ///
  /// One cell is no contrast, so that they are shown while questions are sealed.
  ///
  /// - Parameter name: The sweep's name in full.
  /// - Returns: nil before there is a point to draw.
  /// - Throws: `StoreError`, `SpecFaults`, or `SpecError`.
  package func baselineCurves(of name: String) throws -> GrowingCurves? {
    let found = try readingIfStarted { store -> GrowingCurves? in
      guard let sweep = try store.sweeps().first(where: { $0.isNamed(name) }) else { return nil }
      let spec = try spec(of: sweep, in: store)
      let levels = spec.axes.map(\.baseline.text)
      // First those at work: what ends in between is in the store by then.
      let growing = try atWork(in: sweep, store).filter { $0.run.levels == levels }
      let cells = try Cells(spec)
      guard let cell = cells.index(of: spec.axes.map { _ in 0 }) else { return nil }
      let ids = try store.standings(ofRuns: sweep)
        .filter { $0.status == .ok && $0.index % cells.count == cell }.map(\.id)
      let ended = try store.records(of: sweep, runs: ids)
      let known = Set(ended.map(\.run.id))
      return GrowingCurves(
        of: ended + growing.filter { !known.contains($0.run.id) },
        spec: spec
      )
    }
    return found ?? nil
  }

  /// The learning curves of runs that are at work, as far as they have come, a panel for each cell.
  ///
  /// While a question is sealed only those of the baseline cell.
  ///
  /// - Parameters:
  ///   - name: The sweep's name in full.
  ///   - id: The id of the only run that is wanted; nil for all.
  /// - Returns: nil where nothing at work has printed a point.
  /// - Throws: `StoreError`, or `SpecFaults`.
  package func growingCurves(of name: String, run id: String? = nil) throws -> GrowingCurves? {
    try reading { store in
      guard let sweep = try store.sweeps().first(where: { $0.isNamed(name) }), sweep.isRunning
      else { return nil }
      let spec = try spec(of: sweep, in: store)
      let isSealed = try !store.openQuestions(of: sweep).isEmpty
      let baseline = spec.axes.map(\.baseline.text)
      let records = try atWork(in: sweep, store).filter { record in
        (id == nil || record.run.id == id) && (!isSealed || record.run.levels == baseline)
      }
      return GrowingCurves(of: records, spec: spec)
    }
  }

  /// The attempts that are under way, with the points that they have printed.
  private func atWork(in sweep: SweepSummary, _ store: Store) throws -> [Record] {
    let folders = SweepFolders(results: results, folder: sweep.folder)
    return try store.running(of: sweep).map { record in
      let path = folders.liveCurve(of: record.run, attempt: record.attempt)
      var output = WorkerOutput()
      for line in (FileManager.default.contents(atPath: path) ?? Data())
        .split(separator: UInt8(ascii: "\n"))
      {
        _ = output.read(Array(line)[...])
      }
      var measurements = Measurements()
      measurements.curve = output.measurements.curve
      return Record(
        run: record.run,
        attempt: record.attempt,
        outcome: record.outcome,
        measurements: measurements,
        lastLines: [],
        started: record.started,
        duration: record.duration,
        site: record.site
      )
    }
  }

  private func spec(of sweep: SweepSummary, in store: Store) throws -> Spec {
    try Spec.stored(
      text: try store.specText(of: sweep),
      directory: store.folder,
      trainer: builtInTrainer
    )
  }
}
