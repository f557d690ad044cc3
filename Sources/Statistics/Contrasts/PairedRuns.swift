/// The runs of a table, indexed once so that matching by seed compares no text.
///
/// Only rows with status `ok` whose levels the design knows have values. For the same cell and seed
/// the last such row wins, even if its metrics are missing. Runs that failed or are not finished are
/// known to be missing.
package struct PairedRuns: Sendable {
  package let design: Design

  /// All seeds that have a usable run, ascending.
  package let seeds: [Int]

  /// How the runs of the design's cells ended, all together.
  package let counts: RunCounts

  /// The same for each level of each factor, in the design's order.
  package let countsByLevel: [[RunCounts]]

  /// Rows that have a level which the design does not name; they take no part.
  package let foreignRows: Int

  /// How far the runs of every cell of the table have come, by the index of each factor's level.
  let standings: [[Int]: CellStanding]

  /// What the design's rule of looks makes of the runs; nil where all seeds are looked at once.
  package private(set) var looks: LookSequence?

  /// All seeds that have a run, whatever became of it, ascending.
  let everySeed: [Int]

  /// The distinct cells that have runs, in grid order: the level index of each factor.
  let cells: [[Int]]

  /// The indexes of each cell's runs, whose seeds ascend.
  let runsOfCell: [Range<Int>]

  /// For each run the index of its seed among all of them.
  let seedOfRun: [Int]

  /// What became of each run, and what is taken to have become of one that the table does not have.
  let fates: [RunTable.Fate]
  let absence: RunTable.Fate

  /// Each metric's values by run, on the scale of the analysis; NaN where missing.
  let columns: [[Double]]

  package init(_ table: RunTable, design: Design) {
    let known = KnownRows(table, design: design)
    let kept = known.runs.sorted {
      $0.levels == $1.levels ? $0.seed < $1.seed : $0.levels.lexicographicallyPrecedes($1.levels)
    }
    let everySeed = Set(kept.map(\.seed)).sorted()
    let seedIndex = Dictionary(uniqueKeysWithValues: everySeed.enumerated().map { ($1, $0) })
    var cells: [[Int]] = []
    var starts: [Int] = []
    for (index, run) in kept.enumerated() where run.levels != cells.last {
      cells.append(run.levels)
      starts.append(index)
    }
    self.design = design
    seeds = Set(kept.filter { $0.fate == .ok }.map(\.seed)).sorted()
    self.everySeed = everySeed
    fates = kept.map(\.fate)
    absence = table.absence
    self.cells = cells
    counts = known.counts
    countsByLevel = known.countsByLevel
    foreignRows = known.foreign
    standings = known.standings
    runsOfCell = zip(starts, starts.dropFirst() + [kept.count]).map { $0..<$1 }
    seedOfRun = kept.compactMap { seedIndex[$0.seed] }
    columns = design.metrics.map { metric in
      guard let column = table.metrics.firstIndex(of: metric.name) else {
        return [Double](repeating: .nan, count: kept.count)
      }
      return kept.map { run in
        run.fate == .ok ? metric.analyzed(table.rows[run.row].values[column]) ?? .nan : .nan
      }
    }
    looks = design.seeds.plan.map { takingLooks($0, asked: design.seeds.asked) }
  }

  /// Matches the runs of a contrast: all settings of the factors it leaves free, all seeds that
  /// have any part.
  ///
  /// A level or factor that the design does not know matches nothing.
  func matched(_ contrast: Contrast) -> MatchedRuns {
    var matched = MatchedRuns(weights: contrast.parts.map(\.weight), seedCount: everySeed.count)
    guard let (free, fixed, parts) = places(of: contrast) else { return matched }
    matched.plannedSettings = design.cellCount(of: free.map { design.factors[$0] })
    for cells in Self.settings(in: self.cells, free: free, fixed: fixed, parts: parts) {
      matched.append(setting: cells.map { runsOfCell[$0] }, seedOfRun: seedOfRun)
    }
    return matched
  }

  /// The indexes of the factors that a contrast leaves free and of those that it fixes, and of the levels of its
  /// parts; nil for a level or factor that the design does not know.
  func places(of contrast: Contrast) -> (free: [Int], fixed: [Int], parts: [[Int]])? {
    let fixed = contrast.factors.compactMap { name in
      design.factors.firstIndex { $0.name == name }
    }
    let parts = contrast.parts.map { part in
      zip(fixed, part.levels).compactMap { design.factors[$0].levels.firstIndex(of: $1) }
    }
    guard !parts.isEmpty, parts.allSatisfy({ $0.count == contrast.factors.count }) else {
      return nil
    }
    return (design.factors.indices.filter { !fixed.contains($0) }, fixed, parts)
  }

  /// The cells that have a run with a result.
  var cellsWithResults: [[Int]] {
    zip(cells, runsOfCell).filter { fates[$1].contains(.ok) }.map(\.0)
  }

  /// The values of one metric for the runs of a contrast.
  ///
  /// - Parameters:
  ///   - matched: The runs.
  ///   - column: The value of each run; NaN where missing.
  ///   - range: What bounds the values, on their scale.
  /// - Returns: The values that count, by seed and by setting, and what is missing.
  func values(
    of matched: MatchedRuns,
    column: [Double],
    range: Interval? = nil
  ) -> ContrastValues {
    let survey = RunSurvey(matched, column: column, fates: fates, absence: absence)
    return ContrastValues(
      matched,
      column: column,
      survey: survey,
      minimumCoverage: design.minimumCoverage,
      range: range
    )
  }

  /// For each setting that has all parts, the index of the cell of each part; settings in the order of their first
  /// cell.
  static func settings(
    in cells: [[Int]],
    free: [Int],
    fixed: [Int],
    parts: [[Int]]
  ) -> [[Int]] {
    var indexOfSetting: [[Int]: Int] = [:]
    var settings: [[Int?]] = []
    for (cell, levels) in cells.enumerated() {
      let held = fixed.map { levels[$0] }
      guard parts.contains(held) else { continue }
      let setting = free.map { levels[$0] }
      let ordinal = indexOfSetting[setting] ?? settings.count
      if ordinal == settings.count {
        indexOfSetting[setting] = ordinal
        settings.append([Int?](repeating: nil, count: parts.count))
      }
      for (index, part) in parts.enumerated() where part == held { settings[ordinal][index] = cell }
    }
    return settings.compactMap { setting in
      let cells = setting.compactMap { $0 }
      return cells.count == parts.count ? cells : nil
    }
  }
}

