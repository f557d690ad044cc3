package import Notation
package import Statistics

/// Predictions for the questions of a design, as `sweep effects --predictions` takes them.
package struct ForecastsFile: Sendable, Equatable {
  package let forecasts: [Forecast]

  /// Reads one prediction a row.
  ///
  /// Columns: `who`, `factor`, `contrast` (level or trend), `from`, `to`, `metric`, `direction`;
  /// optional are `id`, `at` (JSON), `confidence` or `p_down`, `p_none` and `p_up` (fractions), and
  /// `lo`, `hi` and `level` of an interval.
  ///
  /// - Throws: `TableFaults` with every row that cannot be understood.
  package init(_ source: SourceText, design: Design) throws(TableFaults) {
    let csv = CSVTable(source)
    var faults = csv.faults.map(TableFault.format)
    for name in ["who", "factor", "metric", "direction"]
    where csv.column(name) == nil && faults.isEmpty {
      faults.append(.missingColumn(name, known: csv.header))
    }
    guard faults.isEmpty else { throw TableFaults(path: source.path, faults: faults) }
    var forecasts: [Forecast] = []
    for (index, row) in csv.rows.enumerated() {
      var reader = ForecastRow(row, header: csv.header, design: design)
      if let forecast = reader.forecast(number: index + 1) { forecasts.append(forecast) }
      faults += reader.faults
    }
    guard faults.isEmpty else { throw TableFaults(path: source.path, faults: faults) }
    self.forecasts = forecasts
  }
}

/// One row of a table of predictions.
private struct ForecastRow {
  private let line: Int
  private let fields: [String: String]
  private let design: Design
  private(set) var faults: [TableFault] = []

  init(_ row: CSVTable.Row, header: [String], design: Design) {
    line = row.line
    fields = Dictionary(zip(header, row.fields)) { first, _ in first }
    self.design = design
  }

  mutating func forecast(number: Int) -> Forecast? {
    let id = fields["id"] ?? ""
    let asked = question()
    let direction = word("direction", Direction.self)
    let interval = range()
    guard let direction else { return nil }
    let shares = belief(direction)
    guard let asked, faults.isEmpty else { return nil }
    return Forecast(
      id: id.isEmpty ? "\(number)" : id,
      who: fields["who"] ?? "",
      question: asked,
      direction: direction,
      belief: shares,
      range: interval
    )
  }

  private mutating func question() -> Question? {
    let kind =
      fields["contrast", default: ""].isEmpty
      ? .level : word("contrast", Question.Kind.self)
    let metrics = design.metrics.map(\.name)
    if !metrics.contains(fields["metric"] ?? "") {
      report("metric", "one of \(metrics.joined(separator: ", "))")
    }
    let name = fields["factor"] ?? ""
    guard let factor = design.factors.first(where: { $0.name == name }), let kind else {
      if kind != nil {
        report("factor", "one of \(design.factors.map(\.name).joined(separator: ", "))")
      }
      return nil
    }
    if kind == .level {
      for column in ["from", "to"] where !factor.levels.contains(fields[column] ?? "") {
        report(column, "a level of '\(name)': \(factor.levels.joined(separator: ", "))")
      }
    }
    return Question(
      factor: name,
      kind: kind,
      from: kind == .level ? fields["from"] ?? "" : "",
      to: kind == .level ? fields["to"] ?? "" : "",
      metric: fields["metric"] ?? "",
      at: held()
    )
  }

  private mutating func held() -> [String: String] {
    guard let text = fields["at"], !text.isEmpty else { return [:] }
    guard let object = JSON(line: Array(text.utf8))?.object else {
      report("at", "a JSON object of factors and levels")
      return [:]
    }
    var held: [String: String] = [:]
    for member in object.members {
      let level = member.value.levelText
      let factor = design.factors.first { $0.name == member.key }
      if factor?.levels.contains(level) != true || member.key == fields["factor"] {
        report("at", "about levels of the other factors")
      }
      held[member.key] = level
    }
    return held
  }

  private mutating func belief(_ direction: Direction) -> Belief? {
    let shares = ["p_down", "p_none", "p_up"].compactMap { share($0) }
    if shares.count == 3 {
      let sum = shares.reduce(0, +)
      // Probabilities that are written with two decimals may miss 1 by as much.
      if abs(sum - 1) > 0.02 { report("p_up", "what makes the three probabilities add up to 1") }
      return Belief(down: shares[0], none: shares[1], up: shares[2])
    }
    if !shares.isEmpty { report("p_up", "given together with p_down and p_none") }
    return share("confidence").map { Belief(direction, confidence: $0) }
  }

  private mutating func range() -> Forecast.Range? {
    let low = number("lo")
    let high = number("hi")
    guard low != nil || high != nil else { return nil }
    guard let low, let high, low <= high else {
      report("hi", "given together with lo, and not below it")
      return nil
    }
    guard !fields["level", default: ""].isEmpty else {
      return Forecast.Range(Interval(lower: low, upper: high), level: 0.8)
    }
    guard let level = number("level"), 0 < level, level < 1 else {
      report("level", "a fraction between 0 and 1")
      return nil
    }
    return Forecast.Range(Interval(lower: low, upper: high), level: level)
  }

  private mutating func share(_ column: String) -> Double? {
    guard let number = number(column) else { return nil }
    guard 0...1 ~= number else {
      report(column, "a fraction from 0 to 1, so that 80 % is 0.8")
      return nil
    }
    return number
  }

  private mutating func number(_ column: String) -> Double? {
    guard let text = fields[column], !text.isEmpty else { return nil }
    guard let number = Double(text), number.isFinite else {
      report(column, "a number")
      return nil
    }
    return number
  }

  private mutating func word<Word: RawRepresentable<String> & CaseIterable>(
    _ column: String,
    _ type: Word.Type
  ) -> Word? {
    if let word = Word(rawValue: fields[column] ?? "") { return word }
    report(column, Word.allCases.map(\.rawValue).alternatives)
    return nil
  }

  private mutating func report(_ column: String, _ expected: String) {
    faults.append(
      .field(line: line, column: column, text: fields[column] ?? "", expected: expected)
    )
  }
}
