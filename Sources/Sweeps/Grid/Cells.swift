/// The cells of a spec in the order in which they are run, each found from its index.
package struct Cells: RandomAccessCollection, Sendable {
  private enum Source: Sendable {
    /// The product's cells and then the extra ones.
    case diagram(DecisionDiagram, extra: [[Int]])
    case list([[Int]])
  }

  private let source: Source
  /// Cells of the full product, whatever is left out of them.
  package let productCount: Int
  /// Cells of the product that `exclude` and `when` leave out.
  package let excludedCount: Int
  /// Cells that are there but were not drawn by the sample.
  package let unsampledCount: Int

  /// Finds the cells of a spec.
  ///
  /// - Parameters:
  ///   - spec: Its axes, `exclude`, `when`, `include` and `sample` are looked at.
  ///   - filter: Only cells that it matches are kept; it chooses among what the spec asks for.
  /// - Throws: `SpecError` where they cannot be counted.
  package init(_ spec: Spec, filter: CellPattern? = nil) throws(SpecError) {
    let levelCounts = spec.axes.map(\.gridCount)
    let forbidden = spec.exclude + spec.inactive
    let all = try Cells.diagram(levelCounts, forbidden, nil)
    let extra = spec.include.filter { all.index(of: $0) == nil }
    productCount = try Cells.product(levelCounts)
    excludedCount = productCount - all.count
    if let sample = spec.sample, sample.count < all.count {
      let drawn = CellSample(sample, of: all, levelCounts: levelCounts).cells
      unsampledCount = all.count - drawn.count
      source = .list((drawn + extra).filter { filter?.matches($0) ?? true })
    } else {
      unsampledCount = 0
      let kept = filter == nil ? all : try Cells.diagram(levelCounts, forbidden, filter)
      source = .diagram(kept, extra: extra.filter { filter?.matches($0) ?? true })
    }
  }

  package var startIndex: Int { 0 }

  package var endIndex: Int {
    switch source {
    case .diagram(let diagram, let extra): diagram.count + extra.count
    case .list(let cells): cells.count
    }
  }

  /// The index of a level for each axis.
  package subscript(index: Int) -> [Int] {
    switch source {
    case .diagram(let diagram, let extra):
      index < diagram.count ? diagram.cell(at: index) : extra[index - diagram.count]
    case .list(let cells): cells[index]
    }
  }

  /// The index of a cell, or nil where it is not among them.
  package func index(of cell: [Int]) -> Int? {
    switch source {
    case .diagram(let diagram, let extra):
      diagram.index(of: cell) ?? extra.firstIndex(of: cell).map { $0 + diagram.count }
    case .list(let cells): cells.firstIndex(of: cell)
    }
  }

  private static func diagram(
    _ levelCounts: [Int],
    _ forbidden: [CellPattern],
    _ filter: CellPattern?
  ) throws(SpecError) -> DecisionDiagram {
    do {
      return try DecisionDiagram(levelCounts: levelCounts, forbidden: forbidden, allowed: filter)
    } catch {
      switch error {
      case .tooManyStates(let limit): throw .diagramTooLarge(states: limit)
      case .tooManyCells: throw .tooManyCells
      }
    }
  }

  private static func product(_ levelCounts: [Int]) throws(SpecError) -> Int {
    var product = 1
    for count in levelCounts {
      let (next, isTooLarge) = product.multipliedReportingOverflow(by: count)
      if isTooLarge { throw .tooManyCells }
      product = next
    }
    return product
  }
}
