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

  private let path: String
  private let bytes: [UInt8]

  /// Reads a file; a name that ends in `.csv` is a table with a header, anything else JSON lines.
  ///
  /// - Throws: ``Fault``.
  package init(path: String) throws(Fault) {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    guard (attributes?[.size] as? Int ?? 0) <= Self.limitBytes else { throw .tooLarge(path) }
    guard let data = FileManager.default.contents(atPath: path) else { throw .unreadable(path) }
    self.path = path
    bytes = Array(data)
  }

  /// Gives all rows to the parser: those of the protocol as such, others as values of which the last counts.
  package func give(to output: inout WorkerOutput) {
    func give(_ row: JSONObject) { if !output.read(row) { output.readLast(row) } }
    guard path.hasSuffix(".csv") else {
      var rest = bytes[...]
      while !rest.isEmpty {
        let line = rest.prefix { $0 != UInt8(ascii: "\n") }
        rest = rest[line.endIndex...].dropFirst()
        if case .object(let object)? = JSON(line: line) { give(object) }
      }
      return
    }
    CSVTable.forEachRow(of: SourceText(path: path, bytes: bytes)) { header, row in
      let members = zip(header, row.fields).filter { !$0.0.isEmpty && !$0.1.isEmpty }
      give(JSONObject(members.map { JSONObject.Member(key: $0.0, value: Self.cell($0.1)) }))
    }
  }

  private static func cell(_ text: String) -> JSON {
    JSONNumber(text: text).map(JSON.number) ?? .string(text)
  }
}
