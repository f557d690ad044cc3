import Execution
import Foundation
import Statistics
import Storage
import Sweeps

/// What was tried of a spec whose trainer is a program of its own: whole runs of the baseline and its neighbours.
struct CommandSetUp {
  struct Key: Hashable {
    let cell: [Int]
    let seed: Int
  }

  let spec: Spec
  let grid: Grid
  let baseline: [Int]
  /// The records of the first pass by cell and seed, and of the repeated baseline.
  let records: [Key: Record]
  let again: Record?

  private func record(_ cell: [Int], seed: Int) -> Record? {
    records[Key(cell: cell, seed: seed)]
  }

  /// The final metrics without what a clock measured; nil where the run gave none.
  private func metrics(_ record: Record?) -> [String: Double]? {
    guard let record, record.outcome == .finished else { return nil }
    return record.measurements.final.filter { !$0.key.contains("seconds") }
  }

  private var start: [String: Double]? { metrics(record(baseline, seed: grid.seeds[0])) }

  /// All findings; where the baseline gives no result there is nothing else to look at.
  var findings: [Finding] {
    // What the spec leaves out was not tried, and so has not failed.
    guard grid.hasCell(baseline) else { return [.missingBaseline] }
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
}

extension CommandSetUp {
  /// Runs the baseline with two seeds, the cells that differ from it in one axis, and the baseline once more.
  ///
  /// The runs go into a folder that is removed afterwards, so that the sweep's own results stay as they are.
  ///
  /// - Parameters:
  ///   - spec: What is to be tried.
  ///   - grid: All its runs.
  ///   - caller: Which program asks.
  /// - Returns: What the checks look at.
  /// - Throws: What a start throws.
  static func trying(
    _ spec: Spec,
    _ grid: Grid,
    for caller: Laboratory.Caller
  ) async throws -> CommandSetUp {
    let cells = grid.cellsAroundBaseline
    let keys =
      grid.seeds.prefix(2).map { Key(cell: cells[0], seed: $0) }
      + cells.dropFirst().map { Key(cell: $0, seed: grid.seeds[0]) }
    let ids = Dictionary(keys.map { (grid.run(of: $0.cell, seed: $0.seed).id, $0) }) { $1 }
    let folder = FileManager.default.temporaryDirectory
      .appending(component: "sweep-check-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let scratch = Laboratory(results: folder.path, caller: caller)
    let first = try await scratch.records(of: spec, grid, Set(ids.keys), again: false)
    let start = grid.run(of: cells[0], seed: grid.seeds[0]).id
    let second = try await scratch.records(of: spec, grid, [start], again: true)
    return CommandSetUp(
      spec: spec,
      grid: grid,
      baseline: cells[0],
      records: Dictionary(
        first.compactMap { record in ids[record.run.id].map { ($0, record) } },
        uniquingKeysWith: { first, _ in first }
      ),
      again: second.first { $0.run.id == start && $0.attempt > 1 }
    )
  }
}

extension Laboratory {
  /// Makes some runs of a spec, and reads what became of them.
  fileprivate func records(
    of spec: Spec,
    _ grid: Grid,
    _ wanted: Set<String>,
    again: Bool
  ) async throws -> [Record] {
    let store = try Store.writing(to: results)
    let jobs = Self.defaultJobs(for: spec)
    let coordinator = try Coordinator.start(
      spec,
      grid: grid,
      store: store,
      executor: executor(for: spec, launch: try launch(of: spec), jobs: jobs),
      provenance: await provenance(of: spec, jobs: jobs, reading: [:]),
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
}
