import Foundation
import Notation
import Sweeps

/// A CSV or JSONL file in which a program left its metrics.
package struct MetricsFile {
  /// Why the file gives nothing.
  package enum Fault: Error, Equatable, CustomStringConvertible {
    case unreadable(String)
    case tooLarge(String)

    package var description: String {
      switch self {
      case .unreadable(let path): "The program left no readable file '\(path)'."
      case .tooLarge(let path):
        "The file '\(path)' is larger than \(MetricsFile.limitBytes >> 20) MiB."
      }
    }
  }

  static let limitBytes = 256 << 20

  private let rows: [JSONObject]

  /// Reads a file; a name that ends in `.csv` is a table with a header, anything else JSON lines.
  ///
  /// - Throws: ``Fault``.
  package init(path: String) throws(Fault) {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    guard (attributes?[.size] as? Int ?? 0) <= Self.limitBytes else { throw .tooLarge(path) }
    guard let data = FileManager.default.contents(atPath: path) else { throw .unreadable(path) }
    rows = path.hasSuffix(".csv") ? Self.table(data, path) : Self.lines(data)
  }

  /// Gives all rows to the parser: those of the protocol as such, others as values of which the last counts.
  package func give(to output: inout WorkerOutput) {
    for row in rows where !output.read(row) { output.readLast(row) }
  }

  private static func lines(_ data: Data) -> [JSONObject] {
    data.split(separator: UInt8(ascii: "\n")).compactMap { JSON(line: $0)?.object }
  }

  private static func table(_ data: Data, _ path: String) -> [JSONObject] {
    let table = CSVTable(SourceText(path: path, bytes: Array(data)))
    return table.rows.map { row in
      JSONObject(
        zip(table.header, row.fields).filter { !$0.0.isEmpty && !$0.1.isEmpty }.map {
          JSONObject.Member(key: $0.0, value: cell($0.1))
        }
      )
    }
  }

  private static func cell(_ text: String) -> JSON {
    JSONNumber(text: text).map(JSON.number) ?? .string(text)
  }
}
