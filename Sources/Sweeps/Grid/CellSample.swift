import Notation
import Statistics

/// A subset of a grid's cells of a given size.
struct CellSample {
  /// Balanced choices are made from this many draws, and the most even one is kept.
  private static let starts = 6

  /// In the order of the grid.
  let cells: [[Int]]

  init(_ sample: Sample, of diagram: DecisionDiagram, levelCounts: [Int]) {
    let count = Swift.min(sample.count, diagram.count)
    var rng = SeededGenerator(purpose: "sample", seed: sample.seed)
    switch sample.method {
    case .random:
      cells = CellSample.indexes(count, below: diagram.count, using: &rng).sorted()
        .map(diagram.cell(at:))
    case .balanced:
      var best: BalancedDesign?
      for _ in 0..<CellSample.starts {
        let drawn = CellSample.indexes(count, below: diagram.count, using: &rng).sorted()
        var design = BalancedDesign(
          drawn.map(diagram.cell(at:)),
          levelCounts: levelCounts,
          diagram: diagram
        )
        design.improve(using: &rng)
        if best.map({ design.unevenness < $0.unevenness }) ?? true { best = design }
      }
      cells = (best?.cells ?? []).compactMap(diagram.index(of:)).sorted().map(diagram.cell(at:))
    }
  }

  /// Draws different indexes, each subset equally likely.
  ///
  /// Reference: Bentley and Floyd (1987), A sample of brilliance, Communications of the ACM 30(9).
  private static func indexes(
    _ count: Int,
    below bound: Int,
    using rng: inout SeededGenerator
  ) -> Set<Int> {
    var indexes: Set<Int> = []
    for last in bound - count..<bound {
      let index = rng.index(below: last + 1)
      indexes.insert(indexes.contains(index) ? last : index)
    }
    return indexes
  }
}
