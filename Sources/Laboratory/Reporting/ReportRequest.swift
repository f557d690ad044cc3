/// What a report is asked for.
package struct ReportRequest: Sendable, Equatable {
  package enum Part: Sendable, Equatable {
    /// All that was found, with people by their scores where that is wanted.
    case whole(ranksPeople: Bool)
    /// The baseline cell alone, which leaves predictions open.
    case baseline
    /// One question: votes, textbook, seeds, outcome.
    case question(String)
    /// What one person predicted beside what came out.
    case person(String)
  }

  /// The name of a sweep or the beginning of it; nil for the one that was started last.
  package let sweep: String?
  package let part: Part
  package let showsFigures: Bool

  package init(sweep: String?, part: Part, showsFigures: Bool) {
    self.sweep = sweep
    self.part = part
    self.showsFigures = showsFigures
  }
}
