import Execution
import Foundation
import Reports
import Storage
import Sweeps
import Training

extension Laboratory {
  /// Asks the networks that a sweep's runs have kept about pictures.
  ///
  /// - Parameters:
  ///   - pictures: Paths of PNG, JPEG and WebP files.
  ///   - text: The name of a sweep or the beginning of it, else the id of a run or the beginning of it.
  ///   - name: The sweep that a run is of; then only runs are meant. nil where only one has it.
  ///   - wantsMaps: Whether it is asked, too, what places of a picture speak for an answer.
  ///   - request: What is wanted while predictions are open.
  /// - Returns: What they say, of which a sealed answer could be worked out; nil where it is kept back. A warning says
  ///   how many finished runs have no network.
  /// - Throws: `StoreError`, `TrainingError` for a picture or a network that cannot be read, or
  ///   ``LaboratoryError/nothingKept(sweep:)``.
  package func opinions(
    on pictures: [String],
    of text: String,
    in name: String? = nil,
    wantsMaps: Bool = false,
    _ request: Disclosure.Request
  ) throws -> Disclosed<PictureOpinions?> {
    try reading { store in
      let (sweep, records) = try finishedRuns(of: text, in: name, store)
      let panel = try panel(of: records, in: sweep, store)
      let opinions = try panel.opinions(
        on: pictures.map { (name: $0, picture: .file($0)) },
        wantsMaps: wantsMaps
      )
      let disclosure = try disclosure(of: sweep, in: store, request, hasResults: true)
      let lacking = records.count - panel.count
      return Disclosed(
        disclosure.showsResults ? opinions : nil,
        [disclosure],
        warnings: lacking == 0
          ? [] : ["\(lacking) of \(records.count) finished runs have kept no network."]
      )
    }
  }

  /// The networks of the baseline and of each cell that one level sets apart from it, for many pictures one after the
  /// other.
  ///
  /// - Parameters:
  ///   - name: The sweep.
  ///   - request: What is wanted while predictions are open.
  /// - Returns: The networks; nil while what they say is kept back.
  /// - Throws: `StoreError`, `SpecFaults`, or ``LaboratoryError/nothingKept(sweep:)``.
  package func panel(
    of name: String,
    _ request: Disclosure.Request
  ) throws -> Disclosed<NetworkPanel?> {
    try reading { store in
      let sweep = try store.sweep(matching: name)
      let spec = try spec(text: store.specText(of: sweep))
      let records = try store.records(of: sweep, curves: false).filter { $0.status == .ok }
      let near = NearCells(of: records, spec: spec)
      var panel = try panel(of: near.records, in: sweep, store)
      panel.names = near.names
      let disclosure = try disclosure(of: sweep, in: store, request, hasResults: true)
      return Disclosed(disclosure.showsResults ? panel : nil, [disclosure])
    }
  }

  /// The runs that are asked for and ended well.
  private func finishedRuns(
    of text: String,
    in name: String?,
    _ store: Store
  ) throws -> (SweepSummary, [Record]) {
    func finished(_ records: [Record]) -> [Record] { records.filter { $0.status == .ok } }
    if name == nil {
      do {
        let sweep = try store.sweep(matching: text)
        return (sweep, finished(try store.records(of: sweep, curves: false)))
      } catch StoreError.unknownSweep {
        // Then it is a run.
      }
    }
    do {
      let (id, sweep) = try store.run(matching: text, of: name)
      return (sweep, finished(try store.records(of: sweep, runs: [id])))
    } catch StoreError.unknownRun where name == nil {
      throw LaboratoryError.nothingToLabel(text)
    }
  }

  /// The networks that runs of the built-in trainer have left.
  private func panel(
    of records: [Record],
    in sweep: SweepSummary,
    _ store: Store
  ) throws -> NetworkPanel {
    let nothing = LaboratoryError.nothingKept(sweep: sweep.name)
    // What a program of one's own calls by that name is its own affair.
    guard try spec(text: store.specText(of: sweep)).program == nil else { throw nothing }
    let folders = SweepFolders(results: results, folder: sweep.folder)
    let directory = URL(fileURLWithPath: sweep.file).deletingLastPathComponent().path
    let members = try records.compactMap { record -> NetworkPanel.Member? in
      let path = folders.results(KeptFile.weights.name, of: record.run)
      guard FileManager.default.fileExists(atPath: path) else { return nil }
      return NetworkPanel.Member(
        run: record.run,
        path: path,
        settings: try TrainingSettings(record.run.settings, in: directory)
      )
    }
    guard !members.isEmpty else { throw nothing }
    return NetworkPanel(sweep: sweep.name, axes: try store.axisNames(of: sweep), members: members)
  }
}
