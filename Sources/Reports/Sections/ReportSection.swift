/// A part of a sweep's report; its stored properties are all that it is made of.
protocol ReportSection: SendableMetatype {
  /// Takes what it needs.
  init(_ findings: Findings)

  /// What is read, usually one section; none where there is nothing to say.
  var sections: [Section] { get }
}

/// The sections of a sweep's report in reading order.
enum ReportSections {
  /// What is read in ten seconds.
  static let opening: [any ReportSection.Type] = [OpeningSection.self]

  /// What was asked of people and runs.
  static let asked: [any ReportSection.Type] = [
    AnswersSection.self, LooksSection.self, VotesSection.self, PredictionsSection.self,
    ReasonsSection.self,
    SplitVotesSection.self, SurprisesSection.self, CalibrationSection.self, RankingSection.self,
    TextbookSection.self,
  ]

  /// What the axes did on average over the grid; the appendix of a sweep that asks questions.
  static let averages: [any ReportSection.Type] = [
    AveragesSection.self, EffectsSection.self, DoseResponseSection.self, InteractionsSection.self,
    LevelMeansSection.self, VarianceSharesSection.self,
  ]

  /// The runs themselves.
  static let runs: [any ReportSection.Type] = [
    PerSeedSection.self, SettlingSection.self, TrainingSection.self, ConfusionSection.self,
    CellsSection.self,
    SpreadSection.self, FailuresSection.self, LeftOutSection.self, SharedWorkSection.self,
    OverviewSection.self,
    VersionsSection.self, MethodsSection.self,
  ]
}
