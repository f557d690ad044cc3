package import Sweeps

/// The baseline cell, or one that a single level of one axis sets apart from it.
struct NearCell {
  /// `baseline`, or the level that differs: `dropout 0.5`.
  let name: String
  let levels: [String]
  /// Its finished runs, by seed.
  let runs: [Record]
}

extension Spec {
  /// The levels of the baseline and of every cell that one level of one axis sets apart from it, in the order of
  /// axes and levels.
  ///
  /// What they show can be laid to that one level. Figures draw the first ``NearCells/limit`` of them.
  fileprivate var nearLevels: [(name: String, levels: [String])] {
    let baseline = axes.map(\.baseline.text)
    let others = axes.enumerated().flatMap { place, axis in
      axis.levels.dropFirst().map { level in
        var levels = baseline
        levels[place] = level.text
        return (name: "\(axis.name) \(level.text)", levels: levels)
      }
    }
    return [(name: NearCells.baselineName, levels: baseline)] + others
  }
}

/// The cells that figures draw: of the baseline and its neighbours those that have finished runs.
package struct NearCells: Sendable {
  /// More panels than this are too small to read.
  static let limit = 12

  /// What the cell is called in which every axis is at its first level.
  static let baselineName = "baseline"

  let spec: Spec
  let cells: [NearCell]
  /// What figures have to say about the cells that they leave out; empty where they leave out none.
  let note: String

  /// The runs of the cells, cell by cell.
  package var records: [Record] { cells.flatMap(\.runs) }

  /// What each cell is called, by its levels.
  package var names: [[String]: String] {
    Dictionary(cells.map { ($0.levels, $0.name) }) { first, _ in first }
  }

  /// Cells that were chosen otherwise.
  init(spec: Spec, cells: [NearCell], note: String) {
    self.spec = spec
    self.cells = cells
    self.note = note
  }

  package init(of records: [Record], spec: Spec) {
    self.spec = spec
    let near = spec.nearLevels
    let wanted = near.prefix(Self.limit)
    var runs: [[String]: [Record]] = [:]
    for (_, levels) in wanted { runs[levels] = [] }
    for record in records where record.status == .ok {
      runs[record.run.levels]?.append(record)
    }
    cells = wanted.compactMap { name, levels in
      guard let own = runs[levels], !own.isEmpty else { return nil }
      return NearCell(name: name, levels: levels, runs: own.sorted { $0.run.seed < $1.run.seed })
    }
    note =
      near.count > Self.limit
      ? " The first \(Self.limit) of \(near.count) such cells are drawn." : ""
  }

  /// The runs whose learning curves a report draws.
  package static func drawnRuns(of records: [Record], spec: Spec) -> [Record] {
    let wanted = Set(spec.nearLevels.prefix(limit).map(\.levels))
    return records.filter { $0.status == .ok && wanted.contains($0.run.levels) }
  }

  /// The finished runs of one seed in the cells that are drawn, with the names of their cells.
  package static func runs(
    of records: [Record],
    spec: Spec,
    seed: Int
  ) -> [(name: String, record: Record)] {
    spec.nearLevels.prefix(limit).compactMap { name, levels in
      records.first { $0.run.seed == seed && $0.run.levels == levels && $0.status == .ok }
        .map { (name, $0) }
    }
  }
}

extension NearCell {
  /// A final metric of its runs.
  func sample(of metric: String) -> SeedMean {
    SeedMean(runs.compactMap { $0.measurements.final[metric] })
  }
}
