/// A regular expression as steps that many readers of a text take at once.
///
/// Reference: R. Cox, "Regular Expression Matching: the Virtual Machine Approach" (2009), the Pike machine:
/// https://swtch.com/~rsc/regexp/regexp2.html
struct PatternProgram {
  enum Step {
    case one(ScalarSet)
    case assertion(PatternNode.Assertion)
    /// Goes on at both, at the first before the second.
    case split(Int, Int)
    case jump(Int)
    /// Writes the position down.
    case save(Int)
    case match
  }

  /// Steps of the largest program.
  private static let limit = 20_000

  private(set) var steps: [Step] = []

  init(_ node: PatternNode) throws(RegularExpression.Fault) {
    steps.append(.save(0))
    try add(node)
    steps += [.save(1), .match]
  }

  private mutating func add(_ node: PatternNode) throws(RegularExpression.Fault) {
    guard steps.count < Self.limit else { throw .tooLarge }
    switch node {
    case .one(let set): steps.append(.one(set))
    case .assertion(let assertion): steps.append(.assertion(assertion))
    case .sequence(let nodes): for node in nodes { try add(node) }
    case .choice(let branches): try add(branches)
    case .group(let number, let inner):
      steps.append(.save(2 * number + 2))
      try add(inner)
      steps.append(.save(2 * number + 3))
    case .repeated(let inner, let least, let most, let isLazy):
      for _ in 0..<least { try add(inner) }
      if let most {
        try addOptional(inner, count: most - least, isLazy)
      } else {
        let start = steps.count
        steps.append(.jump(0))
        try add(inner)
        steps.append(.jump(start))
        steps[start] = split(start + 1, steps.count, isLazy)
      }
    }
  }

  private mutating func add(_ branches: [PatternNode]) throws(RegularExpression.Fault) {
    var ends: [Int] = []
    for (index, branch) in branches.enumerated() {
      let start = steps.count
      let isLast = index == branches.count - 1
      if !isLast { steps.append(.jump(0)) }
      try add(branch)
      guard !isLast else { continue }
      ends.append(steps.count)
      steps.append(.jump(0))
      steps[start] = .split(start + 1, steps.count)
    }
    for end in ends { steps[end] = .jump(steps.count) }
  }

  private mutating func addOptional(
    _ inner: PatternNode,
    count: Int,
    _ isLazy: Bool
  ) throws(RegularExpression.Fault) {
    var starts: [Int] = []
    for _ in 0..<max(0, count) {
      starts.append(steps.count)
      steps.append(.jump(0))
      try add(inner)
    }
    for start in starts { steps[start] = split(start + 1, steps.count, isLazy) }
  }

  private func split(_ inside: Int, _ outside: Int, _ isLazy: Bool) -> Step {
    isLazy ? .split(outside, inside) : .split(inside, outside)
  }
}
