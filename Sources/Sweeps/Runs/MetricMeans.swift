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
      guard values.count > 1 else { return nil }
      let mean = values.reduce(0, +) / Double(values.count)
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let error = (squares / Double(values.count - 1) / Double(values.count)).squareRoot()
      let half = error * StudentT(degreesOfFreedom: values.count - 1).upperQuantile(0.025)
      return "\(name) \(short(mean)) [\(short(mean - half)), \(short(mean + half))]"
    }
    guard let count = values.map(\.values.count).max(), !parts.isEmpty else { return nil }
    return "baseline " + parts.joined(separator: ", ")
      + " (mean and 95% interval of \(count.grouped) seeds)"
  }

  private func short(_ value: Double) -> String {
    JSONNumber((value * 10_000).rounded() / 10_000).text
  }
}
