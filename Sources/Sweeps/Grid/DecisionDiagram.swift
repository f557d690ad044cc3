/// The cells of a product of axes that no forbidden pattern matches, counted and numbered without being listed.
///
/// Going through the axes from the first, all that decides about the rest of a cell is which patterns can
/// still match and how far each of them has got. Cells that agree in this share one node, which knows
/// the number of ways to go on: so the k-th cell is found from k, one node per axis.
///
/// Reference: Knuth (2011), The Art of Computer Programming 4A, section 7.1.4, on counting and
/// choosing solutions with decision diagrams.
package struct DecisionDiagram: Sendable {
  /// Why the cells cannot be counted.
  package enum Failure: Error, Equatable {
    case tooManyStates(limit: Int)
    case tooManyCells
  }

  /// More states than any plan of experiments needs; they take some tens of megabytes.
  package static let stateLimit = 100_000

  /// Consecutive levels of an axis that lead to the same node.
  struct Segment: Sendable {
    let firstLevel: Int
    let levelCount: Int
    let child: Int
    /// Cells behind each of the levels.
    let cellsPerLevel: Int
    /// Cells of the node's earlier segments.
    let start: Int
  }

  /// The segments of all nodes, node by node, and where each node's begin; one more entry ends the last.
  private let segments: [Segment]
  private let starts: [Int]
  private let root: Int
  /// How many cells there are.
  package let count: Int
  private let axisCount: Int

  /// Counts the cells.
  ///
  /// - Parameters:
  ///   - levelCounts: One per axis, each at least 1.
  ///   - forbidden: No cell that one of these matches is there.
  ///   - allowed: Only cells that this matches are there.
  ///   - stateLimit: How many states are made before giving up.
  /// - Throws: `Failure` where there are too many states or cells.
  package init(
    levelCounts: [Int],
    forbidden: [CellPattern],
    allowed: CellPattern? = nil,
    stateLimit: Int = DecisionDiagram.stateLimit
  ) throws(Failure) {
    var builder = DiagramBuilder(
      levelCounts: levelCounts,
      forbidden: forbidden,
      allowed: allowed,
      stateLimit: stateLimit
    )
    let top = try builder.build()
    segments = Array(builder.nodes.joined())
    starts = builder.nodes.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
    root = top.node
    count = top.cells
    axisCount = levelCounts.count
  }

  /// The k-th cell, the index of a level for each axis; the last axis varies fastest.
  ///
  /// - Complexity: One binary search per axis.
  package func cell(at index: Int) -> [Int] {
    precondition(index >= 0 && index < count, "there are \(count) cells, and this is \(index)")
    var cell: [Int] = []
    cell.reserveCapacity(axisCount)
    var node = root
    var rest = index
    for _ in 0..<axisCount {
      let segment = segments[last(of: node) { $0.start <= rest }]
      let (level, remainder) = (rest - segment.start).quotientAndRemainder(
        dividingBy: segment.cellsPerLevel
      )
      cell.append(segment.firstLevel + level)
      rest = remainder
      node = segment.child
    }
    return cell
  }

  /// The index of a cell, or nil where it is not one of them.
  package func index(of cell: [Int]) -> Int? {
    guard count > 0 else { return nil }
    var node = root
    var index = 0
    for level in cell {
      let found = last(of: node) { $0.firstLevel <= level }
      guard found >= starts[node] else { return nil }
      let segment = segments[found]
      guard level < segment.firstLevel + segment.levelCount else { return nil }
      index += segment.start + (level - segment.firstLevel) * segment.cellsPerLevel
      node = segment.child
    }
    return index
  }

  /// The last segment of a node for which a condition holds that holds for a prefix of its segments.
  private func last(of node: Int, where holds: (Segment) -> Bool) -> Int {
    var low = starts[node]
    var high = starts[node + 1]
    while low < high {
      let middle = (low + high) / 2
      if holds(segments[middle]) { low = middle + 1 } else { high = middle }
    }
    return low - 1
  }
}
