/// Makes the nodes of a decision diagram, each once.
struct DiagramBuilder {
  /// What a pattern still waits for: levels of one axis, and then the rest.
  private struct Stage: Hashable {
    let axis: Int
    let levels: [Int]
    /// The stage that follows, or nil where the pattern is then complete.
    let next: Int?
  }

  /// A node is an axis and the stages that its patterns have reached, ascending.
  private struct State: Hashable {
    let axis: Int
    let stages: [Int]
  }

  private let levelCounts: [Int]
  private let allowed: [Int: [Int]]
  private let stateLimit: Int
  private let stages: [Stage]
  private var known: [State: (node: Int, cells: Int)] = [:]
  private(set) var nodes: [[DecisionDiagram.Segment]] = []

  private let start: [Int]

  init(
    levelCounts: [Int],
    forbidden: [CellPattern],
    allowed: CellPattern?,
    stateLimit: Int
  ) {
    self.levelCounts = levelCounts
    self.stateLimit = stateLimit
    var levels: [Int: [Int]] = [:]
    for constraint in allowed?.constraints ?? [] { levels[constraint.axis] = constraint.levels }
    self.allowed = levels
    // Patterns that end alike share their last stages, so that states which differ only in the past are one.
    var stages: [Stage] = []
    var numbers: [Stage: Int] = [:]
    var firsts: Set<Int> = []
    for pattern in forbidden {
      var next: Int?
      for constraint in pattern.constraints.reversed() {
        let stage = Stage(axis: constraint.axis, levels: constraint.levels, next: next)
        let number = numbers[stage] ?? stages.count
        if number == stages.count { stages.append(stage) }
        numbers[stage] = number
        next = number
      }
      if let next { firsts.insert(next) }
    }
    self.stages = stages
    self.start = firsts.sorted()
  }

  mutating func build() throws(DecisionDiagram.Failure) -> (node: Int, cells: Int) {
    try node(State(axis: 0, stages: start))
  }

  private mutating func node(_ state: State) throws(DecisionDiagram.Failure)
    -> (node: Int, cells: Int)
  {
    guard state.axis < levelCounts.count else { return (-1, 1) }
    if let found = known[state] { return found }
    guard known.count < stateLimit else { throw .tooManyStates(limit: stateLimit) }

    var segments: [DecisionDiagram.Segment] = []
    var total = 0
    for (levels, following) in transitions(from: state) {
      guard let following else { continue }
      let child = try node(following)
      guard child.cells > 0 else { continue }
      let (cells, isTooLarge) = child.cells.multipliedReportingOverflow(by: levels.count)
      let (sum, isSumTooLarge) = total.addingReportingOverflow(cells)
      if isTooLarge || isSumTooLarge { throw .tooManyCells }
      segments.append(
        DecisionDiagram.Segment(
          firstLevel: levels.lowerBound,
          levelCount: levels.count,
          child: child.node,
          cellsPerLevel: child.cells,
          start: total
        )
      )
      total = sum
    }
    nodes.append(segments)
    let result = (node: nodes.count - 1, cells: total)
    known[state] = result
    return result
  }

  /// Where each run of equal levels of an axis leads; nil where it leads to no cell.
  private func transitions(from state: State) -> [(levels: Range<Int>, following: State?)] {
    let waiting = state.stages.filter { stages[$0].axis > state.axis }
    let active = state.stages.filter { stages[$0].axis == state.axis }
    var matched: [Int: [Int]] = [:]
    for stage in active {
      for level in stages[stage].levels { matched[level, default: []].append(stage) }
    }
    if let levels = allowed[state.axis] {
      // What the filter leaves out leads nowhere: a level that is not allowed has no entry here.
      return levels.filter { $0 < levelCounts[state.axis] }.map {
        ($0..<$0 + 1, following(matched[$0] ?? [], waiting, axis: state.axis))
      }
    }
    var result: [(levels: Range<Int>, following: State?)] = []
    let rest = State(axis: state.axis + 1, stages: waiting)
    var position = 0
    for level in matched.keys.sorted() where level < levelCounts[state.axis] {
      if position < level { result.append((position..<level, rest)) }
      let next = following(matched[level] ?? [], waiting, axis: state.axis)
      if let last = result.last, last.levels.upperBound == level, last.following == next {
        result[result.count - 1].levels = last.levels.lowerBound..<level + 1
      } else {
        result.append((level..<level + 1, next))
      }
      position = level + 1
    }
    if position < levelCounts[state.axis] {
      result.append((position..<levelCounts[state.axis], rest))
    }
    return result
  }

  /// The state after a level that some stages waited for; nil where a pattern is then complete.
  private func following(_ matched: [Int], _ waiting: [Int], axis: Int) -> State? {
    var reached = Set(waiting)
    for stage in matched {
      guard let next = stages[stage].next else { return nil }
      reached.insert(next)
    }
    return State(axis: axis + 1, stages: reached.sorted())
  }
}
