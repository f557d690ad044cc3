/// A table fitted to a number of columns: side by side where it fits, with cells of several lines where that
/// is enough, and one field under the other where it is not.
struct TerminalTable {
  /// Between two columns.
  private static let gap = 2
  /// Taller rows are harder to read than fields under each other.
  private static let tallestRow = 4

  private let columns: [Table.Column]
  private let headers: [String]
  private let rows: [[String]]
  private let width: Int

  init(_ table: Table, width: Int) {
    self.init(
      columns: table.columns,
      headers: table.columns.map { TerminalText.visible($0.name) },
      rows: table.rows.map { $0.map(TerminalText.visible) },
      width: width
    )
  }

  private init(columns: [Table.Column], headers: [String], rows: [[String]], width: Int) {
    self.columns = columns
    self.headers = headers
    self.rows = rows
    self.width = width
  }

  /// The lines of the table; the first `headers` of them are its head.
  var lines: (headers: Int, lines: [String]) {
    let glued = TerminalTable(
      columns: columns,
      headers: headers.map(Self.glued),
      rows: rows.map { $0.map(Self.glued) },
      width: width
    )
    let fitted = glued.sideBySide ?? sideBySide ?? (0, recordLines)
    return (fitted.headers, fitted.lines.map { $0.replacing(Self.glue, with: " ") })
  }

  /// A blank at which no line is broken.
  private static let glue = "\u{A0}"

  /// The text with signs and little words held to what follows them, and per cent to its number.
  private static func glued(_ text: String) -> String {
    var result = ""
    var last: Substring = ""
    for word in text.split(separator: " ") {
      let holds = ["to", "→", "±", "of", "<", "about", "%"].contains(last) || word == "%"
      result += (result.isEmpty ? "" : (holds ? glue : " ")) + word
      last = word
    }
    return result
  }

  // MARK: Side by side

  /// nil where the columns do not fit beside each other, or only in rows that are hard to read.
  private var sideBySide: (headers: Int, lines: [String])? {
    guard let widths = columnWidths else { return nil }
    let head = line(headers, widths)
    let body = rows.map { line($0, widths) }
    guard body.allSatisfy({ $0.count <= Self.tallestRow }) else { return nil }
    let rule = widths.map { String(repeating: "─", count: $0) }
      .joined(separator: String(repeating: " ", count: Self.gap))
    return (head.count, head + [rule] + body.joined())
  }

  /// nil where not even single words fit beside each other.
  private var columnWidths: [Int]? {
    let available = width - Self.gap * max(0, columns.count - 1)
    // From what is least to what would be best: words, whole cells, whole headers.
    let needed = columns.indices.map { column in
      ([headers[column]] + rows.map { $0[column] }).map(longestWord).max() ?? 0
    }
    let cells = columns.indices.map { column in
      max(needed[column], rows.map { TerminalText.columns($0[column]) }.max() ?? 0)
    }
    let whole = columns.indices.map { max(cells[$0], TerminalText.columns(headers[$0])) }
    guard needed.reduce(0, +) <= available else { return nil }
    let widened = Self.widen(needed, to: cells, available)
    return Self.widen(widened, to: whole, available)
  }

  private func longestWord(_ text: String) -> Int {
    text.split(separator: " ").map { TerminalText.columns($0) }.max() ?? 0
  }

  /// Gives what is left to the columns that lack least, so that as many as possible are whole.
  private static func widen(_ widths: [Int], to wanted: [Int], _ available: Int) -> [Int] {
    var widths = widths
    var left = available - widths.reduce(0, +)
    let order = widths.indices.sorted {
      (wanted[$0] - widths[$0], $0) < (wanted[$1] - widths[$1], $1)
    }
    for column in order {
      let gain = min(left, wanted[column] - widths[column])
      widths[column] += gain
      left -= gain
    }
    return widths
  }

  private func line(_ cells: [String], _ widths: [Int]) -> [String] {
    let wrapped = zip(cells, widths).map { TerminalText.wrapped($0, width: max(1, $1)) }
    return (0..<(wrapped.map(\.count).max() ?? 0)).map { row in
      let parts = columns.indices.map { column in
        padded(
          row < wrapped[column].count ? wrapped[column][row] : "",
          widths[column],
          columns[column].alignment
        )
      }
      return withoutTrailingBlanks(
        parts.joined(separator: String(repeating: " ", count: Self.gap))
      )
    }
  }

  private func padded(_ text: String, _ width: Int, _ alignment: Table.Column.Alignment) -> String {
    let space = String(repeating: " ", count: max(0, width - TerminalText.columns(text)))
    switch alignment {
    case .left: return text + space
    case .right: return space + text
    }
  }

  private func withoutTrailingBlanks(_ line: String) -> String {
    var line = line
    while line.last == " " { line.removeLast() }
    return line
  }

  // MARK: Under each other

  /// Each row as lines of a name and a value, with an empty line between rows.
  private var recordLines: [String] {
    let longest = headers.map { TerminalText.columns($0) }.max() ?? 0
    let label = max(1, min(longest, width / 2 - Self.gap))
    let value = max(1, width - label - Self.gap)
    return rows.enumerated().flatMap { place, row in
      (place == 0 ? [] : [""])
        + zip(headers, row).flatMap { header, cell in
          let names = TerminalText.wrapped(header, width: label)
          let values = TerminalText.wrapped(cell, width: value)
          return (0..<max(names.count, values.count)).map { line in
            let name = padded(line < names.count ? names[line] : "", label, .left)
            let text = line < values.count ? values[line] : ""
            return withoutTrailingBlanks(name + String(repeating: " ", count: Self.gap) + text)
          }
        }
    }
  }
}
