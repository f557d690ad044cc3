/// A view of the database: what SQL finds under a name that stays, whatever becomes of the tables behind it.
///
/// A column keeps its name, its kind and its meaning; further columns may come. What is sealed is in no view.
package struct ResultView: Sendable {
  /// What a column holds; each of them may hold NULL where its meaning says so.
  package enum Kind: String, Sendable {
    case text = "TEXT"
    case integer = "INTEGER"
    case real = "REAL"

    /// A column of the table `sweep` with this type: SQLite takes a compound's types from its first part.
    fileprivate var example: String {
      switch self {
      case .text: "name"
      case .integer: "id"
      case .real: "created"
      }
    }
  }

  package struct Column: Sendable {
    package let name: String
    package let kind: Kind
    package let meaning: String
    /// How it follows from the tables.
    let expression: String

    init(_ name: String, _ kind: Kind, _ expression: String, _ meaning: String) {
      (self.name, self.kind, self.expression, self.meaning) = (name, kind, expression, meaning)
    }
  }

  package let name: String
  /// What a row of it is.
  package let row: String
  package let columns: [Column]
  /// Whether values that runs measured stand in it.
  package let holdsResults: Bool
  /// The tables that it joins, from FROM on.
  let source: String

  /// The version of all views together, which `PRAGMA user_version` gives to whoever opens the file.
  package static let version = 1

  /// What gives its rows.
  ///
  /// The first part has no row. It gives the columns their types, without which DuckDB would take numbers for bytes.
  var query: String {
    let types = columns.map { "\($0.kind.example) AS \($0.name)" }.joined(separator: ", ")
    let values = columns.map { "\($0.expression) AS \($0.name)" }.joined(separator: ",\n  ")
    return "SELECT \(types) FROM sweep WHERE 0 UNION ALL\nSELECT \(values)\n\(source)"
  }

  /// What makes a table of the same columns.
  var table: String {
    let columns = columns.map { "\($0.name) \($0.kind.rawValue)" }.joined(separator: ", ")
    return "CREATE TABLE main.\(name) (\(columns))"
  }
}
