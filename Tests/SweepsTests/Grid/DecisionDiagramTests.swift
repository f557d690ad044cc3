import Execution
import Notation
import Statistics
import Storage
import Sweeps
import Testing

struct DecisionDiagramTests {
  /// All cells of a product in row-major order.
  private func product(_ levelCounts: [Int]) -> [[Int]] {
    levelCounts.reduce([[]]) { cells, count in
      cells.flatMap { cell in (0..<count).map { cell + [$0] } }
    }
  }

  private func pattern(_ levelCounts: [Int], using rng: inout SeededGenerator) -> CellPattern {
    var constraints: [CellPattern.Constraint] = []
    for axis in levelCounts.indices where rng.index(below: 2) == 0 {
      let levels = (0..<levelCounts[axis]).filter { _ in rng.index(below: 2) == 0 }
      if !levels.isEmpty { constraints.append(.init(axis: axis, levels: levels)) }
    }
    return CellPattern(
      constraints: constraints.isEmpty ? [.init(axis: 0, levels: [0])] : constraints
    )
  }

  @Test(arguments: 0..<200)
  func `a diagram numbers the same cells as a list does`(seed: Int) throws {
    var rng = SeededGenerator(purpose: "diagram", seed: seed)
    let levelCounts = (0...rng.index(below: 5)).map { _ in 1 + rng.index(below: 4) }
    let forbidden = (0..<rng.index(below: 6)).map { _ in pattern(levelCounts, using: &rng) }
    let allowed = rng.index(below: 3) == 0 ? pattern(levelCounts, using: &rng) : nil
    let diagram = try DecisionDiagram(
      levelCounts: levelCounts,
      forbidden: forbidden,
      allowed: allowed
    )
    let listed = product(levelCounts).filter { cell in
      !forbidden.contains { $0.matches(cell) } && allowed?.matches(cell) ?? true
    }
    #expect(diagram.count == listed.count)
    #expect((0..<diagram.count).map(diagram.cell(at:)) == listed)
    for cell in product(levelCounts) {
      #expect(diagram.index(of: cell) == listed.firstIndex(of: cell))
    }
  }

  @Test func `a thousand million cells with conditions are counted in a few states`() throws {
    let levelCounts = Array(repeating: 10, count: 9)
    let forbidden = (0..<8).map { axis in
      CellPattern(constraints: [
        .init(axis: axis, levels: [1]), .init(axis: axis + 1, levels: [2]),
      ])
    }
    let diagram = try DecisionDiagram(
      levelCounts: levelCounts,
      forbidden: forbidden,
      stateLimit: 20
    )
    // Sequences over 10 letters in which 1 is never followed by 2: a(n) = 10 a(n-1) - a(n-2).
    var counts = [1, 10]
    for n in 2...9 { counts.append(10 * counts[n - 1] - counts[n - 2]) }
    #expect(diagram.count == counts[9])
    let middle = diagram.count / 2
    #expect(diagram.index(of: diagram.cell(at: middle)) == middle)
  }

  @Test func `entangled conditions are refused and not computed for ever`() {
    // Each pattern joins an axis of the first half with one of the second: 2^20 states in the middle.
    let levelCounts = Array(repeating: 2, count: 40)
    let forbidden = (0..<20).map { axis in
      CellPattern(constraints: [
        .init(axis: axis, levels: [1]), .init(axis: axis + 20, levels: [1]),
      ])
    }
    #expect(throws: DecisionDiagram.Failure.tooManyStates(limit: 1000)) {
      try DecisionDiagram(levelCounts: levelCounts, forbidden: forbidden, stateLimit: 1000)
    }
  }

  @Test func `more cells than an Int can count are refused`() {
    #expect(throws: DecisionDiagram.Failure.tooManyCells) {
      try DecisionDiagram(levelCounts: Array(repeating: 1000, count: 7), forbidden: [])
    }
  }
}
