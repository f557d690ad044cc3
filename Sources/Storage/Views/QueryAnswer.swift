internal import GRDB

/// A value in the answer to a question in SQL.
package enum QueryValue: Sendable, Equatable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  case bytes([UInt8])

  init(_ value: DatabaseValue) {
    switch value.storage {
    case .null: self = .null
    case .int64(let number): self = .integer(number)
    case .double(let number): self = .real(number)
    case .string(let text): self = .text(text)
    case .blob(let data): self = .bytes(Array(data))
    }
  }
}

/// The rows that answer a question in SQL, read one after another.
package struct QueryAnswer {
  /// As the question names them, in its order; two may have one name.
  package let columns: [String]
  /// Whether it was asked for what runs measured.
  package let readsResults: Bool
  let rows: RowCursor

  /// The next row, a value a column; nil behind the last one.
  ///
  /// - Throws: ``StoreError/badQuery(reason:)``.
  package func next() throws -> [QueryValue]? {
    try StoreError.ofQuery { try rows.next() }.map { row in
      row.databaseValues.map(QueryValue.init)
    }
  }
}

extension StoreError {
  /// Runs a part of a user's question, in which each error is the question's.
  static func ofQuery<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as DatabaseError where error.resultCode != .SQLITE_FULL {
      throw StoreError.badQuery(reason: error.message ?? "code \(error.resultCode.rawValue)")
    }
  }
}
