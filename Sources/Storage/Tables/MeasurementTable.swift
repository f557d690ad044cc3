import Foundation
internal import GRDB
import Notation
import Sweeps

/// What attempts measured: the tables `metric`, `finalValue`, `curvePoint`, `curveValue`, `note` and `correct`.
struct MeasurementQuery {
  private let database: Database
  /// A query for the ids of the attempts, and its arguments.
  private let attempts: String
  private let arguments: StatementArguments

  init(_ database: Database, attempts: String, arguments: StatementArguments) {
    self.database = database
    self.attempts = attempts
    self.arguments = arguments
  }

  /// What each attempt measured, by its row; attempts without a value are not in it.
  func measurements(curves: Bool) throws -> [Int64: Measurements] {
    let metrics = try metricNames(database)
    var measurements: [Int64: Measurements] = [:]
    try addFinals(metrics, to: &measurements)
    if curves { try addCurves(metrics, to: &measurements) }
    try addNotes(to: &measurements)
    return measurements
  }

  private func rows(_ selection: String, order: String = "") throws -> RowCursor {
    try Row.fetchCursor(
      database,
      sql: "SELECT \(selection) WHERE attemptId IN (\(attempts)) \(order)",
      arguments: arguments
    )
  }

  private func addFinals(
    _ metrics: [Int64: String],
    to measurements: inout [Int64: Measurements]
  ) throws {
    let rows = try rows("attemptId, metricId, value FROM finalValue")
    let attempt = try rows.column("attemptId", of: "finalValue", Int64.self)
    let metric = try rows.column("metricId", of: "finalValue", Int64.self)
    let value = try rows.column("value", of: "finalValue", DatabaseValue.self)
    while let row = try rows.next() {
      guard let name = metrics[try metric(row)] else { continue }
      measurements[try attempt(row), default: Measurements()].final[name] =
        try value(row, as: measured)
    }
  }

  private func addCurves(
    _ metrics: [Int64: String],
    to measurements: inout [Int64: Measurements]
  ) throws {
    let rows = try rows(
      """
      attemptId, number, unit, position, metricId, value
      FROM curvePoint JOIN curveValue USING (attemptId, number)
      """,
      order: "ORDER BY attemptId, number"
    )
    let attempt = try rows.column("attemptId", of: "curvePoint", Int64.self)
    let number = try rows.column("number", of: "curvePoint", Int64.self)
    let unit = try rows.column("unit", of: "curvePoint", String.self)
    let position = try rows.column("position", of: "curvePoint", Double.self)
    let metric = try rows.column("metricId", of: "curveValue", Int64.self)
    let value = try rows.column("value", of: "curveValue", DatabaseValue.self)
    var current: (attempt: Int64, number: Int64) = (0, -1)
    var point: (unit: CurvePoint.Unit, position: Double) = (.epoch, 0)
    var values: [String: Double] = [:]
    func close() {
      guard current.number >= 0 else { return }
      measurements[current.attempt, default: Measurements()].curve.append(
        CurvePoint(unit: point.unit, position: point.position, metrics: values)
      )
      values.removeAll(keepingCapacity: true)
    }
    while let row = try rows.next() {
      let key = (try attempt(row), try number(row))
      if key != current {
        close()
        current = key
        point = (try unit(row, as: CurvePoint.Unit.init(rawValue:)), try position(row))
      }
      if let name = metrics[try metric(row)] { values[name] = try value(row, as: measured) }
    }
    close()
  }

  private func addNotes(to measurements: inout [Int64: Measurements]) throws {
    let notes = try rows("attemptId, name, text FROM note")
    let noted = try notes.column("attemptId", of: "note", Int64.self)
    let name = try notes.column("name", of: "note", String.self)
    let text = try notes.column("text", of: "note", String.self)
    while let row = try notes.next() {
      measurements[try noted(row), default: Measurements()].texts[try name(row)] = try text(row)
    }
    let corrects = try rows("attemptId, bits FROM correct")
    let attempt = try corrects.column("attemptId", of: "correct", Int64.self)
    let bits = try corrects.column("bits", of: "correct", Data.self)
    while let row = try corrects.next() {
      measurements[try attempt(row), default: Measurements()].correct = Array(try bits(row))
    }
  }
}

/// The names of all metrics, by their row.
func metricNames(_ database: Database) throws -> [Int64: String] {
  let rows = try Row.fetchCursor(database, sql: "SELECT id, name FROM metric")
  let id = try rows.column("id", of: "metric", Int64.self)
  let name = try rows.column("name", of: "metric", String.self)
  var names: [Int64: String] = [:]
  while let row = try rows.next() { names[try id(row)] = try name(row) }
  return names
}

/// A measured value as SQLite keeps it unchanged: what is not finite as a word, because a bound NaN becomes NULL.
func stored(_ value: Double) -> DatabaseValue {
  if value.isFinite { return value.databaseValue }
  return (value.isNaN ? "nan" : value < 0 ? "-inf" : "inf").databaseValue
}

/// The measured value of a column; nil where it holds neither a number nor one of the words.
func measured(_ value: DatabaseValue) -> Double? {
  switch value.storage {
  case .double(let number): number
  case .int64(let number): Double(number)
  case .string(let word): NumberLiteral.notFinite(word)
  case .null, .blob: nil
  }
}
