/// A set of cells: for some axes the levels that belong to it, any level for the others.
package struct CellPattern: Sendable, Hashable {
  /// One axis, by its index, and the indexes of the levels that match, ascending.
  package struct Constraint: Sendable, Hashable {
    package let axis: Int
    package let levels: [Int]

    package init(axis: Int, levels: [Int]) {
      self.axis = axis
      self.levels = levels
    }
  }

  /// By ascending axis; an empty list matches every cell.
  package let constraints: [Constraint]

  package init(constraints: [Constraint]) {
    self.constraints = constraints.sorted { $0.axis < $1.axis }
  }

  /// Whether a cell, the index of a level for each axis, belongs to the set.
  package func matches(_ cell: [Int]) -> Bool {
    constraints.allSatisfy { $0.levels.contains(cell[$0.axis]) }
  }
}
