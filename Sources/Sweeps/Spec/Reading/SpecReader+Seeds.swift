import Notation
import Statistics

extension SpecReader {
  /// All seeds that a spec may come to.
  mutating func seeds(_ node: JSONNode?) -> [Int] {
    guard let node else { return Array(0..<Grammar.usualSeedCount) }
    let expected = Grammar.spec.field("seeds")?.expectation ?? ""
    if case .object = node.content { return Array(0..<(looks(node)?.last ?? 1)) }
    guard case .array(let nodes) = node.content else {
      if let count = node.value.integer, 1...Grammar.levelLimit ~= count { return Array(0..<count) }
      mismatch("'seeds'", node, expected: expected)
      return []
    }
    if nodes.isEmpty {
      report(
        .mismatch(subject: "'seeds'", found: "an empty list", expected: expected),
        at: node.place
      )
    }
    var seeds: [Int] = []
    var seen: Set<Int> = []
    for node in nodes {
      guard let seed = node.value.integer else {
        mismatch("A seed", node, expected: "a whole number")
        continue
      }
      if !seen.insert(seed).inserted { report(.duplicateSeed(seed), at: node.place) }
      seeds.append(seed)
    }
    return seeds
  }
  /// The rule that decides how many seeds cells get; nil for seeds that are fixed.
  mutating func looks(_ node: JSONNode?, metrics: [Metric]) -> LookSchedule? {
    guard let node, case .object = node.content else { return nil }
    if metrics.isEmpty { report(.noMetrics(subject: "'seeds' with looks"), at: node.place) }
    return looks(node, reports: false)
  }

  /// Reads a rule of looks.
  ///
  /// - Returns: nil for one with faults.
  mutating func looks(_ node: JSONNode, reports: Bool = true) -> LookSchedule? {
    let known = faults.count
    var reader = self
    let entry = reader.entry(node, .seedRule, "'seeds'")
    if let first = entry.integer("first"), let list = entry["looks"] {
      let later = entry.elements("looks").compactMap(\.value.integer)
      let isRising = zip([first] + later, later).allSatisfy { $0 < $1 }
      if !isRising || !Grammar.lookCounts.contains(later.count) {
        let field = Grammar.seedRule.field("looks")
        reader.report(
          .mismatch(
            subject: "'looks' of 'seeds'",
            found: list.value.text,
            expected: field?.expectation ?? ""
          ),
          at: list.place
        )
      }
      if reader.faults.count == known { return LookSchedule([first] + later) }
    }
    if reports { self = reader }
    return nil
  }
}
