internal import GRDB
import Notation
package import Sweeps

extension Store {
  /// The learning curves of a sweep's runs, each read when it is asked for.
  package func curves(of sweep: SweepSummary) -> Curves {
    Curves { records, take in
      try self.read { database in
        let query = try CurveQuery(database, sweep: sweep.id)
        for record in records {
          if let curve = try query.curve(of: record) { try take(curve) }
        }
      }
    }
  }
}

/// The statements that read curves, prepared once for all runs.
///
/// There are millions of values, so that their rows hold three values and nothing else: points are read apart.
private struct CurveQuery {
  private let sweep: Int64
  private let attempt: Statement
  private let points: Statement
  private let values: Statement
  private let metrics: [Int64: String]

  init(_ database: Database, sweep: Int64) throws {
    self.sweep = sweep
    attempt = try database.makeStatement(
      sql: """
        SELECT attempt.id FROM run JOIN attempt ON attempt.runId = run.id
        WHERE run.sweepId = ? AND run.identity = ? AND attempt.number = ?
        """
    )
    points = try database.makeStatement(
      sql: "SELECT number, unit, position FROM curvePoint WHERE attemptId = ? ORDER BY number"
    )
    values = try database.makeStatement(
      sql: """
        SELECT number, metricId, value FROM curveValue
        WHERE attemptId = ? ORDER BY number, metricId
        """
    )
    metrics = try metricNames(database)
  }

  /// nil where the attempt printed no curve.
  func curve(of record: Sweeps.Record) throws -> Curve? {
    let key: StatementArguments = [sweep, record.run.id, record.attempt]
    guard let attemptID = try Int64.fetchOne(attempt, arguments: key) else { return nil }
    var coordinates: [Curve.Coordinate] = []
    var indexOfNumber: [Int64: Int] = [:]
    let points = try Row.fetchCursor(points, arguments: [attemptID])
    let unit = try points.column("unit", of: "curvePoint", String.self)
    let position = try points.column("position", of: "curvePoint", Double.self)
    let number = try points.column("number", of: "curvePoint", Int64.self)
    while let row = try points.next() {
      indexOfNumber[try number(row)] = coordinates.count
      coordinates.append(
        Curve.Coordinate(
          unit: try unit(row, as: CurvePoint.Unit.init(rawValue:)),
          position: try position(row)
        )
      )
    }
    guard !coordinates.isEmpty else { return nil }
    var values = CurveValues(
      count: coordinates.count,
      metrics: metrics,
      indexOfNumber: indexOfNumber
    )
    try read(self.values, of: attemptID) { values.set($0, $1, measured($2)) }
    return Curve(
      run: record.run.id,
      coordinates: coordinates,
      series: values.series.sorted { $0.metric < $1.metric }
    )
  }
}

extension CurveQuery {
  private func read(
    _ statement: Statement,
    of attemptID: Int64,
    _ take: (Int64, Int64, DatabaseValue) -> Void
  ) throws {
    let rows = try Row.fetchCursor(statement, arguments: [attemptID])
    let number = try rows.column("number", of: "curveValue", Int64.self)
    let metric = try rows.column("metricId", of: "curveValue", Int64.self)
    let value = try rows.column("value", of: "curveValue", DatabaseValue.self)
    while let row = try rows.next() { take(try number(row), try metric(row), try value(row)) }
  }
}

/// The values of one curve, which are filled in one after another.
private struct CurveValues {
  let count: Int
  let metrics: [Int64: String]
  let indexOfNumber: [Int64: Int]
  private(set) var series: [Curve.Series] = []
  private var seriesOfMetric: [Int64: Int] = [:]
  /// Values come in the order of their numbers, so that most indices are known from the value before.
  private var last: (number: Int64, index: Int?) = (-1, nil)

  init(count: Int, metrics: [Int64: String], indexOfNumber: [Int64: Int]) {
    self.count = count
    self.metrics = metrics
    self.indexOfNumber = indexOfNumber
  }

  mutating func set(_ number: Int64, _ metric: Int64, _ value: Double?) {
    if number != last.number { last = (number, indexOfNumber[number]) }
    guard let index = last.index, let value else { return }
    if let known = seriesOfMetric[metric] {
      series[known].values[index] = value
    } else if let name = metrics[metric] {
      seriesOfMetric[metric] = series.count
      var values = [Double?](repeating: nil, count: count)
      values[index] = value
      series.append(Curve.Series(metric: name, values: values))
    }
  }
}
