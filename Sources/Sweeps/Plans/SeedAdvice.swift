import Foundation
package import Statistics

/// How many seeds would show a change of a given size, judged by runs that are there.
package struct SeedAdvice: Sendable, Equatable {
  /// More seeds than anybody runs.
  private static let seedLimit = 200

  package let metric: String
  /// The change that is to be shown, and the declared smallest change that matters, in the metric's unit.
  package let size: Double
  package let delta: Double
  /// The standard deviation of the difference between two cells with the same seed, in the metric's unit.
  package let spread: Double
  /// Differences that the spread was computed from.
  package let differences: Int
  /// The fewest seeds with which the change is called up or down in four of five sweeps; nil where 200 do not do.
  package let seeds: Int?
  /// Half the width of the 95 % interval with that many seeds; nil without them.
  package let halfWidth: Double?

  /// Pools the spread of paired differences between each cell and the first one.
  ///
  /// nil where there are fewer than two cells with the same two seeds.
  ///
  /// - Parameters:
  ///   - metric: With its delta.
  ///   - size: The change that is to be shown, above 0.
  ///   - records: Runs of one sweep.
  package init?(metric: Metric, size: Double, records: [Record]) {
    var values: [[String]: [Int: Double]] = [:]
    for record in records where record.outcome == .finished {
      guard let value = record.measurements.final[metric.name], value.isFinite else { continue }
      values[record.run.levels, default: [:]][record.run.seed] = value
    }
    let cells = values.keys.sorted { $0.lexicographicallyPrecedes($1) }
    guard let first = cells.first.flatMap({ values[$0] }) else { return nil }
    var squares = 0.0
    var degrees = 0
    var count = 0
    for cell in cells.dropFirst() {
      let differences = (values[cell] ?? [:]).compactMap { seed, value in
        first[seed].map { value - $0 }
      }
      guard differences.count > 1 else { continue }
      let mean = differences.reduce(0, +) / Double(differences.count)
      squares += differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      degrees += differences.count - 1
      count += differences.count
    }
    guard degrees > 0 else { return nil }
    self.metric = metric.name
    self.size = size
    delta = metric.declaredDelta
    differences = count
    let spread = (squares / Double(degrees)).squareRoot()
    self.spread = spread
    let delta = metric.declaredDelta
    let forecast = (2...SeedAdvice.seedLimit).lazy
      .map { SeedForecast(seeds: $0, spread: spread) }
      .first { $0.smallestExcess <= size - delta }
    seeds = forecast?.seeds
    halfWidth = forecast?.halfWidth
  }
}
