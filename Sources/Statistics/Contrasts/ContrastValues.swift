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

  /// What is missing, and whether that keeps the verdict open.
  private(set) var missing: MissingRuns

  /// The mean over settings of their means over seeds, with its standard error; nil where every seed is the mean of
  /// the same settings, and the mean over seeds is the estimate.
  private(set) var acrossSettings: (estimate: Double, standardError: Double?)?

  /// - Parameters:
  ///   - matched: The runs of each tuple.
  ///   - column: The metric's value of each run; NaN where missing.
  ///   - survey: What became of them.
  ///   - minimumCoverage: The share of the best seed's settings that a used seed has at least; nil for all of them.
  ///   - range: What bounds the values, on their scale.
  init(
    _ matched: MatchedRuns,
    column: [Double],
    survey: RunSurvey,
    minimumCoverage: Double?,
    range: Interval? = nil
  ) {
    plannedSettings = matched.plannedSettings
    missing = survey.missing(
      bounds: survey.bounds(matched, column: column, range: range),
      isDecisive: minimumCoverage == nil
    )
    let parts = matched.weights.count
    let usable = matched.seeds.indices.map { tuple in
      survey.states[tuple] == .usable
        ? Self.value(matched.runs[tuple * parts..<(tuple + 1) * parts], matched.weights, column)
        : .nan
    }
    var coverage = [Int](repeating: 0, count: matched.seedCount)
    for (tuple, value) in usable.enumerated() where value.isFinite {
      coverage[matched.seeds[tuple]] += 1
    }
    let candidates: [Int]
    if let minimumCoverage {
      let needed = minimumCoverage * Double(coverage.max() ?? 0)
      candidates = usable.indices.filter { Double(coverage[matched.seeds[$0]]) >= needed }
    } else {
      candidates = survey.kept(matched)
    }
    let kept = candidates.filter { usable[$0].isFinite }
    let used = Set(kept.map { matched.seeds[$0] })
    usedSeeds = used.sorted()
    droppedSeeds = coverage.indices.filter { coverage[$0] > 0 && !used.contains($0) }
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
    if missing.reason != nil, !kept.isEmpty {
      acrossSettings = estimate(
        settings: kept.map { matched.settings[$0] },
        seeds: kept.map { matched.seeds[$0] },
        bySetting
      )
    }
  }

  /// The estimate where seeds have different settings: every setting counts the same, whatever seeds it has.
  ///
  /// The error is that of an average whose parts share seeds: each seed's pull on the estimate, with n − 1. Where
  /// every seed has every setting, both are those of the mean over seeds.
  ///
  /// Reference: Liang, Zeger (1986), Longitudinal data analysis using generalized linear models, Biometrika 73.
  private func estimate(
    settings: [Int],
    seeds: [Int],
    _ bySetting: Groups
  ) -> (estimate: Double, standardError: Double?) {
    let count = Double(perSetting.count)
    var pulls: [Int: CompensatedSum] = [:]
    for (tuple, value) in values.enumerated() {
      let setting = settings[tuple]
      let share = (value - bySetting.mean(setting)) / (count * Double(bySetting.count(setting)))
      pulls[seeds[tuple], default: CompensatedSum()].add(share)
    }
    let used = Double(usedSeeds.count)
    let squares = compensatedSum(usedSeeds.compactMap { pulls[$0]?.value }.map { $0 * $0 })
    return (
      mean(perSetting), used > 1 ? (used / (used - 1) * squares).squareRoot() : nil
    )
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
