import Foundation
import Notation

/// The levels of an axis that is written as a range: `{"from": 1e-4, "to": 1, "count": 5, "scale": "log"}`.
struct NumberRange {
  /// Even steps between the levels, or even factors.
  enum Scale: String, CaseIterable { case linear, log }

  let values: [JSONNumber]

  /// Reads the fields of an axis and reports what is wrong with them.
  init?(_ entry: Entry, _ subject: String, reader: inout SpecReader) {
    let scale = entry.word("scale", Scale.self) ?? .linear
    let isWhole = entry.boolean("integer") ?? false
    guard let from = entry.number("from"), let to = entry.number("to"),
      let count = entry.integer("count"), let fromNode = entry["from"], let toNode = entry["to"]
    else { return nil }
    if scale == .log, min(from, to) <= 0 {
      reader.mismatch(
        from <= 0 ? "'from' of \(subject)" : "'to' of \(subject)",
        from <= 0 ? fromNode : toNode,
        expected: "a number above 0 on the log scale"
      )
      return nil
    }
    if from == to {
      reader.mismatch("'to' of \(subject)", toNode, expected: "another number than 'from'")
      return nil
    }
    values = NumberRange.values(from: from, to: to, count: count, scale: scale, isWhole: isWhole)
  }

  /// Spaces numbers evenly on a scale, both ends included exactly.
  ///
  /// Between the ends they are rounded to 12 digits, so that tables show 0.3 and not 0.30000000000000004.
  static func values(from: Double, to: Double, count: Int, scale: Scale, isWhole: Bool)
    -> [JSONNumber]
  {
    (0..<count).map { index in
      let share = Double(index) / Double(count - 1)
      let raw: Double
      switch scale {
      case .linear:
        let width = to - from
        raw = width.isFinite ? from + width * share : from * (1 - share) + to * share
      case .log:
        let factor = to / from
        raw =
          factor.isNormal
          ? from * pow(factor, share) : exp(log(from) * (1 - share) + log(to) * share)
      }
      var value = index == 0 ? from : index == count - 1 ? to : raw
      if isWhole {
        value = value.rounded()
      } else if index > 0, index < count - 1 {
        value = rounded(raw, among: max(abs(from), abs(to)), scale: scale)
      }
      return JSONNumber(value)
    }
  }

  private static func rounded(_ value: Double, among magnitude: Double, scale: Scale) -> Double {
    // On the linear scale a level near 0 is only as exact as the largest.
    let size = scale == .linear ? magnitude : abs(value)
    guard size.isNormal else { return value }
    let decimals = 11 - Int(floor(log10(size)))
    guard decimals >= 0, decimals < 300 else { return value }
    return Double(String(format: "%.\(decimals)f", value)) ?? value
  }
}
