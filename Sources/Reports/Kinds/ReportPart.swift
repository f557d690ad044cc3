import Sweeps

/// How much of a sweep a report shows.
package enum ReportPart: Sendable, Equatable {
  case whole
  /// The whole with people listed by their scores.
  case ranking
  /// What is read in ten seconds, and nothing else.
  case brief
  /// The baseline cell alone, which leaves predictions open.
  case baseline
  /// What people voted, without any result: it can be told before anything ran.
  case votes
  /// One question of the spec, by its id.
  case question(String)
  /// What one person predicted.
  case person(String)

  /// Whether it is told run by run, too.
  package var hasRuns: Bool {
    switch self {
    case .whole, .ranking, .baseline, .question: true
    case .brief, .person, .votes: false
    }
  }

  /// Whether it shows no result of a question, so that predictions stay open.
  package var leavesPredictionsOpen: Bool {
    switch self {
    case .baseline, .votes: true
    case .whole, .ranking, .brief, .question, .person: false
    }
  }

  /// Makes the report.
  ///
  /// - Parameters:
  ///   - evidence: The spec and what became of its runs.
  ///   - isAlone: Whether a question is told without anything that says something of others, which are sealed.
  /// - Returns: nil where there is no such question, or nobody of that name predicted anything in time.
  package func report(of evidence: Evidence, isAlone: Bool = false) -> (any Report)? {
    switch self {
    case .whole: SweepReport(of: evidence)
    case .ranking: SweepReport(of: evidence, ranksPeople: true)
    case .brief: BriefReport(of: evidence)
    case .baseline: BaselineReport(of: evidence)
    case .votes: VotesReport(of: evidence)
    case .question(let id): QuestionReport(id, of: evidence, isAlone: isAlone)
    case .person(let who): PersonReport(who, of: evidence)
    }
  }
}

/// What a report was made of.
package struct ReportSubject: Sendable, Equatable {
  package let sweep: String
  package let part: ReportPart
  /// How many runs had come to an end.
  package let runs: Int
  /// How many seeds the spec plans.
  package let seeds: Int
  /// The name of the only version of the program whose runs count; nil for all.
  package let onlyVersion: String?

  init(_ part: ReportPart, of evidence: Evidence) {
    self.init(
      sweep: evidence.spec.name,
      part: part,
      runs: evidence.records.count,
      seeds: evidence.spec.seeds.count,
      onlyVersion: evidence.onlyVersion?.name
    )
  }

  package init(
    sweep: String,
    part: ReportPart,
    runs: Int,
    seeds: Int,
    onlyVersion: String? = nil
  ) {
    self.sweep = sweep
    self.part = part
    self.runs = runs
    self.seeds = seeds
    self.onlyVersion = onlyVersion
  }
}
