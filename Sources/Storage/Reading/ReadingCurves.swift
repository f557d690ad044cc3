import Notation
package import Sweeps
internal import GRDB

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
/// There are millions of values, so that their rows hold three numbers and nothing else: places are read
/// apart, and so are the few values that are stored as words because they are not finite.
private struct CurveQuery {
  private let sweep: Int64
  private let attempt: Statement
  private let points: Statement
  private let values: Statement
  private let words: Statement
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
        WHERE attemptId = ? AND typeof(value) <> 'text' ORDER BY number, metricId
        """
    )
    words = try database.makeStatement(
      sql: """
        SELECT number, metricId, value FROM curveValue
        WHERE attemptId = ? AND typeof(value) = 'text'
        """
    )
    var metrics: [Int64: String] = [:]
    let rows = try Row.fetchCursor(database, sql: "SELECT id, name FROM metric")
    while let row = try rows.next() { metrics[row[0]] = row[1] }
    self.metrics = metrics
  }

  /// nil where the attempt printed no curve.
  func curve(of record: Sweeps.Record) throws -> Curve? {
    let key: StatementArguments = [sweep, record.run.id, record.attempt]
    guard let attemptID = try Int64.fetchOne(attempt, arguments: key) else { return nil }
    var places: [Curve.Place] = []
    var placeOfNumber: [Int64: Int] = [:]
    let points = try Row.fetchCursor(points, arguments: [attemptID])
    while let row = try points.next() {
      placeOfNumber[row[0]] = places.count
      places.append(
        Curve.Place(unit: CurvePoint.Unit(rawValue: row[1]) ?? .epoch, position: row[2])
      )
    }
    guard !places.isEmpty else { return nil }
    var values = CurveValues(count: places.count, metrics: metrics, placeOfNumber: placeOfNumber)
    let numbers = try Row.fetchCursor(self.values, arguments: [attemptID])
    while let row = try numbers.next() { values.set(row[0], row[1], row[2] as Double) }
    let words = try Row.fetchCursor(words, arguments: [attemptID])
    while let row = try words.next() {
      if let value = NumberLiteral.notFinite(row[2]) { values.set(row[0], row[1], value) }
    }
    return Curve(
      run: record.run.id,
      places: places,
      series: values.series.sorted { $0.metric < $1.metric }
    )
  }
}

/// The values of one curve, which are filled in one after another.
private struct CurveValues {
  let count: Int
  let metrics: [Int64: String]
  let placeOfNumber: [Int64: Int]
  private(set) var series: [Curve.Series] = []
  private var seriesOfMetric: [Int64: Int] = [:]
  /// Values come in the order of their numbers, so that most places are known from the value before.
  private var last: (number: Int64, place: Int?) = (-1, nil)

  init(count: Int, metrics: [Int64: String], placeOfNumber: [Int64: Int]) {
    self.count = count
    self.metrics = metrics
    self.placeOfNumber = placeOfNumber
  }

  mutating func set(_ number: Int64, _ metric: Int64, _ value: Double) {
    if number != last.number { last = (number, placeOfNumber[number]) }
    guard let place = last.place else { return }
    if let index = seriesOfMetric[metric] {
      series[index].values[place] = value
    } else if let name = metrics[metric] {
      seriesOfMetric[metric] = series.count
      var values = [Double?](repeating: nil, count: count)
      values[place] = value
      series.append(Curve.Series(metric: name, values: values))
    }
  }
}
