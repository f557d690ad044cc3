import Notation

/// Labels of pictures in a table: a column `file`, perhaps `split`, and one or more columns of labels.
///
/// One column of words gives classes, one of numbers something to predict, and columns of yes and no traits that do not
/// exclude each other.
package struct PictureTable {
  package struct Row {
    let line: Int
    package let file: String
    /// `train`, `valid` or `test`, `nil` where the table does not say.
    package let split: String?
    package let label: Int
    /// The number to predict, `nil` where there is none.
    package let number: Double?
  }

  /// What the labels are.
  package let labelling: Dataset.Labelling
  package let rows: [Row]

  private static let fileColumn = "file"
  private static let splitColumn = "split"
  private static let splits = ["train", "valid", "test"]
  private static let truths = [
    "1": true, "yes": true, "true": true, "0": false, "no": false, "false": false,
  ]

  /// Reads a table.
  ///
  /// - Throws: `TrainingError.unreadableFile` with what is wrong, and on which lines.
  package init(_ bytes: [UInt8], name: String) throws {
    func fault(_ reason: String) -> TrainingError { .unreadableFile(name, reason: reason) }
    let table = CSVTable(SourceText(path: name, bytes: bytes), separators: [",", ";", "\t"])
    var faults = table.faults.map { "line \($0.line): \($0.reason)" }
    guard let file = table.column(Self.fileColumn) else {
      throw fault("it has no column '\(Self.fileColumn)', but \(table.header.quoted)")
    }
    let split = table.column(Self.splitColumn)
    let columns = table.header.indices.filter { $0 != file && $0 != split }
    guard !columns.isEmpty else { throw fault("it has no column of labels beside 'file'") }
    let whole = table.rows.filter { $0.fields.count == table.header.count }
    let cells = whole.map { row in columns.map { row.fields[$0].trimmed } }
    for (row, cells) in zip(whole, cells) {
      for (column, cell) in zip(columns, cells) where cell.isEmpty {
        faults.append("line \(row.line): nothing under '\(table.header[column])'")
      }
      if let split, !Self.splits.contains(row.fields[split].trimmed) {
        faults.append("line \(row.line): '\(row.fields[split])' is none of \(Self.splits.quoted)")
      }
    }
    guard faults.isEmpty else {
      throw fault(faults.prefix(Self.shownFaults).joined(separator: "; "))
    }
    let read = try Self.labels(cells, names: columns.map { table.header[$0] }) { row, column in
      let cell = whole[row].fields[columns[column]]
      return fault(
        "line \(whole[row].line): '\(cell)' under '\(table.header[columns[column]])' is neither yes nor no"
      )
    }
    labelling = read.labelling
    rows = whole.indices.map { index in
      Row(
        line: whole[index].line,
        file: whole[index].fields[file].trimmed,
        split: split.map { whole[index].fields[$0].trimmed },
        label: read.labels[index],
        number: read.numbers.isEmpty ? nil : read.numbers[index]
      )
    }
  }

  private static let shownFaults = 5

  /// Finds out what the labels are.
  private static func labels(
    _ cells: [[String]],
    names: [String],
    fault: (_ row: Int, _ column: Int) -> TrainingError
  ) throws -> (labelling: Dataset.Labelling, labels: [Int], numbers: [Double]) {
    let truths = cells.map { $0.map { self.truths[$0.lowercased()] } }
    if names.count > 1 || truths.allSatisfy({ $0[0] != nil }) {
      for (row, values) in truths.enumerated() {
        if let column = values.firstIndex(of: nil) { throw fault(row, column) }
      }
      let traits = truths.map { $0.map { $0 ?? false } }
      var kinds: [[Bool]] = []
      let labels = traits.map { row in
        kinds.firstIndex(of: row)
          ?? {
            kinds.append(row)
            return kinds.count - 1
          }()
      }
      return (.traits(names, byLabel: kinds), labels, [])
    }
    let numbers = cells.compactMap { Double($0[0]) }.filter(\.isFinite)
    if numbers.count == cells.count {
      return (.numbers, numbers.map { _ in 0 }, numbers)
    }
    let classes = Set(cells.map { $0[0] }).sorted()
    let places = Dictionary(uniqueKeysWithValues: zip(classes, classes.indices))
    return (.classes(classes), cells.map { places[$0[0]] ?? 0 }, [])
  }
}

extension String {
  fileprivate var trimmed: String {
    String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}

extension [String] {
  fileprivate var quoted: String { map { "'\($0)'" }.joined(separator: ", ") }
}
