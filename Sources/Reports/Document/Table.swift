/// Rows and columns of short texts, with the sentence that says what the numbers are.
package struct Table: Sendable, Equatable {
  /// A column's name and where its texts stand.
  package struct Column: Sendable, Equatable {
    /// Words are read from the left, numbers compared from the right.
    package enum Alignment: Sendable {
      case left
      case right
    }

    package let name: String
    package let alignment: Alignment

    /// A column of words.
    package static func words(_ name: String) -> Column {
      Column(name: name, alignment: .left)
    }

    /// A column of numbers.
    package static func numbers(_ name: String) -> Column {
      Column(name: name, alignment: .right)
    }
  }

  package let columns: [Column]
  /// One text per column in each row.
  package let rows: [[String]]
  /// What the numbers are: of what, over what, how many, which spread.
  package let note: Prose?

  package init(columns: [Column], rows: [[String]], note: Prose? = nil) {
    precondition(
      rows.allSatisfy { $0.count == columns.count },
      "a table of \(columns.count) columns has a row of another length"
    )
    self.columns = columns
    self.rows = rows
    self.note = note
  }
}
