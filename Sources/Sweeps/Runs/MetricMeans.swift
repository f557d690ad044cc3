import Notation
internal import Statistics

/// What the runs of the baseline measured so far, each of them the same but for the seed.
///
/// No number is taken over different cells: their mean is that of no network, and its interval would narrow as the grid
/// grows.
package struct MetricMeans {
  private let baseline: [String]
  private var values: [(name: String, values: [Double])]

  /// - Parameters:
  ///   - names: Of the metrics; the first three are shown.
  ///   - baseline: The levels of the baseline, one for each axis.
  package init(names: [String], baseline: [String]) {
    self.baseline = baseline
    values = names.prefix(3).map { ($0, []) }
  }

  /// Takes in a run that finished; one of another cell than the baseline changes nothing.
  package mutating func add(_ record: Record) {
    guard record.run.levels == baseline else { return }
    for index in values.indices {
      if let value = record.measurements.final[values[index].name], value.isFinite {
        values[index].values.append(value)
      }
    }
  }

  /// `baseline valid_loss 0.412 [0.390, 0.434] (mean and 95% interval of 12 seeds)`; nil before two runs.
  package var text: String? {
    let parts = values.compactMap { name, values -> String? in
      guard let interval = Interval(ofMeanOf: values) else { return nil }
      let ends = "[\(short(interval.lower)), \(short(interval.upper))]"
      return "\(name) \(short(mean(values))) \(ends)"
    }
    let counts = values.map(\.values.count).filter { $0 > 1 }
    guard let least = counts.min(), let most = counts.max() else { return nil }
    let seeds = least == most ? most.grouped : "\(least.grouped) to \(most.grouped)"
    return "baseline " + parts.joined(separator: ", ")
      + " (mean and 95% interval of \(seeds) seeds)"
  }

  private func short(_ value: Double) -> String {
    // A number of this size has no decimals left, and a greater one cannot be scaled.
    guard abs(value) < 0x1p53 else { return JSONNumber(value).text }
    return JSONNumber((value * 10_000).rounded() / 10_000).text
  }
}
