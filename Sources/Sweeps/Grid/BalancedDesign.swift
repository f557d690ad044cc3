import Notation
import Statistics

/// A choice of cells that is made to show every level, and as far as possible every pair of levels, equally often.
///
/// Cells are changed in one level, and pairs of cells exchange a level, as long as that makes the choice more
/// even; levels come first, pairs of levels second.
///
/// Reference: Li and Wu (1997), Columnwise-pairwise algorithms with applications to the construction of
/// supersaturated designs, Technometrics 39(2).
struct BalancedDesign {
  /// How uneven a choice is: less is better, levels before pairs.
  struct Unevenness: Comparable {
    var levels = 0
    var pairs = 0

    static func < (left: Unevenness, right: Unevenness) -> Bool {
      (left.levels, left.pairs) < (right.levels, right.pairs)
    }
  }

  /// Rounds through all cells; they end earlier where nothing gets better.
  private static let roundLimit = 30
  /// Levels, and partners for an exchange, that are tried for one cell.
  private static let trialLimit = 128
  /// Tables of pairs that are kept; an axis with more levels than cells has no pairs to balance.
  private static let tableLimit = 1_000_000

  private(set) var cells: [[Int]]
  private var chosen: Set<[Int]>
  private let levelCounts: [Int]
  private let diagram: DecisionDiagram
  private var levelTallies: [[Int]]
  /// Counts of level pairs of the axes (a, b), a before b; nil where there are too many.
  private var pairTallies: [[[Int]?]]

  init(_ cells: [[Int]], levelCounts: [Int], diagram: DecisionDiagram) {
    self.cells = cells
    self.chosen = Set(cells)
    self.levelCounts = levelCounts
    self.diagram = diagram
    levelTallies = levelCounts.map { Array(repeating: 0, count: $0) }
    pairTallies = levelCounts.indices.map { a in
      levelCounts.indices.map { b in
        let size = levelCounts[a].multipliedReportingOverflow(by: levelCounts[b])
        guard a < b, !size.overflow, size.partialValue <= BalancedDesign.tableLimit else {
          return nil
        }
        return Array(repeating: 0, count: size.partialValue)
      }
    }
    for cell in cells { count(cell, by: 1) }
  }

  /// The sums of squared counts, each weighted by the number of counts, so that all axes weigh the same.
  var unevenness: Unevenness {
    var result = Unevenness()
    for (axis, tallies) in levelTallies.enumerated() {
      result.levels += levelCounts[axis] * tallies.reduce(0) { $0 + $1 * $1 }
    }
    for table in pairTallies.joined() {
      guard let table else { continue }
      result.pairs += table.count * table.reduce(0) { $0 + $1 * $1 }
    }
    return result
  }

  /// Makes the choice as even as single steps can.
  mutating func improve(using rng: inout SeededGenerator) {
    for _ in 0..<BalancedDesign.roundLimit {
      var isBetter = false
      for index in cells.indices {
        for axis in levelCounts.indices where levelCounts[axis] > 1 {
          if changeLevel(of: index, axis, using: &rng) { isBetter = true }
          if exchangeLevel(of: index, axis, using: &rng) { isBetter = true }
        }
      }
      if !isBetter { return }
    }
  }

  /// Gives a cell another level of an axis where that makes the choice more even.
  private mutating func changeLevel(
    of index: Int,
    _ axis: Int,
    using rng: inout SeededGenerator
  ) -> Bool {
    let old = cells[index]
    var best: (cell: [Int], gain: Unevenness)?
    for level in trials(levelCounts[axis], using: &rng) where level != old[axis] {
      let gain = change(from: old, axis, to: level)
      guard gain < best?.gain ?? Unevenness() else { continue }
      var cell = old
      cell[axis] = level
      if isFree(cell) { best = (cell, gain) }
    }
    guard let best else { return false }
    replace(index, with: best.cell)
    return true
  }

  /// Lets two cells exchange their levels of an axis where that makes the choice more even.
  private mutating func exchangeLevel(
    of index: Int,
    _ axis: Int,
    using rng: inout SeededGenerator
  ) -> Bool {
    let one = cells[index]
    for partner in trials(cells.count, using: &rng) where cells[partner][axis] != one[axis] {
      let other = cells[partner]
      guard exchange(one, other, axis) < 0 else { continue }
      var newOne = one
      var newOther = other
      newOne[axis] = other[axis]
      newOther[axis] = one[axis]
      guard isFree(newOne), isFree(newOther) else { continue }
      replace(index, with: newOne)
      replace(partner, with: newOther)
      return true
    }
    return false
  }

  private func trials(_ count: Int, using rng: inout SeededGenerator) -> [Int] {
    guard count > BalancedDesign.trialLimit else { return Array(0..<count) }
    return (0..<BalancedDesign.trialLimit).map { _ in rng.index(below: count) }
  }

  private func isFree(_ cell: [Int]) -> Bool {
    !chosen.contains(cell) && diagram.index(of: cell) != nil
  }

  /// What the unevenness would change by: (c + 1)² − c² + (d − 1)² − d² = 2 (c − d + 1).
  private func change(from cell: [Int], _ axis: Int, to level: Int) -> Unevenness {
    let tallies = levelTallies[axis]
    var result = Unevenness()
    result.levels = levelCounts[axis] * 2 * (tallies[level] - tallies[cell[axis]] + 1)
    for other in levelCounts.indices where other != axis {
      let (a, b) = (min(axis, other), max(axis, other))
      guard let table = pairTallies[a][b] else { continue }
      func index(_ level: Int) -> Int {
        axis < other ? level * levelCounts[b] + cell[b] : cell[a] * levelCounts[b] + level
      }
      result.pairs += table.count * 2 * (table[index(level)] - table[index(cell[axis])] + 1)
    }
    return result
  }

  /// What the unevenness of pairs would change by if two cells exchanged their levels of an axis.
  ///
  /// Levels keep their counts. Where the cells agree in another axis, so do the pairs with it; elsewhere two
  /// counts fall by one and two rise.
  private func exchange(_ one: [Int], _ other: [Int], _ axis: Int) -> Int {
    var change = 0
    for second in levelCounts.indices where second != axis && one[second] != other[second] {
      let (a, b) = (min(axis, second), max(axis, second))
      guard let table = pairTallies[a][b] else { continue }
      func tally(_ level: Int, _ partner: Int) -> Int {
        axis < second
          ? table[level * levelCounts[b] + partner] : table[partner * levelCounts[b] + level]
      }
      let falling = tally(one[axis], one[second]) + tally(other[axis], other[second])
      let rising = tally(other[axis], one[second]) + tally(one[axis], other[second])
      change += table.count * 2 * (rising - falling + 2)
    }
    return change
  }

  private mutating func replace(_ index: Int, with cell: [Int]) {
    count(cells[index], by: -1)
    chosen.remove(cells[index])
    cells[index] = cell
    chosen.insert(cell)
    count(cell, by: 1)
  }

  private mutating func count(_ cell: [Int], by step: Int) {
    for a in cell.indices {
      levelTallies[a][cell[a]] += step
      for b in cell.indices where b > a {
        pairTallies[a][b]?[cell[a] * levelCounts[b] + cell[b]] += step
      }
    }
  }
}
