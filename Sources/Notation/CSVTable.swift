/// A table read from comma-separated values, with the line on which each row begins.
///
/// Lines end with CR, LF or both; a byte-order mark and lines without any character are passed
/// over.
///
/// Reference: Shafranovich (2005), RFC 4180, section 2.
package struct CSVTable: Sendable, Equatable {
  /// One record, as many fields as it has.
  package struct Row: Sendable, Equatable {
    /// From 1; a quoted field may go on over several lines.
    package let line: Int
    package let fields: [String]
  }

  /// The names in the first record; empty for an empty text.
  package let header: [String]
  package let rows: [Row]

  /// What stands between two fields.
  package let separator: Character

  /// What breaks the format, in the order of the lines; rows that it concerns are read as well as
  /// they can be.
  package let faults: [CSVFault]

  /// - Parameters:
  ///   - source: The text.
  ///   - separators: What may stand between two fields, ASCII; the one that the first line has most of does.
  package init(_ source: SourceText, separators: [Character] = [","]) {
    var reader = CSVReader(source, separators: separators.compactMap(\.asciiValue))
    separator = Character(Unicode.Scalar(reader.separator))
    let records = reader.records()
    let header = records.first?.fields ?? []
    self.header = header
    rows = Array(records.dropFirst())
    var faults = reader.faults
    for (place, name) in header.enumerated() where header[..<place].contains(name) {
      faults.append(CSVFault(line: records[0].line, reason: .duplicateColumn(name)))
    }
    for row in records.dropFirst() where row.fields.count != header.count {
      faults.append(
        CSVFault(
          line: row.line,
          reason: .fieldCount(row.fields.count, columns: header.count)
        )
      )
    }
    if header.isEmpty { faults.append(CSVFault(line: 1, reason: .empty)) }
    self.faults = faults.sorted { $0.line < $1.line }
  }

  /// Passes over the rows of a text one after the other, so that a large table needs no more room than its text.
  ///
  /// What breaks the format is read as well as it can be.
  ///
  /// - Parameters:
  ///   - source: The text; its fields stand between commas.
  ///   - body: Is given the names in the first record, and each record after it.
  package static func forEachRow(
    of source: SourceText,
    _ body: (_ header: [String], _ row: Row) -> Void
  ) {
    var reader = CSVReader(source, separators: [UInt8(ascii: ",")])
    guard let header = reader.record()?.fields else { return }
    while let row = reader.record() { body(header, row) }
  }

  /// The place of a column, or nil.
  package func column(_ name: String) -> Int? { header.firstIndex(of: name) }
}

/// A line that breaks the format.
package struct CSVFault: Sendable, Equatable {
  package enum Reason: Sendable, Equatable {
    case empty
    case notUTF8
    case unterminatedQuote
    case textAfterQuote
    case fieldCount(Int, columns: Int)
    case duplicateColumn(String)
  }

  package let line: Int
  package let reason: Reason

  package init(line: Int, reason: Reason) {
    self.line = line
    self.reason = reason
  }
}

extension CSVFault: CustomStringConvertible {
  package var description: String { "Line \(line): \(reason)" }
}

extension CSVFault.Reason: CustomStringConvertible {
  package var description: String {
    switch self {
    case .empty: "The file is empty; its first line names the columns."
    case .notUTF8: "Some byte is not UTF-8 text. Save the file as UTF-8."
    case .unterminatedQuote: "A quote is opened here and never closed."
    case .textAfterQuote:
      "Text follows a closing quote. A quote inside a quoted field is written twice."
    case .fieldCount(let count, let columns):
      "\(count) field\(count == 1 ? "" : "s") under \(columns) column\(columns == 1 ? "" : "s")."
    case .duplicateColumn(let name): "Two columns have the name '\(name)'."
    }
  }
}

/// Takes a text apart, byte by byte; all that has a meaning is ASCII.
private struct CSVReader {
  private let bytes: [UInt8]
  let separator: UInt8
  private var position = 0
  private var line = 1
  private(set) var faults: [CSVFault] = []

  init(_ source: SourceText, separators: [UInt8]) {
    bytes = source.bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    for byte in bytes {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if !isQuoted, byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { break }
      if !isQuoted { counts[byte, default: 0] += 1 }
    }
    // The first of equals, so that a header of one column has the usual separator.
    separator =
      separators.max { counts[$0, default: 0] < counts[$1, default: 0] } ?? UInt8(ascii: ",")
  }

  mutating func records() -> [CSVTable.Row] {
    var records: [CSVTable.Row] = []
    while let record = record() { records.append(record) }
    return records
  }

  /// The next record; nil behind the last.
  mutating func record() -> CSVTable.Row? {
    while position < bytes.count, isAtLineEnd { passLineEnd() }
    guard position < bytes.count else { return nil }
    let start = line
    var fields = [field()]
    while position < bytes.count, bytes[position] == separator {
      position += 1
      fields.append(field())
    }
    if position < bytes.count { passLineEnd() }
    return CSVTable.Row(line: start, fields: fields)
  }

  private var isAtLineEnd: Bool {
    bytes[position] == UInt8(ascii: "\n") || bytes[position] == UInt8(ascii: "\r")
  }

  private mutating func passLineEnd() {
    let isPair =
      bytes[position] == UInt8(ascii: "\r") && position + 1 < bytes.count
      && bytes[position + 1] == UInt8(ascii: "\n")
    position += isPair ? 2 : 1
    line += 1
  }

  private mutating func field() -> String {
    let start = line
    let isQuoted = position < bytes.count && bytes[position] == UInt8(ascii: "\"")
    var content = isQuoted ? quoted() : []
    let rest = plain()
    if isQuoted, !rest.isEmpty { faults.append(CSVFault(line: line, reason: .textAfterQuote)) }
    content += rest
    guard let text = String(validating: content, as: UTF8.self) else {
      faults.append(CSVFault(line: start, reason: .notUTF8))
      return String(decoding: content, as: UTF8.self)
    }
    return text
  }

  private mutating func plain() -> ArraySlice<UInt8> {
    let start = position
    while position < bytes.count, bytes[position] != separator, !isAtLineEnd {
      position += 1
    }
    return bytes[start..<position]
  }

  /// The content of a quoted field, from its opening quote on.
  private mutating func quoted() -> [UInt8] {
    let start = line
    var content: [UInt8] = []
    position += 1
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "\"") {
        position += 1
        guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { return content }
      }
      if isAtLineEnd {
        let end = position
        passLineEnd()
        content += bytes[end..<position]
      } else {
        content.append(bytes[position])
        position += 1
      }
    }
    faults.append(CSVFault(line: start, reason: .unterminatedQuote))
    return content
  }
}
