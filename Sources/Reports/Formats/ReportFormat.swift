/// A way of writing a report down.
package protocol ReportFormat: Sendable {
  /// The name given to `--format`, which is also the ending of its files.
  static var name: String { get }

  /// Whether figures are part of what it writes, so that what only they show is worth gathering.
  static var showsFigures: Bool { get }

  /// Whether it writes the rows of runs and no prose, so that only reports with rows can be written.
  static var listsRuns: Bool { get }

  /// Writes a report where it goes, in pieces where the whole may be too large for memory.
  static func write(_ report: some Report, to destination: Destination) throws
}

extension ReportFormat {
  package static var showsFigures: Bool { false }

  package static var listsRuns: Bool { false }

  /// What makes the report again.
  ///
  /// - Parameters:
  ///   - report: What is written.
  ///   - destination: Where it goes.
  ///   - hasWidth: Whether the format is fitted to the destination's width.
  /// - Returns: nil for a report that is not of a sweep.
  static func arguments(
    of report: some Report,
    _ destination: Destination,
    hasWidth: Bool = false
  ) -> ReportArguments? {
    report.subject.map { subject in
      ReportArguments(
        subject,
        format: name,
        width: hasWidth ? destination.width : nil,
        figures: destination.figures,
        version: destination.version
      )
    }
  }

  /// The report as a whole text.
  package static func render(_ report: some Report) throws -> String {
    var text = ""
    try write(report, to: Destination { text += $0 })
    return text
  }
}

/// The formats that `sweep report --format` offers, in the order in which its help lists them.
package enum ReportFormats {
  package static let all: [any ReportFormat.Type] = [
    Markdown.self, HTML.self, LaTeX.self, CSV.self, JSONDocument.self, JSONLines.self,
    Terminal.self,
  ]

  /// Finds a format by its name.
  package static func named(_ name: String) -> (any ReportFormat.Type)? {
    all.first { $0.name == name }
  }
}
