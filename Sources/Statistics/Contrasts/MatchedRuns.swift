/// The runs that a contrast compares: tuples with one run per part, all of one setting and one
/// seed.
///
/// A seed that has a run of only some parts gives a tuple too, so that what is missing can be told.
///
/// Matching does not depend on the metric, so that one match serves all metrics.
struct MatchedRuns {
  /// The weight of each part.
  let weights: [Double]

  /// How many seeds the table has; seeds of tuples are indexes below it.
  let seedCount: Int

  /// How many settings of the free factors the full grid has.
  var plannedSettings = 0

  /// How many settings have tuples at most; settings of tuples are indexes below it.
  private(set) var settingCount = 0

  private(set) var settings: [Int] = []
  private(set) var seeds: [Int] = []

  /// Stands for a run that the table does not have.
  static let absent = -1

  /// The runs of all tuples, one per part, tuple after tuple.
  private(set) var runs: [Int] = []

  init(weights: [Double], seedCount: Int) {
    self.weights = weights
    self.seedCount = seedCount
  }

  /// Adds the tuples of one setting: the seeds that any of its cells has.
  ///
  /// - Parameters:
  ///   - cells: The runs of each part's cell; their seeds ascend.
  ///   - seedOfRun: The seed index of each run.
  mutating func append(setting cells: [Range<Int>], seedOfRun: [Int]) {
    var next = cells.map(\.lowerBound)
    while let seed = cells.indices.compactMap({ part in
      next[part] < cells[part].upperBound ? seedOfRun[next[part]] : nil
    }).min() {
      settings.append(settingCount)
      seeds.append(seed)
      for part in cells.indices {
        let isThere = next[part] < cells[part].upperBound && seedOfRun[next[part]] == seed
        runs.append(isThere ? next[part] : Self.absent)
        if isThere { next[part] += 1 }
      }
    }
    settingCount += 1
  }

  /// The tuples of some seeds only.
  ///
  /// - Parameter isWanted: Says of the index of a seed whether it is.
  /// - Returns: The same settings with fewer tuples.
  func keeping(seeds isWanted: (Int) -> Bool) -> MatchedRuns {
    var kept = self
    let tuples = seeds.indices.filter { isWanted(seeds[$0]) }
    let parts = weights.count
    kept.settings = tuples.map { settings[$0] }
    kept.seeds = tuples.map { seeds[$0] }
    kept.runs = tuples.flatMap { runs[$0 * parts..<($0 + 1) * parts] }
    return kept
  }
}
