/// The scored predictions of one range of confidence, and how many of them came true.
package struct CalibrationBin: Sendable, Equatable {
  /// The range of the stated direction's probability; its upper end belongs to the next bin, but
  /// for 1.
  package let lower: Double
  package let upper: Double
  package let count: Int
  package let right: Int
  package let meanConfidence: Double?

  package var shareRight: Double? { count == 0 ? nil : Double(right) / Double(count) }

  /// The Wilson interval of the share; nil for an empty bin.
  package var wilson95: Interval? { count == 0 ? nil : wilsonInterval(count: right, of: count) }

  /// Sorts scored predictions into bins of confidence.
  static func bins(_ predictions: [ScoredForecast]) -> [CalibrationBin] {
    let edges = [0, 0.5, 0.7, 0.9, 1]
    return zip(edges, edges.dropFirst()).map { lower, upper in
      let inside = predictions.filter { prediction in
        guard let confidence = prediction.confidence else { return false }
        return lower <= confidence && (confidence < upper || upper == 1)
      }
      return CalibrationBin(
        lower: lower,
        upper: upper,
        count: inside.count,
        right: inside.count { $0.verdict == .right },
        meanConfidence: inside.isEmpty ? nil : mean(inside.compactMap(\.confidence))
      )
    }
  }
}
