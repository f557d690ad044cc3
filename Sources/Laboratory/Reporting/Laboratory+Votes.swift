import Foundation
import Reports
import Storage
import Sweeps

extension Laboratory {
  /// What people voted on a sweep, which may never have been started: its spec stands in the chain's first line.
  ///
  /// It shows no result, so that nothing is revealed.
  ///
  /// - Parameter name: The sweep's name, or the beginning of it once it was started; nil for the newest.
  /// - Returns: The report.
  /// - Throws: `StoreError`, `PredictionFileError`, or ``LaboratoryError``.
  func votes(of name: String?) throws -> Disclosed<any Report> {
    let started = try readingIfStarted { store -> Evidence? in
      let sweeps = try store.sweeps()
      let isKnown =
        name.map { name in sweeps.contains { $0.name.hasPrefix(name) } } ?? !sweeps.isEmpty
      guard isKnown else { return nil }
      return try gather(try store.sweep(matching: name), in: store, figures: false).evidence
    }
    let evidence = try (started ?? nil) ?? unstarted(name)
    return Disclosed<any Report>(VotesReport(of: evidence), [])
  }

  /// What is known of a sweep before its first start: what was asked, and what people predicted.
  private func unstarted(_ name: String?) throws -> Evidence {
    let folder = try name.map(SweepFolder.name) ?? newestPredicted()
    let file = PredictionFile(results: results, sweepFolder: folder)
    do {
      guard let chain = try file.chain() else {
        throw LaboratoryError.noPredictions(of: name ?? folder, results: results)
      }
      let spec = try Spec.stored(text: chain.config, directory: results, trainer: builtInTrainer)
      return Evidence(
        spec: spec,
        records: [],
        planned: try Cells(spec).count * spec.seeds.count,
        excludedCells: try Cells(spec).excludedCount,
        provenance: [],
        predictions: try PredictionStanding(chain, heads: [], firstResult: nil, spec: spec)
          .hiding(try HiddenReasonFile(results: results, sweepFolder: folder).reasons())
      )
    } catch let error as PredictionChainError {
      throw LaboratoryError.tampered(path: file.path, error)
    }
  }

  /// The folder of the sweep on which somebody predicted last.
  private func newestPredicted() throws -> String {
    let folders = (try? FileManager.default.contentsOfDirectory(atPath: results)) ?? []
    let times = folders.compactMap { folder -> (folder: String, time: Date)? in
      let path = PredictionFile(results: results, sweepFolder: folder).path
      let time = (try? FileManager.default.attributesOfItem(atPath: path))?[.modificationDate]
      return (time as? Date).map { (folder, $0) }
    }
    guard let newest = times.max(by: { ($0.time, $0.folder) < ($1.time, $1.folder) }) else {
      throw LaboratoryError.noPredictions(of: nil, results: results)
    }
    return newest.folder
  }
}
