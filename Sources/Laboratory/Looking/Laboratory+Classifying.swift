import Execution
import Foundation
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
  ///   - request: What is wanted while predictions are open.
  /// - Returns: What they say, of which a sealed answer could be worked out; nil where it is kept back. A warning says
  ///   how many finished runs have no network.
  /// - Throws: `StoreError`, `TrainingError` for a picture or a network that cannot be read, or
  ///   ``LaboratoryError/nothingKept(sweep:)``.
  package func opinions(
    on pictures: [String],
    of text: String,
    in name: String? = nil,
    _ request: Disclosure.Request
  ) throws -> Disclosed<PictureOpinions?> {
    try reading { store in
      let (sweep, records) = try finishedRuns(of: text, in: name, store)
      let found = try networks(of: records, in: sweep, store)
      guard !found.isEmpty else { throw LaboratoryError.nothingKept(sweep: sweep.name) }
      let opinions = PictureOpinions(
        sweep: sweep.name,
        axes: try store.axisNames(of: sweep),
        pictures: pictures,
        cells: try cells(found, on: pictures)
      )
      let disclosure = try disclosure(of: sweep, in: store, request, hasResults: true)
      let lacking = records.count - found.count
      return Disclosed(
        disclosure.showsResults ? opinions : nil,
        [disclosure],
        warnings: lacking == 0
          ? [] : ["\(lacking) of \(records.count) finished runs have kept no network."]
      )
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

  private typealias FoundNetwork = (run: Run, path: String, dataset: DatasetSource)

  /// Where the networks lie that runs of the built-in trainer have left.
  private func networks(
    of records: [Record],
    in sweep: SweepSummary,
    _ store: Store
  ) throws -> [FoundNetwork] {
    // What a program of one's own calls by that name is its own affair.
    guard try spec(text: store.specText(of: sweep)).program == nil else { return [] }
    let folders = SweepFolders(results: results, folder: sweep.folder)
    let directory = URL(fileURLWithPath: sweep.file).deletingLastPathComponent().path
    return try records.compactMap { record in
      let path = folders.results(KeptFile.weights.name, of: record.run)
      guard FileManager.default.fileExists(atPath: path) else { return nil }
      return (record.run, path, try TrainingSettings(record.run.settings, in: directory).dataset)
    }
  }

  /// Asks one network after the other; each way to prepare the pictures is gone once.
  private func cells(_ networks: [FoundNetwork], on pictures: [String]) throws -> [CellOpinion] {
    var prepared: [PicturePreparation: ExampleSet] = [:]
    var order: [[String]] = []
    var byCell: [[String]: [(run: Run, classes: [String], said: [[Float]])]] = [:]
    for (run, path, dataset) in networks {
      let network = try KeptNetwork(path: path, dataset: dataset)
      let set = try prepared[network.preparation] ?? network.preparation.examples(pictures)
      prepared[network.preparation] = set
      if byCell[run.levels] == nil { order.append(run.levels) }
      byCell[run.levels, default: []].append(
        (run, network.classes, network.probabilities(of: set))
      )
    }
    return order.compactMap { levels in
      guard let members = byCell[levels]?.sorted(by: { $0.run.seed < $1.run.seed }),
        let classes = members.first?.classes
      else { return nil }
      return CellOpinion(
        levels: levels,
        classes: classes,
        seeds: members.map(\.run.seed),
        probabilities: members.map(\.said)
      )
    }
  }
}
