import Charts
import Statistics

extension Analysis {
  /// The first metric that has a better end, over the levels of the two factors that move it most.
  ///
  /// - Parameter runs: The runs that were analysed.
  /// - Returns: nil where fewer than two factors vary.
  func strongestPair(_ runs: PairedRuns) -> Figure? {
    let judged = effects.first { $0.metric.better != .none }
    guard let effects = judged ?? effects.first else { return nil }
    let ranked = runs.design.factors.filter { $0.levels.count > 1 }
      .map { (factor: $0, size: effects.largestChange(of: $0)) }
      .sorted { $0.size > $1.size }
    let pairs = ranked.indices.flatMap { first in
      ranked[(first + 1)...].map { (ranked[first].factor, $0.factor) }
    }
    // Where no setting has all of a pair's levels, the next pair is drawn.
    return pairs.prefix(Self.pairsTried).lazy.compactMap { rows, columns in
      LevelMap(metric: effects.metric, rows: rows, columns: columns, runs: runs).figure
    }.first
  }

  private static let pairsTried = 6
}

extension Effects {
  /// The largest change that a factor makes, whatever its direction.
  fileprivate func largestChange(of factor: Factor) -> Double {
    main.filter { $0.change.factor == factor.name }
      .map { abs($0.result.estimate ?? 0) }.max() ?? 0
  }
}

/// The means of a metric at every pair of levels of two factors.
private struct LevelMap {
  let metric: Metric
  let rows: [String]
  let columns: [String]
  let rowFactor: Factor
  let columnFactor: Factor
  /// One array per row, over the settings and seeds that every pair with a run has; nil for a pair without one.
  let samples: [[SeedMean?]]
  /// How many settings of the other factors all pairs have.
  private let settingCount: Int

  /// More would leave no room for the numbers.
  private static let levelLimit = 12

  init(metric: Metric, rows: Factor, columns: Factor, runs: PairedRuns) {
    self.metric = metric
    rowFactor = rows
    columnFactor = columns
    let down = Array(rows.levels.prefix(Self.levelLimit))
    let across = Array(columns.levels.prefix(Self.levelLimit))
    self.rows = down
    self.columns = across
    let place = runs.design.metrics.firstIndex { $0.name == metric.name } ?? 0
    let pairs = down.flatMap { row in across.map { [row, $0] } }
    let run = pairs.filter { pair in
      let mean = Contrast.mean(at: pair[0], of: rows.name, at: [columns.name: pair[1]])
      return !runs.results(mean)[place].perSeed.isEmpty
    }
    let result = runs.results(.matched(run, of: [rows.name, columns.name]))[place]
    settingCount = result.settings.total
    samples = down.map { row in
      across.map { column in
        run.firstIndex(of: [row, column]).flatMap { part in
          result.seeds.isEmpty ? nil : SeedMean(result.partsPerSeed[part])
        }
      }
    }
  }

  var figure: Figure? {
    let known = places.compactMap { place in place.sample.map { (place.name, $0) } }
    let means = known.compactMap { name, sample in sample.mean.map { (name, $0, sample) } }
    guard let lowest = means.min(by: { $0.1 < $1.1 }), let highest = means.max(by: { $0.1 < $1.1 })
    else { return nil }
    return Figure(
      name: "map-\(metric.name)-\(rowFactor.name)-\(columnFactor.name)",
      title: """
        Over \(rowFactor.name) and \(columnFactor.name), the two that move it most, \(metric.name) \
        goes from \(metric.text(lowest.2)) at \(lowest.0) to \(metric.text(highest.2)) at \
        \(highest.0); \(Numeral.counted(known.map(\.1.values.count).max() ?? 0, "seed"))
        """,
      label: "\(metric.name): "
        + known.map { "\($0) \(metric.text($1))" }.joined(separator: "; ") + ".",
      chart: HeatMap(
        rows: rows,
        columns: columns,
        cells: samples.map { $0.map(cell) },
        rowTitle: rowFactor.name,
        columnTitle: columnFactor.name,
        valueLabel: metric.axisLabel
      ),
      data: Table(
        columns: [.words(rowFactor.name), .words(columnFactor.name)] + Table.Column.seedMean,
        rows: places.map { place in
          [place.row, place.column] + metric.cells(place.sample ?? SeedMean([]))
        }
      ),
      note: """
        Each mean is over the seeds and over the \(Numeral.counted(settingCount, "setting")) of the other factors \
        that all pairs have; beside it stands half the width of its 95 % t interval over seeds.\(leftOut)
        """
    )
  }

  private var leftOut: String {
    rowFactor.levels.count > rows.count || columnFactor.levels.count > columns.count
      ? " The first \(Self.levelLimit) levels are drawn; all count." : ""
  }

  private var places: [(row: String, column: String, name: String, sample: SeedMean?)] {
    zip(rows, samples).flatMap { row, samples in
      zip(columns, samples).map { column, sample in
        (row, column, "\(rowFactor.name) \(row), \(columnFactor.name) \(column)", sample)
      }
    }
  }

  private func cell(_ sample: SeedMean?) -> HeatMap.Cell? {
    guard let sample, let mean = sample.mean else { return nil }
    return HeatMap.Cell(
      value: metric.drawn(mean),
      halfWidth: sample.interval.map(metric.drawn).map { ($0.upper - $0.lower) / 2 }
    )
  }
}
