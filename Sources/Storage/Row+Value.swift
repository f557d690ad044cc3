import Foundation
internal import GRDB

/// What a column holds although no version of this program writes such a thing.
struct DamagedValue: Error, CustomStringConvertible {
  let table: String
  /// The row's first column and what it holds.
  let row: String
  let column: String
  let value: String

  /// What is damaged, as in `table 'attempt', row with id 12: 'duration' is 1e+300`.
  var description: String { "table '\(table)', row with \(row): '\(column)' is \(value)" }
}

/// A column of a query, found once by its name; every value of it is checked before it is used.
struct StoredColumn<Value: DatabaseValueConvertible> {
  private let table: String
  private let name: String
  private let index: Int

  /// - Throws: ``DamagedValue`` where the query has no such column, which a changed table may cause.
  init(_ name: String, of table: String, in columns: [String]) throws {
    guard let index = columns.firstIndex(of: name) else {
      throw DamagedValue(table: table, row: "any value", column: name, value: "not there")
    }
    (self.table, self.name, self.index) = (table, name, index)
  }

  func callAsFunction(_ row: Row) throws -> Value {
    try callAsFunction(row) { $0 }
  }

  /// The value as another type makes it; where that gives nil, the value is damaged.
  func callAsFunction<Result>(_ row: Row, as convert: (Value) -> Result?) throws -> Result {
    let stored: DatabaseValue = row[index]
    guard let value = Value.fromDatabaseValue(stored), let result = convert(value) else {
      let key = row.first.map { "\($0.0) \($0.1)" } ?? "no columns"
      throw DamagedValue(table: table, row: key, column: name, value: "\(stored)")
    }
    return result
  }
}

extension RowCursor {
  func column<Value: DatabaseValueConvertible>(
    _ name: String,
    of table: String,
    _ type: Value.Type = Value.self
  ) throws -> StoredColumn<Value> {
    try StoredColumn(name, of: table, in: columnNames)
  }
}

extension Row {
  /// The value of a column that is read once.
  func value<Value: DatabaseValueConvertible>(_ column: String, of table: String) throws -> Value {
    try value(column, of: table) { (value: Value) in value }
  }

  func value<Value: DatabaseValueConvertible, Result>(
    _ column: String,
    of table: String,
    as convert: (Value) -> Result?
  ) throws -> Result {
    try StoredColumn<Value>(column, of: table, in: Array(columnNames))(self, as: convert)
  }
}
