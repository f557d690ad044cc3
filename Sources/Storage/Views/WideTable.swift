internal import GRDB

/// A sweep as one table: a row a planned run, with a column for each axis and each metric.
struct WideTable {
  private let sweep: String
  private let axes: [String]
  private let metrics: [String]
  private let database: Database

  /// - Parameters:
  ///   - sweep: The name of a sweep whose rows are in the tables `runs` and `metrics`.
  ///   - axes: Its axes, in the spec's order.
  ///   - database: Where these tables are.
  /// - Throws: What SQLite says.
  init(of sweep: String, axes: [String], _ database: Database) throws {
    self.sweep = sweep
    self.axes = axes
    self.database = database
    metrics = try String.fetchAll(
      database,
      sql: "SELECT DISTINCT metric FROM main.metrics WHERE sweep = ? ORDER BY metric",
      arguments: [sweep]
    )
  }

  func make() throws {
    var taken = ["run", "seed", "status"]
    var declarations = ["run TEXT", "seed INTEGER", "status TEXT"]
    var values = ["runs.run", "runs.seed", "runs.status"]
    var arguments: [String] = []
    for axis in axes {
      declarations.append(Self.column(axis, besides: &taken, kind: "axis"))
      values.append("(SELECT value FROM json_each(runs.levels) WHERE key = ?)")
      arguments.append(axis)
    }
    for metric in metrics {
      declarations.append(Self.column(metric, besides: &taken, kind: "metric") + " REAL")
      values.append("max(CASE WHEN metrics.metric = ? THEN metrics.value END)")
      arguments.append(metric)
    }
    try database.execute(
      sql: "CREATE TABLE main.wide (\(declarations.joined(separator: ", ")))"
    )
    try database.execute(
      sql: """
        INSERT INTO main.wide SELECT \(values.joined(separator: ", ")) FROM main.runs
        LEFT JOIN main.metrics ON metrics.run = runs.run
        WHERE runs.sweep = ? AND runs.planned GROUP BY runs.run
        """,
      arguments: StatementArguments(arguments + [sweep])
    )
  }

  /// A name in quotes, with its kind behind it where another column has it already: SQLite tells no case apart.
  private static func column(_ name: String, besides taken: inout [String], kind: String) -> String
  {
    var unique = name
    while taken.contains(unique.lowercased()) { unique += "_\(kind)" }
    taken.append(unique.lowercased())
    // By bytes: a quote and a combining mark behind it are one character, and another than the quote.
    let quote = UInt8(ascii: "\"")
    let doubled = unique.utf8.flatMap { $0 == quote ? [quote, quote] : [$0] }
    return "\"\(String(decoding: doubled, as: UTF8.self))\""
  }
}
