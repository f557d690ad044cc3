/// A way of writing a report down.
package protocol ReportFormat: Sendable {
  /// The name given to `--format`, which is also the ending of its files.
  static var name: String { get }

  /// Whether figures are part of what it renders, so that they are worth making.
  static var showsFigures: Bool { get }

  /// Renders a report as a whole text.
  static func render(_ report: Report) throws -> String

  /// Writes a report where it goes, in pieces where the whole may be too large for memory.
  static func write(_ report: Report, to destination: Destination) throws
}

extension ReportFormat {
  package static var showsFigures: Bool { false }

  package static func write(_ report: Report, to destination: Destination) throws {
    try destination.write(render(report))
  }
}

/// The formats that `sweep report --format` offers, in the order in which its help lists them.
package enum ReportFormats {
  package static let all: [any ReportFormat.Type] = [
    Markdown.self, HTML.self, CSV.self, JSONDocument.self, JSONLines.self, Terminal.self,
  ]

  /// Finds a format by its name.
  package static func named(_ name: String) -> (any ReportFormat.Type)? {
    all.first { $0.name == name }
  }
}
