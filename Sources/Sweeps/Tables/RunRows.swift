import Notation
import Statistics

/// The rows of a table of runs, each understood or told what is wrong with it.
struct RunRows {
  private(set) var rows: [NumberedRow] = []
  private(set) var faults: [TableFault] = []
  /// What was decided on the way.
  private(set) var notes: [String] = []
  private let csv: CSVTable
  private let columns: RunColumns
  private let reading: TableReading
  private let factors: [RunColumns.Column]
  private let levels: [LevelNames]
  private let metrics: [RunColumns.Column?]
  private let status: RunColumns.Column?
  private let seed: RunColumns.Column?
  /// Lines whose run counts as failed because it could not be understood, and lines that were passed over.
  private var badLines: [Int] = []

  /// - Parameters:
  ///   - csv: The table.
  ///   - columns: What its columns are for; the design's factors are among them.
  ///   - design: What is looked for.
  ///   - reading: What is done about what cannot be understood.
  init(_ csv: CSVTable, _ columns: RunColumns, _ design: Design, _ reading: TableReading) {
    self.csv = csv
    self.columns = columns
    self.reading = reading
    factors = design.factors.compactMap { columns.column($0.name) }
    levels = design.factors.map(LevelNames.init)
    metrics = design.metrics.map { columns.column($0.name) }
    seed = columns.seed
    status = columns.status(besides: Set((factors + metrics.compactMap(\.self)).map(\.place)))
    var withoutSeed = 0
    for (index, row) in csv.rows.enumerated() where !isBlank(row) {
      let known = faults.count
      let word = status(of: row)
      let isResult = word == "ok"
      guard let seed = seed(of: row, index) else {
        if faults.count == known { withoutSeed += 1 }
        continue
      }
      let values = metrics.enumerated().map { place, column in
        column.flatMap { value(of: row, $0, isResult: isResult) }
      }
      if isResult { checkLevels(of: row) }
      let isBad = faults.count > known
      if isBad, reading.dropsBad {
        faults.removeLast(faults.count - known)
        badLines.append(row.line)
      }
      rows.append(
        NumberedRow(
          line: row.line,
          row: RunTable.Row(
            status: isBad ? "failed" : word,
            levels: zip(factors, levels).map { columns.level(row.fields[$0.place], of: $1) },
            seed: seed,
            values: values
          )
        )
      )
    }
    note(withoutSeed: withoutSeed)
  }

  /// Programs part groups by rows without content.
  private func isBlank(_ row: CSVTable.Row) -> Bool {
    reading.origin != nil && row.fields.allSatisfy { columns.text($0).isEmpty }
  }

  private mutating func note(withoutSeed: Int) {
    if withoutSeed > 0 {
      notes.append(
        "\(withoutSeed) row\(withoutSeed == 1 ? "" : "s") that gave no result and no seed; left out."
      )
    }
    if !badLines.isEmpty {
      let lines = badLines.prefix(10).map(String.init).joined(separator: ", ")
      let more = badLines.count > 10 ? " and \(badLines.count - 10) more" : ""
      notes.append(
        "\(badLines.count) row\(badLines.count == 1 ? "" : "s") that cannot be understood count as failed: line\(badLines.count == 1 ? "" : "s") \(lines)\(more)."
      )
    }
    if seed == nil {
      notes.append(
        "No column has the seeds, so every run counts as a seed of its own and nothing is paired; --seed NAME names the column."
      )
    }
  }

  // MARK: Cells

  private static let statuses = ["ok", "failed", "diverged", "timed_out", "pending", "running"]

  private mutating func status(of row: CSVTable.Row) -> String {
    guard let status else { return "ok" }
    let word = columns.text(row.fields[status.place])
    if let known = reading.origin?.status(word) { return known }
    if Self.statuses.contains(word) { return word }
    let programs = TableOrigin.knowing(word).map { "--from \($0.rawValue)" }
    let advice =
      programs.isEmpty || reading.origin != nil
      ? "" : "; \(programs.joined(separator: ", ")) know\(programs.count == 1 ? "s" : "") that word"
    faults.append(
      .field(
        line: row.line,
        column: status.heading,
        text: word,
        expected: Self.statuses.alternatives + advice + "; --drop-bad takes the run as failed"
      )
    )
    return "failed"
  }

  private mutating func seed(of row: CSVTable.Row, _ index: Int) -> Int? {
    guard let seed else { return index }
    let text = row.fields[seed.place]
    if let number = columns.seed(text) { return number }
    let isResult = status.map { columns.text(row.fields[$0.place]) }.map { word in
      (reading.origin?.status(word) ?? word) == "ok"
    }
    // A run that never came so far as to have a seed gave no result either.
    if columns.text(text).isEmpty, isResult == false { return nil }
    if reading.dropsBad {
      badLines.append(row.line)
      return nil
    }
    faults.append(
      .field(line: row.line, column: seed.heading, text: text, expected: "a whole number")
    )
    return nil
  }

  private mutating func value(
    of row: CSVTable.Row,
    _ column: RunColumns.Column,
    isResult: Bool
  ) -> Double? {
    switch columns.measured(row.fields[column.place]) {
    case .value(let value): return value
    case .missing: return nil
    case .unreadable:
      if isResult {
        faults.append(
          .field(
            line: row.line,
            column: column.heading,
            text: row.fields[column.place],
            expected: "a number; --drop-bad takes the run as failed"
          )
        )
      }
      return nil
    }
  }

  /// Among levels that are numbers a text is a slip, and no level that the design does not name.
  private mutating func checkLevels(of row: CSVTable.Row) {
    for (column, levels) in zip(factors, levels) where levels.areNumbers {
      let text = columns.level(row.fields[column.place], of: levels)
      if levels.name(of: text) == nil, Double(text) == nil, !text.isEmpty {
        faults.append(
          .field(
            line: row.line,
            column: column.heading,
            text: text,
            expected:
              "a number, as the levels of the design are; --drop-bad takes the run as failed"
          )
        )
      }
    }
  }

  // MARK: Rows of one cell and seed

  /// Columns that the design does not name and that say something of a run.
  private var others: [RunColumns.Column] {
    let taken = Set(
      (factors + metrics.compactMap(\.self) + [status, seed].compactMap(\.self)).map(\.place)
    )
    return columns.columns.filter {
      !taken.contains($0.place) && $0.role != .other && $0.heading != "attempt"
    }
  }

  /// Whether the table is a log of attempts: it says how each ended, and nothing else that would tell two apart.
  var isLog: Bool { reading.origin == nil && status != nil && others.isEmpty }

  /// The column that tells lines of one cell and seed apart as a factor would: always, and with few values.
  func difference(_ pairs: [(Int, Int)]) -> TableFault.Difference? {
    let byLine = Dictionary(csv.rows.map { ($0.line, $0) }) { first, _ in first }
    func cell(_ line: Int, _ column: RunColumns.Column) -> String {
      byLine[line].map { columns.text($0.fields[column.place]) } ?? ""
    }
    let candidates = others.map { column in
      (column: column, levels: Set(csv.rows.map { columns.text($0.fields[column.place]) }).count)
    }
    let found = candidates.filter { candidate in
      candidate.column.role != .metric && candidate.levels > 1
        && candidate.levels <= max(2, csv.rows.count / 2)
        && pairs.allSatisfy { cell($0.0, candidate.column) != cell($0.1, candidate.column) }
    }.min { $0.levels < $1.levels }
    return found.map { found in
      TableFault.Difference(
        column: found.column.heading,
        first: cell(pairs[0].0, found.column),
        second: cell(pairs[0].1, found.column)
      )
    }
  }
}
