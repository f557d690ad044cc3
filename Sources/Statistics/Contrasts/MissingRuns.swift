/// Which runs of a contrast gave no value, and whether that keeps its verdict open.
///
/// Runs that fail are seldom a random part of all: those of the worse luck, or of the bolder level, fail first. What
/// is left of two arms that lost different runs differs even where nothing else does.
package struct MissingRuns: Sendable, Equatable {
  /// Why a contrast has no verdict, although it has an interval.
  package enum Reason: String, Sendable, CaseIterable {
    /// Of a pair one run was lost and the other was not.
    case armsDiffer = "arms_differ"
    /// Some seeds lost settings that others have, so that seeds are means of different things.
    case settingsDiffer = "settings_differ"
  }

  /// nil where what is missing keeps no verdict open.
  package let reason: Reason?

  /// The seeds that have any run of the contrast, and those with every pair that any of them has.
  package let seedCount: Int
  package let completeSeedCount: Int

  /// By part of the contrast the runs that gave no value, and the seeds that lost one or more.
  package let lostRuns: [Int]
  package let lostSeeds: [Int]

  /// Runs that are waited for.
  package let unfinishedRuns: Int

  /// The contrast if all that was lost were as extreme as the metric can be; nil where nothing was lost, and where
  /// the metric has no bounds.
  package let bounds: Interval?

  package var lostCount: Int { lostRuns.reduce(0, +) }
  package var isNothing: Bool { lostCount == 0 }
}

/// What became of every tuple of a contrast for one metric.
struct RunSurvey {
  enum State { case usable, unfinished, lost }

  /// By tuple.
  private(set) var states: [State] = []

  /// Whether some tuple lost runs of only some of its parts.
  private var armsDiffer = false
  private(set) var lostRuns: [Int]
  private var lostSeeds: [Set<Int>]
  private(set) var unfinishedRuns = 0

  /// By seed, whether it has any run of the contrast, and how many of its settings are usable.
  private var isPresent: [Bool]
  private var usableSettings: [Int]

  /// By setting, whether any seed has all of its parts.
  private var isUsable: [Bool]

  /// By seed, whether it lost a setting that another seed has.
  private var lostSetting: [Bool]

  /// - Parameters:
  ///   - matched: The runs of each tuple.
  ///   - column: The value of each run; NaN where missing.
  ///   - fates: What became of each run.
  ///   - absence: What is taken to have become of a run that the table does not have.
  init(
    _ matched: MatchedRuns,
    column: [Double],
    fates: [RunTable.Fate],
    absence: RunTable.Fate
  ) {
    let parts = matched.weights.count
    lostRuns = Array(repeating: 0, count: parts)
    lostSeeds = Array(repeating: [], count: parts)
    isPresent = Array(repeating: false, count: matched.seedCount)
    usableSettings = Array(repeating: 0, count: matched.seedCount)
    lostSetting = isPresent
    isUsable = Array(repeating: false, count: matched.settingCount)
    states.reserveCapacity(matched.seeds.count)
    for tuple in matched.seeds.indices {
      let seed = matched.seeds[tuple]
      var lost = 0
      var unfinished = 0
      for part in 0..<parts {
        let run = matched.runs[tuple * parts + part]
        var fate = run == MatchedRuns.absent ? absence : fates[run]
        if fate == .ok, run == MatchedRuns.absent || !column[run].isFinite { fate = .failed }
        switch fate {
        case .ok: break
        case .unfinished: unfinished += 1
        case .failed:
          lost += 1
          lostRuns[part] += 1
          lostSeeds[part].insert(seed)
        }
      }
      isPresent[seed] = true
      unfinishedRuns += unfinished
      states.append(lost > 0 ? .lost : unfinished > 0 ? .unfinished : .usable)
      if lost > 0, lost < parts { armsDiffer = true }
      if lost == 0, unfinished == 0 {
        usableSettings[seed] += 1
        isUsable[matched.settings[tuple]] = true
      }
    }
    let settings = matched.settings
    for (tuple, state) in states.enumerated() where state == .lost && isUsable[settings[tuple]] {
      lostSetting[matched.seeds[tuple]] = true
    }
    noteAbsences(matched, absence)
  }

