package import Charts
import Statistics
package import Sweeps

/// The learning curve of one side of a change: the mean over its finished runs.
package struct ArmCurve: Sendable, Equatable {
  /// The level that is compared: `dropout 0.5`.
  package let name: String
  package let unit: CurvePoint.Unit
  /// The epoch or step by the mean at it, in the metric's unit; where every run of the arm was measured.
  package let points: [Point]
  /// How many runs it is the mean of.
  package let runCount: Int

  /// The curves of what a question compares, of its own metric and no other.
  ///
  /// - Parameters:
  ///   - question: The question.
  ///   - evidence: The runs; their curves are read.
  /// - Returns: Before the change and after it; those that no program printed are left out.
  /// - Throws: What reading curves throws.
  static func curves(of question: Question, in evidence: Evidence) throws -> [ArmCurve] {
    let metric = evidence.spec.metric(named: question.metric)
    return try question.arms.compactMap { arm in
      let records = evidence.records.filter {
        $0.status == .ok && arm.contains($0.run.levels, of: evidence.spec.axes)
      }
      var curves: [Curve] = []
      try evidence.curves.forEach(of: records) { curves.append($0) }
      // The trainer's own curves are measured on a part of the data, and named for it.
      let sampled = metric.measurand.flatMap { evidence.spec.vocabulary.name(of: $0, as: .curve) }
      let names = [metric.name] + [sampled].compactMap(\.self)
      return ArmCurve(of: curves, printedAs: names, metric, name: arm.name)
    }
  }

  /// nil where no run has a curve of the metric.
  private init?(of curves: [Curve], printedAs names: [String], _ metric: Metric, name: String) {
    var values: [Double: [Double]] = [:]
    var unit: CurvePoint.Unit?
    var count = 0
    for curve in curves {
      guard
        let series = names.lazy.compactMap({ name in curve.series.first { $0.metric == name } })
          .first
      else { continue }
      count += 1
      unit = unit ?? curve.coordinates.first?.unit
      for (coordinate, value) in zip(curve.coordinates, series.values) {
        guard let value = metric.analyzed(value) else { continue }
        values[coordinate.position, default: []].append(value)
      }
    }
    guard let unit else { return nil }
    self.name = name
    self.unit = unit
    runCount = count
    points = values.filter { $0.value.count == count }.sorted { $0.key < $1.key }.map {
      Point(x: $0.key, y: metric.drawn(mean($0.value)))
    }
  }
}
