/// One row per run, with every number unrounded: what the data formats write.
package struct RunsTable: Sendable, Equatable {
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
  /// One field per name of the header in each row.
  package let rows: [[Field]]

  package init(header: [String], rows: [[Field]]) {
    precondition(
      rows.allSatisfy { $0.count == header.count },
      "a table of \(header.count) columns has a row of another length"
    )
    self.header = header
    self.rows = rows
  }
}
