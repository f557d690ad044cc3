import Foundation
import Notation

/// A report as it lies in a file: what it says, and what would make it again.
package struct WrittenReport: Sendable {
  /// What tells how to make a report again.
  package enum Origin: Sendable {
    case arguments(ReportArguments)
    /// A table of runs, which has no place for arguments, but needs none: its first run names the sweep, nil
    /// where it lists none.
    case runs(first: String?)
  }

  /// The file without colours.
  package let bytes: [UInt8]
  package let hadColors: Bool
  /// nil for a file that is no report, or one of a version that wrote no arguments down.
  package let origin: Origin?

  /// - Parameter file: The content of the file.
  package init(_ file: [UInt8]) {
    if let arguments = ReportArguments(in: file) {
      origin = .arguments(arguments)
      bytes = arguments.format == Terminal.name ? Self.withoutColors(file) : file
    } else {
      origin = Self.firstRun(in: file).map(Origin.runs)
      bytes = file
    }
    hadColors = bytes.count != file.count
  }

  private static func withoutColors(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.contains(0x1B) else { return bytes }
    let text = String(decoding: bytes, as: UTF8.self)
    return Array(text.replacing(#/\u{1B}\[[0-9;]*m/#, with: "").utf8)
  }

  /// The first run of a table of runs: nil inside where it has none, nil for anything else.
  private static func firstRun(in file: [UInt8]) -> String?? {
    let lines = String(decoding: file.prefix(1 << 16), as: UTF8.self)
      .trimmingPrefix("\u{FEFF}").split(whereSeparator: \.isNewline)
    guard lines.first?.hasPrefix("run,status,attempt,") == true else { return .none }
    return .some(lines.dropFirst().first?.split(separator: ",").first.map(String.init))
  }
}
