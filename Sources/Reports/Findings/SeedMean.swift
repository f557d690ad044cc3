import Charts
import Foundation
import Statistics

/// The mean of one value per seed with its Student interval, on the scale of the analysis.
struct SeedMean {
  /// One per seed, finite.
  let values: [Double]

  /// - Parameter values: One per seed; those that are not finite are left out.
  init(_ values: [Double]) {
    self.values = values.filter(\.isFinite)
  }

  var mean: Double? { values.isEmpty ? nil : Statistics.mean(values) }

  /// The 95 % interval; nil below two seeds.
  var interval: Interval? {
    guard values.count > 1, let mean else { return nil }
    let half = halfWidth(standardDeviation(values))
    return Interval(lower: mean - half, upper: mean + half)
  }

  private func halfWidth(_ spread: Double) -> Double {
    studentQuantile(count: values.count) * spread / Double(values.count).squareRoot()
  }
}

/// The multiplier of a 95 % t interval over so many seeds, at least two.
func studentQuantile(count: Int) -> Double {
  StudentT(degreesOfFreedom: count - 1).upperQuantile(0.025)
}

extension Metric {
  /// A value of the analysis as figures show it: in points where the spec says so, and never as a logarithm.
  func drawn(_ value: Double) -> Double {
    switch scale {
    case .linear: value * displayFactor
    case .log: exp(value) * displayFactor
    }
  }

  func drawn(_ interval: Interval) -> Span {
    Span(lower: drawn(interval.lower), upper: drawn(interval.upper))
  }

  /// What an axis of drawn values is called.
  var axisLabel: String {
    switch scale {
    case .linear: name + (unit.isEmpty ? "" : "," + unit)
    case .log: name + ", geometric mean"
    }
  }

  /// Mean, interval and a dot per seed.
  func group(_ sample: SeedMean) -> Group {
    Group(
      mean: sample.mean.map(drawn),
      interval: sample.interval.map(drawn),
      dots: sample.values.map(drawn)
    )
  }

  /// The mean in words: `0.412`, or `–` where nothing was measured.
  func meanText(_ sample: SeedMean) -> String {
    guard let mean = sample.mean.map(drawn) else { return "–" }
    return sample.interval.map(drawn).map { span in
      Numeral.fixed(mean, decimals: Numeral.decimals(for: (span.upper - span.lower) / 2))
    } ?? Numeral.significant(mean)
  }

  /// The interval in words: `0.390 to 0.434`.
  func intervalText(_ sample: SeedMean) -> String {
    guard let span = sample.interval.map(drawn) else { return "–" }
    let decimals = Numeral.decimals(for: (span.upper - span.lower) / 2)
    return Numeral.fixed(span.lower, decimals: decimals) + " to "
      + Numeral.fixed(span.upper, decimals: decimals)
  }

  /// Mean and interval in words: `0.412 (95 % CI 0.390 to 0.434)`.
  func text(_ sample: SeedMean) -> String {
    let mean = meanText(sample) + unit
    return sample.interval == nil ? mean : mean + " (95 % CI \(intervalText(sample)))"
  }
}

extension Table.Column {
  /// What a table says of a mean over seeds.
  static let seedMean: [Table.Column] = [.numbers("mean"), .numbers("95 % CI"), .numbers("n")]
}

extension Metric {
  /// The cells of `Table.Column.seedMean`.
  func cells(_ sample: SeedMean) -> [String] {
    [meanText(sample), intervalText(sample), "\(sample.values.count)"]
  }
}
