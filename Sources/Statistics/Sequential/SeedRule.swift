/// How the seeds of a design were decided, which says what its intervals may promise.
package struct SeedRule: Sendable, Equatable {
  /// The looks that were decided beforehand; nil where all seeds are looked at once.
  package let plan: LookPlan?

  /// What decides which cells go on to the next look.
  package let asked: [Question]

  /// How many of the looks were taken; nil where the runs themselves say it.
  package let taken: Int?

  /// Seeds that came after somebody had looked; nil where none did.
  package let later: LaterSeeds?

  package init(
    plan: LookPlan? = nil,
    asked: [Question] = [],
    taken: Int? = nil,
    later: LaterSeeds? = nil
  ) {
    self.plan = plan
    self.asked = asked
    self.taken = taken
    self.later = later
  }

  /// All seeds were decided beforehand, and are looked at once.
  package static let once = SeedRule()
}

/// Seeds that were added to those that were declared, after results had been shown.
package struct LaterSeeds: Sendable, Hashable {
  /// The seeds that were declared when results were first shown; verdicts on them stand.
  package let declared: Set<Int>

  /// After how many seeds verdicts were shown, rising.
  package let lookedAt: [Int]

  package init(declared: Set<Int>, lookedAt: [Int]) {
    self.declared = declared
    self.lookedAt = lookedAt
  }
}
