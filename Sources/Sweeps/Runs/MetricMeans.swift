import Notation
internal import Statistics

/// The mean over all finished runs of the metrics that a sweep is about, never the best of them.
package struct MetricMeans {
  private var values: [(name: String, values: [Double])]

  /// - Parameter names: Of the metrics; the first three are shown.
  package init(names: [String]) {
    values = names.prefix(3).map { ($0, []) }
  }

  /// Takes in a run that finished.
  package mutating func add(_ record: Record) {
    for index in values.indices {
      if let value = record.measurements.final[values[index].name], value.isFinite {
        values[index].values.append(value)
      }
    }
  }

  /// `valid_loss 0.412 [0.390, 0.434] (mean and 95% interval of 12 runs)`; nil before two runs.
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
    return parts.joined(separator: ", ") + " (mean and 95% interval of \(count.grouped) runs)"
  }

  private func short(_ value: Double) -> String {
    JSONNumber((value * 10_000).rounded() / 10_000).text
  }
}
