/// After how many seeds a sweep looks at its results, decided before the first of them.
package struct LookSchedule: Sendable, Hashable {
  /// The name under which the rule is sealed; another way of spending errors would be another rule.
  package static let rule = "linear-t-1"

  /// Seeds at each look, rising, at least two at the first.
  package let seeds: [Int]

  package init(_ seeds: [Int]) {
    precondition(
      seeds.first.map { $0 > 1 } ?? false && zip(seeds, seeds.dropFirst()).allSatisfy { $0 < $1 },
      "looks come after ever more seeds, two or more, not after \(seeds)"
    )
    self.seeds = seeds
  }

  package var first: Int { seeds[0] }
  package var last: Int { seeds[seeds.count - 1] }

  /// The only look of what is never looked at again.
  var single: LookSchedule { LookSchedule([first]) }

  /// What each look may spend of an error that all of them may spend together: its share of the seeds.
  ///
  /// Reference: Kim, DeMets (1987), Biometrika 74, with ρ = 1; spending as such, Lan, DeMets (1983), Biometrika 70.
  func spending(_ error: Double) -> [Double] {
    var before = 0.0
    return seeds.map { count in
      let spent = error * Double(count) / Double(last)
      defer { before = spent }
      return spent - before
    }
  }
}
