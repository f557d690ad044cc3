/// A finished report, free of any format; a format asks for what it writes, and only that is made.
package protocol Report: Sendable {
  /// The name of the sweep, or of what else it is about.
  var title: String { get }

  /// Texts, tables and figures in reading order.
  var sections: [Section] { get }

  /// One row per run, for formats that carry data and no prose; nil for what is not told run by run.
  var runs: RunsTable? { get }

  /// What of a sweep it is about, so that it can be made again; nil where it is about something else.
  var subject: ReportSubject? { get }

  /// What it claims, where that can be tried with fresh seeds; nil where it claims nothing of its own.
  var claims: PageClaims? { get }

  /// What it rests on, for the formats that programs read.
  var facts: Facts { get }
}

extension Report {
  package var runs: RunsTable? { nil }

  package var subject: ReportSubject? { nil }

  package var claims: PageClaims? { nil }

  /// The texts and tables as they are shown.
  package var facts: Facts { Facts(title: title, sections: sections) }
}
