import Foundation

extension LookSchedule {
  /// A rule with room for what a number of seeds would settle if it were looked at once.
  ///
  /// - Parameter seeds: How many that is.
  /// - Returns: Looks from 5 seeds on, each about as many times the one before; at most 100 seeds.
  package static func offered(for seeds: Int) -> LookSchedule {
    let last = min(100, max(12, Int((Double(seeds) * 1.4).rounded(.up))))
    let ratio = Double(last) / 5
    let between = [1.0 / 3, 2.0 / 3].map { Int((5 * pow(ratio, $0)).rounded()) }
    return LookSchedule([5] + between + [last])
  }

  /// The rule as a spec has it: `{"first": 5, "looks": [8, 12, 20], "until": "settled"}`.
  package var specText: String {
    let later = seeds.dropFirst().map(String.init).joined(separator: ", ")
    return "{\"first\": \(first), \"looks\": [\(later)], \"until\": \"settled\"}"
  }
}
