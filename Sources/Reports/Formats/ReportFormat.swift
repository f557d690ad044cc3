/// A way of writing a report down.
package protocol ReportFormat: Sendable {
  /// The name given to `--format`, which is also the ending of its files.
  static var name: String { get }

  /// Whether figures are part of what it renders, so that they are worth making.
  static var showsFigures: Bool { get }

  /// Renders a report as a whole text.
  static func render(_ report: Report) -> String
}

extension ReportFormat {
  package static var showsFigures: Bool { false }
}

/// The formats that `sweep report --format` offers, in the order in which its help lists them.
package enum ReportFormats {
  package static let all: [any ReportFormat.Type] = [Markdown.self, HTML.self, CSV.self]

  /// Finds a format by its name.
  package static func named(_ name: String) -> (any ReportFormat.Type)? {
    all.first { $0.name == name }
  }
}
