/// A part of a sweep's report; its stored properties are all that it is made of.
protocol ReportSection: SendableMetatype {
  /// Takes what it needs.
  init(_ findings: Findings)

  /// What is read, usually one section; none where there is nothing to say.
  var sections: [Section] { get }
}

/// The sections of a sweep's report in reading order.
enum ReportSections {
  /// What people voted is seen before what came out.
  static let all: [any ReportSection.Type] = [
    OverviewSection.self, VotesSection.self, AnswersSection.self, PredictionsSection.self,
    ReasonsSection.self, SplitVotesSection.self, SurprisesSection.self, CalibrationSection.self,
    RankingSection.self, TextbookSection.self, EffectsSection.self, PerSeedSection.self,
    DoseResponseSection.self, InteractionsSection.self, SettlingSection.self, TrainingSection.self,
    LevelMeansSection.self, CellsSection.self, SpreadSection.self, FailuresSection.self,
    SharedWorkSection.self, MethodsSection.self,
  ]
}
