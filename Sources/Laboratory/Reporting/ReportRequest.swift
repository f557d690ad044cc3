package import Reports

/// What a report is asked for.
package struct ReportRequest: Sendable, Equatable {
  /// The name of a sweep or the beginning of it; nil for the one that was started last.
  package let sweep: String?
  package let part: ReportPart
  package let showsFigures: Bool
  /// Whether it is a list of runs, which says something about every question.
  package let listsRuns: Bool
  /// Whether a question is told as if others were sealed although none is.
  package let isAlone: Bool
  /// The beginning of the name of the only version of the program whose runs count; nil for all.
  package let onlyVersion: String?

  package init(
    sweep: String?,
    part: ReportPart,
    showsFigures: Bool,
    listsRuns: Bool = false,
    isAlone: Bool = false,
    onlyVersion: String? = nil
  ) {
    self.sweep = sweep
    self.part = part
    self.showsFigures = showsFigures
    self.listsRuns = listsRuns
    self.isAlone = isAlone
    self.onlyVersion = onlyVersion
  }
}
