package import Statistics
package import Sweeps

/// The learning curves of one metric on two sides, point by point.
package struct CurveComparison: Sendable {
  /// One coordinate in the training that both sides have.
  package struct Point: Sendable {
    package let unit: CurvePoint.Unit
    package let position: Double
    /// Means over seeds of the runs' means; nil where no value is finite.
    package let first: Double?
    package let second: Double?
    /// The mean of the per-seed differences and its 95 % interval; nil below two common seeds.
    package let difference: Double?
    package let interval: Interval?
  }

  package let metric: String
  /// How many seeds the two sides have.
  package let firstSeeds: Int
  package let secondSeeds: Int
  package let points: [Point]

  /// Curves of the metrics that are compared come first; more than this are not shown.
  private static let limit = 4

  /// Compares all metrics that both sides have curves of.
  ///
  /// - Throws: What reading the curves throws.
  static func all(
    _ first: Comparison.Side,
    _ firstRuns: [Record],
    _ second: Comparison.Side,
    _ secondRuns: [Record],
    metrics: [Metric]
  ) throws -> [CurveComparison] {
    let one = try CurveMeans(first.evidence.curves, firstRuns)
    let two = try CurveMeans(second.evidence.curves, secondRuns)
    let declared = metrics.map(\.name)
    func isCompared(_ name: String) -> Bool { declared.contains { name.hasSuffix($0) } }
    return one.metrics.intersection(two.metrics).sorted {
      (isCompared($0) ? 0 : 1, $0) < (isCompared($1) ? 0 : 1, $1)
    }.prefix(limit).map { CurveComparison($0, one, two) }
  }

  private init(_ metric: String, _ first: CurveMeans, _ second: CurveMeans) {
    let one = first.means[metric] ?? [:]
    let two = second.means[metric] ?? [:]
    self.metric = metric
    firstSeeds = Set(one.values.flatMap(\.keys)).count
    secondSeeds = Set(two.values.flatMap(\.keys)).count
    points = Set(one.keys).intersection(two.keys).sorted().map { coordinate in
      let before = one[coordinate] ?? [:]
      let after = two[coordinate] ?? [:]
      let differences = before.keys.sorted().compactMap { seed in
        after[seed].flatMap { other in before[seed].map { other.value - $0.value } }
      }
      func overall(_ seeds: [Int: RunningMean]) -> Double? {
        seeds.isEmpty ? nil : mean(seeds.sorted { $0.key < $1.key }.map(\.value.value))
      }
      return Point(
        unit: coordinate.unit,
        position: coordinate.position,
        first: overall(before),
        second: overall(after),
        difference: differences.count > 1 ? mean(differences) : nil,
        interval: Interval(ofMeanOf: differences)
      )
    }
  }
}

/// The mean of each metric at each coordinate by seed, gathered from one curve after another.
private struct CurveMeans {
  private(set) var means: [String: [Curve.Coordinate: [Int: RunningMean]]] = [:]

  var metrics: Set<String> { Set(means.keys) }

  init(_ curves: Curves, _ records: [Record]) throws {
    let finished = records.filter { $0.status == .ok }
    let seeds = Dictionary(finished.map { ($0.run.id, $0.run.seed) }) { first, _ in first }
    try curves.forEach(of: finished) { curve in
      guard let seed = seeds[curve.run] else { return }
      for series in curve.series {
        for (coordinate, value) in zip(curve.coordinates, series.values) {
          guard let value, value.isFinite else { continue }
          means[series.metric, default: [:]][coordinate, default: [:]][seed, default: RunningMean()]
            .add(value)
        }
      }
    }
  }
}
