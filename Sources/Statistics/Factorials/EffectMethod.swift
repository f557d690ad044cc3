/// How the change of a factor was estimated.
package enum EffectMethod: Sendable, Equatable {
  /// From pairs of runs with everything else equal.
  case paired
  /// By a fit to all cells of a part of a grid, shifted by the interactions that are named.
  case leastSquares(aliases: [LeastSquares.Alias])
  /// From two sides that share no seed; so many of their runs were lost.
  case unpaired(UnpairedDifference, lost: Int)

  package var name: String {
    switch self {
    case .paired: "paired"
    case .leastSquares: "least_squares"
    case .unpaired: "unpaired"
    }
  }

  package var unpaired: UnpairedDifference? {
    if case .unpaired(let difference, _) = self { difference } else { nil }
  }

  /// What two sides without a common seed settle; nothing where runs of them were lost.
  package var unpairedOutcome: Direction? {
    if case .unpaired(let difference, lost: 0) = self { difference.test?.outcome } else { nil }
  }
}

extension PairedRuns {
  /// The changes of a part of a grid by least squares, where the design says that it is a part, or pairs cannot tell.
  ///
  /// - Parameters:
  ///   - change: The step.
  ///   - paired: What pairs say, one result per metric.
  ///   - fit: The fit to all cells; nil for a full grid.
  /// - Returns: By metric the result and how it came about.
  func estimated(
    _ change: Effects.Change,
    paired: [ContrastResult],
    fit: LeastSquares?
  ) -> [(ContrastResult, EffectMethod)] {
    let needed = paired.map { design.isPart || $0.status == .noPairs }
    guard let factor = design.factors.firstIndex(where: { $0.name == change.factor }),
      let level = design.factors[factor].levels.firstIndex(of: change.to), needed.contains(true)
    else { return paired.map { ($0, .paired) } }
    let fitted = fit?.change(of: factor, to: level)
    let found = fitted.map { results($0.contrast) }
    return paired.indices.map { metric in
      guard needed[metric] else { return (paired[metric], .paired) }
      if let fitted, let result = found?[metric], result.status != .noPairs {
        return (result, .leastSquares(aliases: fitted.aliases))
      }
      // A rule of looks tells nothing before all runs of a look have ended.
      guard looks == nil, paired[metric].status == .noPairs,
        let method = unpaired(change, metric: metric)
      else {
        return (paired[metric], .paired)
      }
      return (paired[metric], method)
    }
  }

  /// The fit to the cells of a part of a grid; nil for a full grid, whose pairs say the same, and for a design that
  /// insists on pairs by the share of settings that it names.
  var fit: LeastSquares? {
    let count = design.cellCount(of: design.factors)
    guard design.minimumCoverage == nil, cells.count > 1, cells.count < count || design.isPart,
      cells.count <= Self.fittedLimit
    else { return nil }
    return LeastSquares(cells: cells, factors: design.factors)
  }

  /// Every effect looks at every cell, so that more would take longer than a report may.
  private static let fittedLimit = 1_000

  /// Welch's difference where no seed has both levels.
  ///
  /// Runs that share no seed with any other are independent, setting by setting; seeds that have every setting are
  /// independent of each other.
  ///
  /// - Returns: nil where a seed is on both sides, where the sides have different settings, and where a seed has some
  ///   settings and not all, so that its runs are neither.
  private func unpaired(_ change: Effects.Change, metric: Int) -> EffectMethod? {
    guard let before = arm(change.factor, change.from, metric: metric),
      let after = arm(change.factor, change.to, metric: metric),
      before.seeds.isDisjoint(with: after.seeds),
      Set(before.bySetting.keys) == Set(after.bySetting.keys)
    else { return nil }
    let metric = design.metrics[metric]
    let difference: UnpairedDifference?
    if let first = before.seedMeans, let second = after.seedMeans {
      difference = UnpairedDifference(
        from: first,
        to: second,
        delta: metric.delta,
        alpha: design.alpha
      )
    } else if before.isIndependent, after.isIndependent {
      difference = UnpairedDifference(
        strata: before.bySetting.keys.sorted { $0.lexicographicallyPrecedes($1) }.map { setting in
          (
            (before.bySetting[setting] ?? []).map(\.value),
            (after.bySetting[setting] ?? []).map(\.value)
          )
        },
        delta: metric.delta,
        alpha: design.alpha
      )
    } else {
      difference = nil
    }
    return difference.map { .unpaired($0, lost: before.lost + after.lost) }
  }

  /// One side of a change, by the settings of the other factors.
  private struct Side {
    var bySetting: [[Int]: [(seed: Int, value: Double)]] = [:]
    var lost = 0

    private var runs: [(seed: Int, value: Double)] { bySetting.values.flatMap(\.self) }
    var seeds: Set<Int> { Set(runs.map(\.seed)) }

    /// Whether no two runs share a seed.
    var isIndependent: Bool { seeds.count == runs.count }

    /// One mean per seed, ascending; nil unless every seed has every setting.
    var seedMeans: [Double]? {
      let bySeed = Dictionary(grouping: runs) { $0.seed }
      guard bySeed.values.allSatisfy({ $0.count == bySetting.count }) else { return nil }
      return bySeed.sorted { $0.key < $1.key }.map { mean($0.value.map(\.value)) }
    }
  }

  private func arm(_ name: String, _ level: String, metric: Int) -> Side? {
    guard let place = design.factors.firstIndex(where: { $0.name == name }),
      let wanted = design.factors[place].levels.firstIndex(of: level)
    else { return nil }
    var side = Side()
    for (cell, runs) in zip(cells, runsOfCell) where cell[place] == wanted {
      var setting = cell
      setting.remove(at: place)
      for run in runs {
        let value = columns[metric][run]
        if value.isFinite {
          side.bySetting[setting, default: []].append((seedOfRun[run], value))
        } else if fates[run] != .unfinished {
          side.lost += 1
        }
      }
    }
    return side.bySetting.isEmpty ? nil : side
  }
}