/// How far the runs of one cell have come.
struct CellStanding: Sendable {
  /// The largest seed of any run, whatever became of it.
  var lastSeed: Int

  /// The smallest seed of a run that is still to end.
  var firstUnfinished: Int?
}

/// The rows of a table whose levels the design knows, with the levels as indexes.
private struct KnownRows {
  struct Known {
    let levels: [Int]
    let seed: Int
    let fate: RunTable.Fate
    /// The row that counts.
    let row: Int
  }

  private struct Place: Hashable {
    let levels: [Int]
    let seed: Int
  }

  private(set) var runs: [Known] = []
  private(set) var counts = RunCounts()
  private(set) var countsByLevel: [[RunCounts]]
  private(set) var foreign = 0
  private(set) var standings: [[Int]: CellStanding] = [:]

  init(_ table: RunTable, design: Design) {
    let columns = design.factors.map { table.factors.firstIndex(of: $0.name) }
    let indexes = design.factors.map { factor in
      Dictionary(factor.levels.enumerated().map { ($1, $0) }) { first, _ in first }
    }
    countsByLevel = design.factors.map { $0.levels.map { _ in RunCounts() } }
    var fates: [Place: RunTable.Fate] = [:]
    var rows: [Place: Int] = [:]
    for (number, row) in table.rows.enumerated() {
      let levels = zip(columns, indexes).compactMap { column, index in
        column.flatMap { index[row.levels[$0]] }
      }
      guard levels.count == design.factors.count else {
        foreign += 1
        continue
      }
      let place = Place(levels: levels, seed: row.seed)
      let fate = RunTable.fate(of: row.status)
      if fate == .ok || fates[place] != .ok { rows[place] = number }
      if fates[place] != .ok { fates[place] = fate }
    }
    runs = rows.map { place, row in
      Known(levels: place.levels, seed: place.seed, fate: fates[place] ?? .ok, row: row)
    }
    for (place, fate) in fates {
      counts.count(fate)
      var standing = standings[place.levels] ?? CellStanding(lastSeed: place.seed)
      standing.lastSeed = max(standing.lastSeed, place.seed)
      if fate == .unfinished {
        standing.firstUnfinished = min(standing.firstUnfinished ?? place.seed, place.seed)
      }
      standings[place.levels] = standing
      for (factor, level) in place.levels.enumerated() { countsByLevel[factor][level].count(fate) }
    }
  }
}
