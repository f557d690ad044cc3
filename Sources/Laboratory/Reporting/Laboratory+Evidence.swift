import Foundation
package import Reports
import Statistics
import Storage
import Sweeps

extension Laboratory {
  /// All that a report of a sweep is made of, and what could not be gathered.
  package struct Gathered {
    package let evidence: Evidence
    let warnings: [String]
  }

  /// Gathers what a report is made of.
  ///
  /// It stays inside: what a door gets of it comes with a ``Disclosure``.
  ///
  /// - Parameters:
  ///   - sweep: The sweep.
  ///   - store: Where it lies.
  ///   - figures: Whether what only figures show is gathered too: the learning curves that they draw, and the
  ///     trainer's pictures.
  /// - Returns: The evidence, and what could not be gathered.
  /// - Throws: `StoreError`, `SpecFaults`, or ``LaboratoryError/tampered(path:_:)``.
  func gather(_ sweep: SweepSummary, in store: Store, figures: Bool) throws -> Gathered {
    let spec = try Spec.stored(
      text: try store.specText(of: sweep),
      directory: store.folder,
      trainer: builtInTrainer
    )
    var records = try store.records(of: sweep, curves: false).filter { $0.status.isConcluded }
    if figures {
      let drawn = try store.records(
        of: sweep,
        runs: NearCells.drawnRuns(of: records, spec: spec).map(\.run.id)
      )
      let curves = Dictionary(drawn.map { ($0.run.id, $0) }) { first, _ in first }
      records = records.map { curves[$0.run.id] ?? $0 }
    }
    let chain = try chain(of: sweep)
    let looks = chain?.looks ?? []
    let looked = try Self.asLooked(records, looks: looks) {
      try store.attempts(at: $0, of: sweep)
    }
    let drawing = figures ? pictures(of: spec, records: records, file: sweep.file) : nil
    let evidence = Evidence(
      spec: spec,
      records: records,
      planned: sweep.ledger.planned,
      excludedCells: sweep.ledger.excluded,
      provenance: try store.provenance(of: sweep),
      sessions: try store.sessions(of: sweep),
      predictions: try predictions(on: sweep, spec, in: store),
      pictures: drawing?.pictures,
      curves: store.curves(of: sweep),
      looks: looks,
      sealedAt: spec.looks == nil ? nil : chain?.openedAt,
      lookedRecords: looked,
      mostPlanned: try spec.looks.map { try Cells(spec).count * $0.last },
      seedRule: try seedRule(of: spec, in: sweep, looks: looks, store),
      versions: try store.versions(of: sweep)
    )
    return Gathered(evidence: evidence, warnings: [drawing?.warning].compactMap(\.self))
  }

  /// The chain of a sweep; nil where nothing was sealed.
  func chain(of sweep: SweepSummary) throws -> PredictionChain? {
    let file = PredictionFile(results: results, sweepFolder: sweep.folder)
    do {
      return try file.chain()
    } catch let error as PredictionChainError {
      throw LaboratoryError.tampered(path: file.path, error)
    }
  }

  private func predictions(
    on sweep: SweepSummary,
    _ spec: Spec,
    in store: Store
  ) throws -> PredictionStanding? {
    let file = PredictionFile(results: results, sweepFolder: sweep.folder)
    do {
      return try file.chain().flatMap { chain in
        // A chain may hold a rule of seeds alone.
        guard !chain.links.isEmpty || spec.looks == nil else { return nil }
        return try PredictionStanding(
          chain,
          heads: try store.predictionHeads(of: sweep),
          firstResult: try store.firstResult(of: sweep),
          spec: spec
        ).hiding(try HiddenReasonFile(results: results, sweepFolder: sweep.folder).reasons())
      }
    } catch let error as PredictionChainError {
      throw LaboratoryError.tampered(path: file.path, error)
    }
  }
}
