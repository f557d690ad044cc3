/// What a rule of looks makes of runs: how far each question and each cell has come.
package struct LookSequence: Sendable, Equatable {
  /// A question with its result at each look that it was open for.
  package struct Walk: Sendable, Equatable {
    package let question: Question

    /// The first look first; empty before that is taken.
    package internal(set) var results: [ContrastResult] = []

    /// By the index of each factor's level, the cells that it compares.
    let cells: Set<[Int]>

    /// nil before the first look.
    package var last: ContrastResult? { results.last }

    var isOpen: Bool { results.last?.look?.state ?? .open == .open }
  }

  package let plan: LookPlan

  /// One for each question that decides.
  package internal(set) var walks: [Walk]

  /// How many looks were taken: all their runs have ended.
  package internal(set) var taken = 0

  /// By the index of each factor's level, the last look, from 0, whose seeds a cell gets.
  package internal(set) var reached: [[Int]: Int]

  /// Whether no question gets more seeds.
  package var isFinished: Bool {
    taken == plan.schedule.seeds.count || taken > 0 && !walks.contains(where: \.isOpen)
  }

  /// The cells that some question compares.
  var needed: Set<[Int]> { walks.reduce(into: []) { $0.formUnion($1.cells) } }

  /// How many seeds a cell gets by the looks that were taken.
  package func seeds(of cell: [Int]) -> Int {
    plan.schedule.seeds[reached[cell, default: 0]]
  }

  /// How many runs that makes.
  package var runCount: Int { reached.values.reduce(0) { $0 + plan.schedule.seeds[$1] } }

  /// How many runs there would be with all seeds everywhere.
  package var mostRuns: Int { reached.count * plan.schedule.last }
}
