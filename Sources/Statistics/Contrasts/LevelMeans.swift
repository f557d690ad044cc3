/// The mean of a metric at each level of a factor, over the settings and seeds in which every level
/// has a run.
package struct LevelMeans: Sendable, Equatable {
  /// How the means move along the levels of an ordered factor.
  package enum Shape: String, Sendable, CaseIterable {
    case flat, rising, falling
    /// The largest mean is at a level between the ends, and the means fall away from it.
    case peakInside
    /// The smallest mean is at a level between the ends, and the means rise away from it.
    case dipInside
    case mixed
  }

  package let factor: Factor

  /// One per level, in the metric's unit; nil for a level without any result, and for all of them where no setting
  /// and seed has all the others.
  package let means: [Double?]

  /// How many seeds there are, and how many matched settings of the other factors.
  package let seedCount: Int
  package let settingCount: Int

  package init(factor: Factor, means: [Double?], seedCount: Int = 0, settingCount: Int = 0) {
    precondition(
      means.count == factor.levels.count,
      "\(means.count) means for \(factor.levels.count) levels of \(factor.name)"
    )
    self.factor = factor
    self.means = means
    self.seedCount = seedCount
    self.settingCount = settingCount
  }

  /// The shape in words, for means that are all there; equal neighbours change no shape.
  package var shape: Shape? {
    let present = means.compactMap { $0 }
    guard present.count == means.count, present.count >= 3 else { return nil }
    let rises = zip(present, present.dropFirst()).filter { $0 != $1 }.map { $0 < $1 }
    let turns = zip(rises, rises.dropFirst()).count { $0 != $1 }
    switch (rises.first, turns) {
    case (nil, _): return .flat
    case (true?, 0): return .rising
    case (false?, 0): return .falling
    case (true?, 1): return .peakInside
    case (false?, 1): return .dipInside
    case (_?, _): return .mixed
    }
  }
}

extension PairedRuns {
  /// The mean at each level of a factor, one value per metric of the design.
  ///
  /// A level that no run has a value of does not blank the others, unless the design insists on a share of settings,
  /// which compares complete sets of levels alone.
  func levelMeans(of factor: Factor) -> [LevelMeans] {
    let place = design.factors.firstIndex { $0.name == factor.name }
    var byLevels: [[Int]: [[ContrastResult]]] = [:]
    return design.metrics.indices.map { metric in
      let present = factor.levels.indices.filter { level in
        guard design.minimumCoverage == nil, let place else { return true }
        return zip(cells, runsOfCell).contains { cell, runs in
          cell[place] == level && columns[metric][runs].contains(where: \.isFinite)
        }
      }
      let levels = present.map { factor.levels[$0] }
      let found =
        byLevels[present]
        ?? levels.map { results(.levelMean(of: factor, among: levels, level: $0)) }
      byLevels[present] = found
      var means = [Double?](repeating: nil, count: factor.levels.count)
      for (level, result) in zip(present, found) { means[level] = result[metric].estimate }
      return LevelMeans(
        factor: factor,
        means: means,
        seedCount: found.first?[metric].seedCount ?? 0,
        settingCount: found.first?[metric].settings.total ?? 0
      )
    }
  }
}
