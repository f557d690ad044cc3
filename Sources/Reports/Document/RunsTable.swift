/// One row per run, with every number unrounded: what the data formats write.
package struct RunsTable: Sendable {
  /// A cell of the table.
  package enum Field: Sendable, Equatable {
    /// Text of the spec or of the program, such as a level or a status.
    case text(String)
    /// A number, not finite ones included.
    case number(Double)
    /// A whole number, such as a seed.
    case integer(Int)
    /// Nothing was measured.
    case missing
  }

  /// The column of the first axis, after run, status and attempt.
  static let firstAxis = 3

  package let header: [String]
  package let count: Int
  private let make: @Sendable (Int) -> [Field]

  /// - Parameters:
  ///   - header: The names of the columns.
  ///   - count: How many rows there are.
  ///   - row: Makes the row of an index: one field per name of the header. Rows are made one after another, for
  ///     together they are most of a large report's memory.
  package init(header: [String], count: Int, row: @escaping @Sendable (Int) -> [Field]) {
    self.header = header
    self.count = count
    make = row
  }

  /// The row of an index, a field per name of the header.
  package func row(_ index: Int) -> [Field] {
    let row = make(index)
    precondition(row.count == header.count, "a row is not as long as its header")
    return row
  }
}
