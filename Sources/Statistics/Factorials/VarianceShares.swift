/// How much of a metric's variance over a full grid each factor, each pair of factors and the seed account for.
///
/// With every cell run with every seed the shares are exact: the mean squares of the parts add up to that of the
/// whole, whatever the data. The rest is what three factors do together, what seeds do differently in different
/// cells, and luck that is no seed's.
///
/// Reference: Montgomery (2017), Design and Analysis of Experiments, chapter 5, for the sums of squares, which agree
/// with statsmodels' `anova_lm`; Efron, Tibshirani (1993), An Introduction to the Bootstrap, chapter 11, for the
/// jackknife over seeds.
package struct VarianceShares: Sendable, Equatable {
  /// What a share is of.
  package enum Source: Sendable, Hashable {
    case factor(String)
    case pair(String, String)
    case seed, rest
  }

  package struct Share: Sendable, Equatable {
    package let source: Source
    /// A fraction of the whole.
    package let share: Double
    /// The interval over seeds, within 0 and 1; nil below three seeds.
    package let interval: Interval?
  }

  /// Factors and pairs in the design's order, then the seed and the rest.
  package let shares: [Share]
  package let seedCount: Int
  package let cellCount: Int
  /// The variance that is shared out, on the scale of the analysis.
  package let variance: Double

  /// Larger tables would take longer than anybody waits for a report.
  private static let runLimit = 200_000

  /// - Returns: nil for a metric of which a run is missing, for a part of a grid, and where nothing varies.
  package init?(_ runs: PairedRuns, metric: Int, alpha: Double = 0.05) {
    let factors = runs.design.factors.filter { $0.levels.count > 1 }
    let seeds = runs.everySeed.count
    let count = runs.design.cellCount(of: runs.design.factors)
    guard !factors.isEmpty, seeds > 1, runs.cells.count == count,
      runs.seedOfRun.count == count * seeds, count * seeds <= Self.runLimit,
      runs.columns[metric].allSatisfy(\.isFinite)
    else { return nil }
    let places = runs.design.factors.indices.filter { runs.design.factors[$0].levels.count > 1 }
    // Cells are in grid order and the seeds of each ascend: values are cells × seeds.
    let table = Table(
      cells: runs.cells.map { cell in places.map { cell[$0] } },
      values: runs.runsOfCell.map { Array(runs.columns[metric][$0]) },
      levelCounts: factors.map(\.levels.count)
    )
    guard let whole = table.parts(leavingOut: nil), whole.variance > 0 else { return nil }
    let left = seeds < 3 ? [] : (0..<seeds).compactMap { table.parts(leavingOut: $0)?.shares }
    let sources = Self.sources(factors.map(\.name))
    shares = zip(sources, whole.shares).enumerated().map { place, entry in
      Share(
        source: entry.0,
        share: entry.1,
        interval: Self.interval(entry.1, left.map { $0[place] }, seeds: seeds, alpha)
      )
    }
    seedCount = seeds
    cellCount = count
    variance = whole.variance
  }

  private static func sources(_ names: [String]) -> [Source] {
    let pairs = names.indices.flatMap { first in
      names[(first + 1)...].map { Source.pair(names[first], $0) }
    }
    return names.map(Source.factor) + pairs + [.seed, .rest]
  }

  /// The jackknife: how far the share moves when each seed is left out in turn.
  private static func interval(
    _ share: Double,
    _ left: [Double],
    seeds: Int,
    _ alpha: Double
  ) -> Interval? {
    guard left.count == seeds, seeds > 2 else { return nil }
    let center = mean(left)
    let squares = compensatedSum(left.map { ($0 - center) * ($0 - center) })
    let error = (Double(seeds - 1) / Double(seeds) * squares).squareRoot()
    let half = StudentT(degreesOfFreedom: seeds - 1).upperQuantile(alpha / 2) * error
    return Interval(lower: max(0, share - half), upper: min(1, share + half))
  }
}

extension VarianceShares {
  /// Values by cell and seed.
  private struct Table {
    /// The level of each factor, one entry per cell.
    let cells: [[Int]]
    /// cells × seeds.
    let values: [[Double]]
    let levelCounts: [Int]

    /// The variance, and its parts in the order of the sources; nil where it is no number.
    func parts(leavingOut seed: Int?) -> (variance: Double, shares: [Double])? {
      let kept = values[0].indices.filter { $0 != seed }
      let cellMeans = values.map { row in mean(kept.map { row[$0] }) }
      let center = mean(cellMeans)
      let single = levelCounts.indices.map { factor in
        means(cellMeans, by: [factor]).map { $0 - center }
      }
      var parts = single.map { mean($0.map { $0 * $0 }) }
      for first in levelCounts.indices {
        for second in levelCounts.indices where second > first {
          let joint = means(cellMeans, by: [first, second])
          let deviations = joint.enumerated().map { place, value in
            value - center - single[first][place / levelCounts[second]]
              - single[second][place % levelCounts[second]]
          }
          parts.append(mean(deviations.map { $0 * $0 }))
        }
      }
      let seedMeans = kept.map { place in mean(values.map { $0[place] }) - center }
      parts.append(mean(seedMeans.map { $0 * $0 }))
      let variance = mean(
        values.flatMap { row in kept.map { (row[$0] - center) * (row[$0] - center) } }
      )
      guard variance > 0, variance.isFinite else { return nil }
      let shares = parts.map { $0 / variance }
      return (variance, shares + [max(0, 1 - compensatedSum(shares))])
    }

    /// The means of cells by the levels of one factor or two, the second varying fastest.
    private func means(_ values: [Double], by factors: [Int]) -> [Double] {
      let size = factors.reduce(1) { $0 * levelCounts[$1] }
      var means = Array(repeating: RunningMean(), count: size)
      for (cell, value) in zip(cells, values) {
        means[factors.reduce(0) { $0 * levelCounts[$1] + cell[$1] }].add(value)
      }
      return means.map(\.value)
    }
  }
}