  /// Settings of which a seed has no run at all, where another seed has all.
  private mutating func noteAbsences(_ matched: MatchedRuns, _ absence: RunTable.Fate) {
    let present = isPresent.count(where: \.self)
    guard states.count < present * matched.settingCount else { return }
    var seen = Array(repeating: Set<Int>(), count: matched.settingCount)
    for (tuple, setting) in matched.settings.enumerated() {
      seen[setting].insert(matched.seeds[tuple])
    }
    for setting in seen.indices where isUsable[setting] {
      for seed in isPresent.indices where isPresent[seed] && !seen[setting].contains(seed) {
        switch absence {
        case .failed:
          lostSetting[seed] = true
          for part in lostRuns.indices {
            lostRuns[part] += 1
            lostSeeds[part].insert(seed)
          }
        case .ok, .unfinished: unfinishedRuns += lostRuns.count
        }
      }
    }
  }

  var reason: MissingRuns.Reason? {
    if armsDiffer { return .armsDiffer }
    let isUneven = lostSetting.indices.contains { lostSetting[$0] && usableSettings[$0] > 0 }
    return isUneven ? .settingsDiffer : nil
  }

  /// The tuples that the estimate is made of: where no verdict is possible all that are usable, else those of the
  /// settings that the best-covered seed has, in the seeds that have them all.
  func kept(_ matched: MatchedRuns) -> [Int] {
    let usable = states.indices.filter { states[$0] == .usable }
    let most = usableSettings.max() ?? 0
    guard reason == nil,
      usableSettings.contains(where: { $0 > 0 && $0 < isUsable.count(where: \.self) })
    else { return usable }
    let best = usableSettings.firstIndex(of: most) ?? 0
    let shared = Set(usable.filter { matched.seeds[$0] == best }.map { matched.settings[$0] })
    var covered = Array(repeating: 0, count: matched.seedCount)
    let within = usable.filter { shared.contains(matched.settings[$0]) }
    for tuple in within { covered[matched.seeds[tuple]] += 1 }
    return within.filter { covered[matched.seeds[$0]] == most }
  }

  /// - Parameters:
  ///   - bounds: The contrast at its worst.
  ///   - isDecisive: Whether what was lost may keep a verdict open.
  /// - Returns: The counts, with the reason where there is one.
  func missing(bounds: Interval?, isDecisive: Bool) -> MissingRuns {
    let most = isUsable.count(where: \.self)
    return MissingRuns(
      reason: isDecisive ? reason : nil,
      seedCount: isPresent.count(where: \.self),
      completeSeedCount: most == 0 ? 0 : usableSettings.count { $0 == most },
      lostRuns: lostRuns,
      lostSeeds: lostSeeds.map(\.count),
      unfinishedRuns: unfinishedRuns,
      bounds: bounds
    )
  }

  /// The contrast with every lost run as low, and as high, as makes it least, and largest: the mean over settings of
  /// the mean over seeds, of all that were not merely unfinished.
  func bounds(_ matched: MatchedRuns, column: [Double], range: Interval?) -> Interval? {
    // A program may count in per cent what others call a share.
    guard let range, lostRuns.contains(where: { $0 > 0 }),
      matched.runs.allSatisfy({
        $0 == MatchedRuns.absent || !column[$0].isFinite || range.contains(column[$0])
      })
    else { return nil }
    let parts = matched.weights.count
    var lower = Array(repeating: RunningMean(), count: matched.settingCount)
    var upper = lower
    var seen = Array(repeating: Set<Int>(), count: matched.settingCount)
    func add(_ values: [Double?], to setting: Int) {
      var ends = (least: CompensatedSum(), most: CompensatedSum())
      for (value, weight) in zip(values, matched.weights) {
        let low = value ?? (weight < 0 ? range.upper : range.lower)
        let high = value ?? (weight < 0 ? range.lower : range.upper)
        ends.least.add(weight * low)
        ends.most.add(weight * high)
      }
      lower[setting].add(ends.least.value)
      upper[setting].add(ends.most.value)
    }
    for (tuple, state) in states.enumerated() {
      seen[matched.settings[tuple]].insert(matched.seeds[tuple])
      guard state != .unfinished else { continue }
      let runs = matched.runs[tuple * parts..<(tuple + 1) * parts]
      add(
        runs.map { $0 != MatchedRuns.absent && column[$0].isFinite ? column[$0] : nil },
        to: matched.settings[tuple]
      )
    }
    let missing = [Double?](repeating: nil, count: parts)
    for setting in seen.indices where isUsable[setting] {
      for seed in lostSetting.indices where lostSetting[seed] && !seen[setting].contains(seed) {
        add(missing, to: setting)
      }
    }
    let present = lower.indices.filter { lower[$0].count > 0 }
    guard !present.isEmpty else { return nil }
    return Interval(
      lower: mean(present.map { lower[$0].value }),
      upper: mean(present.map { upper[$0].value })
    )
  }
}
