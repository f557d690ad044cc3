import Execution
import Notation
import Storage
import Statistics
import Laboratory
import Sweeps
import Foundation

/// What can be tried of a spec whose trainer is a program of its own: whole runs of the baseline and its neighbours.
///
/// The runs go into a folder that is removed afterwards, so that the sweep's own results stay as they are.
struct CommandSetUp {
  private let spec: Spec
  private let grid: Grid
  private let baseline: [Int]
  /// The records of the first pass by cell and seed, and of the repeated baseline.
  private let records: [Place: Record]
  private let again: Record?

  private struct Place: Hashable {
    let cell: [Int]
    let seed: Int
  }

  /// Runs the baseline with two seeds, the cells that differ from it in one axis, and the baseline once more.
  ///
  /// - Throws: `LaunchError` where the program is not there, `StoreError`.
  init(_ spec: Spec, _ grid: Grid, command: [String]) async throws {
    let baseline = grid.axes.map { _ in 0 }
    let seeds = Array(grid.seeds.prefix(2))
    var places = seeds.map { Place(cell: baseline, seed: $0) }
    for (axis, levels) in grid.axes.enumerated() {
      for level in levels.levels.indices.dropFirst() {
        var cell = baseline
        cell[axis] = level
        places.append(Place(cell: cell, seed: seeds[0]))
      }
    }
    var ids: [String: Place] = [:]
    for place in places { ids[grid.run(of: place.cell, seed: place.seed).id] = place }
    let folder = FileManager.default.temporaryDirectory
      .appending(component: "sweep-check-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let launch = try Launch(command: command, directory: spec.directory)
    func run(_ wanted: Set<String>, again: Bool) async throws -> [Record] {
      let store = try Store.writing(to: folder.path)
      let executor = Local(
        slots: max(1, ProcessInfo.processInfo.activeProcessorCount / spec.limits.cores),
        spec: spec,
        launch: launch,
        results: store.folder,
        sentry: [ownPath, "guard"]
      )
      let coordinator = try Coordinator.start(
        spec,
        grid: grid,
        store: store,
        executor: executor,
        provenance: Self.provenance(of: spec),
        options: CoordinatorOptions(
          repeats: RunPlan.Repeats(all: again),
          isSelected: { wanted.contains($0) }
        )
      )
      _ = try await coordinator.run { _ in }
      let records = try store.records(of: try store.sweep(matching: spec.name), curves: false)
      try store.close()
      return records
    }
    let first = try await run(Set(ids.keys), again: false)
    let start = grid.run(of: baseline, seed: seeds[0]).id
    let second = try await run([start], again: true)
    self.spec = spec
    self.grid = grid
    self.baseline = baseline
    records = Dictionary(
      first.compactMap { record in ids[record.run.id].map { ($0, record) } },
      uniquingKeysWith: { first, _ in first }
    )
    again = second.first { $0.run.id == start && $0.attempt > 1 }
  }

  private func record(_ cell: [Int], seed: Int) -> Record? {
    records[Place(cell: cell, seed: seed)]
  }

  /// The final metrics without what a clock measured; nil where the run gave none.
  private func metrics(_ record: Record?) -> [String: Double]? {
    guard let record, record.outcome == .finished else { return nil }
    return record.measurements.final.filter { !$0.key.contains("seconds") }
  }

  private var start: [String: Double]? { metrics(record(baseline, seed: grid.seeds[0])) }

  /// All findings; where the baseline gives no result there is nothing else to look at.
  var findings: [Finding] {
    guard let start else {
      let record = record(baseline, seed: grid.seeds[0])
      let reason = record.map { "\($0.outcome)" } ?? "it did not come to an end"
      return [.failure(reason, lastLine: record?.lastLines.last)]
    }
    var findings = spec.metrics.filter { start[$0.name] == nil }.map { Finding.unmeasured($0.name) }
    if let again = metrics(again), let finding = Finding.repetition(start, again) {
      findings.append(finding)
    }
    if let other = grid.seeds.dropFirst().first,
      let result = metrics(record(baseline, seed: other)),
      let finding = Finding.effect(of: "seed", [start, result])
    {
      findings.append(finding)
    }
    for (axis, levels) in grid.axes.enumerated() {
      // A neighbour that the spec leaves out, or that gives no result, says nothing.
      let others = levels.levels.indices.dropFirst().compactMap { level in
        var cell = baseline
        cell[axis] = level
        return metrics(record(cell, seed: grid.seeds[0]))
      }
      let results = [start] + others
      if let finding = Finding.effect(of: levels.name, results) { findings.append(finding) }
    }
    findings += spec.metrics.compactMap { metric in
      start[metric.name].flatMap { Finding.headroom(metric, baseline: $0) }
    }
    return findings
  }

  /// The origin of runs that are thrown away after a look at them.
  private static func provenance(of spec: Spec) -> Provenance {
    Provenance(
      specDigest: spec.digest,
      commandLine: CommandLine.arguments,
      directory: FileManager.default.currentDirectoryPath,
      version: Laboratory.version,
      trainerVersion: nil,
      command: spec.command,
      git: nil,
      host: .current,
      jobs: 1,
      limits: spec.limits.texts,
      fingerprints: [:]
    )
  }
}
