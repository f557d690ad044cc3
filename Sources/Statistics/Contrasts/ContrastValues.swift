/// The values of one metric for the matched runs of a contrast, with seeds of too little coverage
/// left out.
struct ContrastValues {
  /// One value per usable tuple of a used seed: the weighted sum of its runs.
  private(set) var values: [Double] = []

  /// Indexes of seeds, ascending.
  private(set) var usedSeeds: [Int] = []
  private(set) var droppedSeeds: [Int] = []

  /// The mean over settings, one per used seed.
  private(set) var perSeed: [Double] = []

  /// The mean over used seeds, one per setting that has any.
  private(set) var perSetting: [Double] = []

  /// The mean over the settings that every used seed has.
  private(set) var completeCaseMean: Double?

  /// The largest run in the used tuples, by magnitude; differences far below it are rounding.
  private(set) var largestMagnitude = 0.0

  private(set) var pairingGain: Double?

  /// The mean of each part over the settings, one per used seed, in the order of the contrast's parts.
  private(set) var partsPerSeed: [[Double]] = []

  /// The mean of each part over the used tuples' seeds, in the order of the contrast's parts.
  private(set) var partMeans: [Double] = []
  let plannedSettings: Int

  /// - Parameters:
  ///   - matched: The runs of each tuple.
  ///   - column: The metric's value of each run; NaN where missing.
  ///   - minimumCoverage: The share of the best seed's settings that a used seed has at least.
  init(_ matched: MatchedRuns, column: [Double], minimumCoverage: Double) {
    plannedSettings = matched.plannedSettings
    let parts = matched.weights.count
    let usable = matched.seeds.indices.map { tuple in
      Self.value(matched.runs[tuple * parts..<(tuple + 1) * parts], matched.weights, column)
    }
    var coverage = [Int](repeating: 0, count: matched.seedCount)
    for (tuple, value) in usable.enumerated() where value.isFinite {
      coverage[matched.seeds[tuple]] += 1
    }
    let needed = minimumCoverage * Double(coverage.max() ?? 0)
    let isUsed = coverage.map { $0 > 0 && Double($0) >= needed }
    usedSeeds = coverage.indices.filter { isUsed[$0] }
    droppedSeeds = coverage.indices.filter { coverage[$0] > 0 && !isUsed[$0] }
    let kept = usable.indices.filter { usable[$0].isFinite && isUsed[matched.seeds[$0]] }
    values = kept.map { usable[$0] }
    let bySeed = Groups(kept.map { matched.seeds[$0] }, values, count: matched.seedCount)
    let bySetting = Groups(kept.map { matched.settings[$0] }, values, count: matched.settingCount)
    perSeed = usedSeeds.map { bySeed.mean($0) }
    perSetting = bySetting.present.map { bySetting.mean($0) }
    let complete = zip(kept, values).filter {
      bySetting.count(matched.settings[$0.0]) == usedSeeds.count
    }
    completeCaseMean = complete.isEmpty ? nil : mean(complete.map(\.1))
    for tuple in kept {
      for run in matched.runs[tuple * parts..<(tuple + 1) * parts] {
        largestMagnitude = max(largestMagnitude, abs(column[run]))
      }
    }
    partsPerSeed = partMeansPerSeed(matched, kept: kept, column: column)
    partMeans = usedSeeds.isEmpty ? [] : partsPerSeed.map { mean($0) }
    pairingGain = gain(partsPerSeed, weights: matched.weights)
  }

  /// The weighted sum of a tuple's runs; NaN where one is missing.
  private static func value(
    _ runs: ArraySlice<Int>,
    _ weights: [Double],
    _ column: [Double]
  ) -> Double {
    var sum = CompensatedSum()
    for (run, weight) in zip(runs, weights) { sum.add(weight * column[run]) }
    return sum.value
  }

  /// The mean of each part in each used seed.
  private func partMeansPerSeed(
    _ matched: MatchedRuns,
    kept: [Int],
    column: [Double]
  ) -> [[Double]] {
    let parts = matched.weights.count
    let seeds = kept.map { matched.seeds[$0] }
    return matched.weights.indices.map { part in
      let groups = Groups(
        seeds,
        kept.map { column[matched.runs[$0 * parts + part]] },
        count: matched.seedCount
      )
      return usedSeeds.map { groups.mean($0) }
    }
  }

  /// What comparing within seeds saves, from the variances of the parts' own seed means.
  private func gain(_ perPart: [[Double]], weights: [Double]) -> Double? {
    guard usedSeeds.count > 1 else { return nil }
    let unpaired = compensatedSum(
      zip(perPart, weights).map { means, weight in
        let deviation = standardDeviation(means)
        return weight * weight * deviation * deviation
      }
    )
    let paired = standardDeviation(perSeed)
    let gain = 1 - paired * paired / unpaired
    return gain.isFinite ? gain : nil
  }
}

/// The means of values by group.
private struct Groups {
  private var means: [RunningMean]

  init(_ groups: [Int], _ values: [Double], count: Int) {
    means = Array(repeating: RunningMean(), count: count)
    for (group, value) in zip(groups, values) { means[group].add(value) }
  }

  /// The groups that have values.
  var present: [Int] { means.indices.filter { means[$0].count > 0 } }

  func count(_ group: Int) -> Int { means[group].count }
  func mean(_ group: Int) -> Double { means[group].value }
}
