import Notation
import Statistics

/// A row of a table with the line on which it stands.
struct NumberedRow {
  let line: Int
  let row: RunTable.Row
}

/// Rows that give a result to the same cell and seed.
///
/// Which of them is meant cannot be known: a factor may be missing in the design, a file may have been joined with
/// itself, runs may be true replicates. The table's owner says it.
struct RepeatedRuns {
  private(set) var rows: [NumberedRow]
  private(set) var faults: [TableFault] = []
  private(set) var notes: [String] = []

  private struct Place: Hashable {
    let levels: [String]
    let seed: Int
  }

  /// - Parameters:
  ///   - rows: All rows, in their order.
  ///   - design: Rows with levels that it does not name are not looked at.
  ///   - replicates: What several results of one cell and seed stand for.
  ///   - isLog: Whether a later row may be a later attempt at the same run.
  ///   - apart: The heading and cells of a column that the design does not name and that tells two lines apart; nil
  ///     where none does.
  init(
    _ rows: [NumberedRow],
    design: Design,
    replicates: TableReading.Replicates?,
    isLog: Bool,
    apart: ([(Int, Int)]) -> TableFault.Difference?
  ) {
    let known = design.factors.map { Set($0.levels) }
    var groups: [Place: [Int]] = [:]
    for (index, numbered) in rows.enumerated()
    where numbered.row.status == "ok"
      && zip(numbered.row.levels, known).allSatisfy({ $1.contains($0) })
    {
      groups[Place(levels: numbered.row.levels, seed: numbered.row.seed), default: []].append(index)
    }
    let repeated = groups.filter { $0.value.count > 1 }.sorted { $0.value[0] < $1.value[0] }
    self.rows = rows
    guard !repeated.isEmpty else { return }
    if let replicates {
      merge(repeated.map(\.value), replicates)
      return
    }
    let pairs = repeated.flatMap { _, group in group.dropFirst().map { (group[0], $0) } }
    let isRetried = pairs.allSatisfy { rows[$0.0].row != rows[$0.1].row }
    let difference = apart(pairs.map { (rows[$0.0].line, rows[$0.1].line) })
    if isLog, isRetried, difference == nil {
      let lines = pairs.map { "\(rows[$0.0].line) and \(rows[$0.1].line)" }.joined(separator: "; ")
      notes.append(
        "The last 'ok' row of a cell and seed counts, as of a run that was done again: lines \(lines)."
      )
      return
    }
    for (place, group) in repeated {
      let names =
        zip(design.factors, place.levels).map { "\($0.name) \($1)" } + ["seed \(place.seed)"]
      for index in group.dropFirst() {
        faults.append(
          .repeated(
            line: rows[index].line,
            first: rows[group[0]].line,
            cell: names.joined(separator: ", "),
            apart: difference
          )
        )
      }
    }
  }

  /// One row for each group, where its first stood.
  private mutating func merge(_ groups: [[Int]], _ replicates: TableReading.Replicates) {
    var replaced: [Int: NumberedRow?] = [:]
    for group in groups {
      for index in group { replaced[index] = .some(nil) }
      replaced[group[0]] = Self.merged(group.map { rows[$0] }, replicates)
    }
    let count = groups.reduce(0) { $0 + $1.count }
    let how =
      switch replicates {
      case .mean: "their means count"
      case .first: "the first of each counts"
      case .last: "the last of each counts"
      }
    notes.append("\(count) rows are replicates of \(groups.count) cells and seeds; \(how).")
    rows = rows.indices.compactMap { index in
      if let row = replaced[index] { row } else { rows[index] }
    }
  }

  private static func merged(
    _ rows: [NumberedRow],
    _ replicates: TableReading.Replicates
  ) -> NumberedRow {
    switch replicates {
    case .first: return rows[0]
    case .last: return rows[rows.count - 1]
    case .mean:
      let first = rows[0].row
      let values = first.values.indices.map { metric -> Double? in
        let present = rows.compactMap { $0.row.values[metric] }
        // A replicate without a value makes the mean one of survivors, which is no value.
        return present.count == rows.count ? mean(present) : nil
      }
      return NumberedRow(
        line: rows[0].line,
        row: RunTable.Row(status: "ok", levels: first.levels, seed: first.seed, values: values)
      )
    }
  }
}
