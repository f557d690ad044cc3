import Notation
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
  /// What they show can be laid to that one level. Figures draw the first ``nearLimit`` of them.
  fileprivate var nearLevels: [(name: String, levels: [String])] {
    let baseline = axes.map(\.baseline.text)
    let others = axes.enumerated().flatMap { place, axis in
      axis.levels.dropFirst().map { level in
        var levels = baseline
        levels[place] = level.text
        return (name: "\(axis.name) \(level.text)", levels: levels)
      }
    }
    return [(name: "baseline", levels: baseline)] + others
  }

  /// More panels than this are too small to read.
  static let nearLimit = 12
}

extension Evidence {
  /// The cells of `nearLevels` that are drawn and have finished runs.
  var nearCells: [NearCell] {
    let wanted = spec.nearLevels.prefix(Spec.nearLimit)
    var runs: [[String]: [Record]] = [:]
    for (_, levels) in wanted { runs[levels] = [] }
    for record in records where record.status == .ok {
      runs[record.run.levels]?.append(record)
    }
    return wanted.compactMap { name, levels in
      guard let own = runs[levels], !own.isEmpty else { return nil }
      return NearCell(
        name: name,
        levels: levels,
        runs: own.sorted { $0.run.seed < $1.run.seed }
      )
    }
  }

  /// What figures of the near cells have to say about those that they leave out; empty where they leave out none.
  var nearNote: String {
    let count = spec.nearLevels.count
    return count > Spec.nearLimit
      ? " The first \(Spec.nearLimit) of \(count) such cells are drawn." : ""
  }

  /// The runs whose learning curves a report draws.
  package static func drawnRuns(of records: [Record], spec: Spec) -> [Record] {
    let wanted = Set(spec.nearLevels.prefix(Spec.nearLimit).map(\.levels))
    return records.filter { $0.status == .ok && wanted.contains($0.run.levels) }
  }
}

extension Evidence {
  /// The finished runs of one seed in the cells that are drawn, with the names of their cells.
  package static func nearRuns(
    of records: [Record],
    spec: Spec,
    seed: Int
  ) -> [(name: String, record: Record)] {
    spec.nearLevels.prefix(Spec.nearLimit).compactMap { name, levels in
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
