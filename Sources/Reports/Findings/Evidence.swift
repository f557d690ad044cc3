package import struct Foundation.Date
import Notation
package import Statistics
package import Sweeps

/// What a report is made of: a spec, and what became of the runs that it plans.
package struct Evidence: Sendable {
  package let spec: Spec
  /// The deciding attempt of every run that came to an end, in the order of the grid.
  package let records: [Record]
  /// How many runs the spec plans.
  package let planned: Int
  /// How many cells it leaves out on purpose.
  package let excludedCells: Int
  /// Where and with what the runs were made, oldest first.
  package let provenance: [Provenance]
  /// The starts in which something was done, oldest first.
  package let sessions: [Session]
  /// What was predicted, nil where nobody predicted anything.
  package let predictions: PredictionStanding?
  /// What the trainer itself can show, nil where figures are not wanted or another program trained.
  package let pictures: Pictures?
  /// The learning curves, read when they are written.
  package let curves: Curves
  /// The looks that the spec's rule of seeds took; none without a rule.
  package let looks: [TakenLook]
  /// When the rule was sealed; nil without one.
  let sealedAt: Date?
  /// The records as the looks found them, where runs were repeated afterwards.
  let lookedRecords: [Record]
  /// The runs that the spec's rule of seeds could come to; nil without a rule.
  package let mostPlanned: Int?
  /// How the seeds were decided, with the levels that follow from it.
  package let seedRule: SeedRule
  /// Which version of a program made each run.
  package let versions: RunVersions
  /// The version of the program whose runs alone count; nil where all do.
  let onlyVersion: ProgramVersion?

  package init(
    spec: Spec,
    records: [Record],
    planned: Int,
    excludedCells: Int,
    provenance: [Provenance],
    sessions: [Session] = [],
    predictions: PredictionStanding? = nil,
    pictures: Pictures? = nil,
    curves: Curves = .ofRecords,
    looks: [TakenLook] = [],
    sealedAt: Date? = nil,
    lookedRecords: [Record]? = nil,
    mostPlanned: Int? = nil,
    seedRule: SeedRule = .once,
    versions: RunVersions = .unknown,
    onlyVersion: ProgramVersion? = nil
  ) {
    self.spec = spec
    self.records = records
    self.planned = planned
    self.excludedCells = excludedCells
    self.provenance = provenance
    self.sessions = sessions
    self.predictions = predictions
    self.pictures = pictures
    self.curves = curves
    self.looks = looks
    self.sealedAt = sealedAt
    self.mostPlanned = mostPlanned
    self.lookedRecords = lookedRecords ?? records
    self.seedRule = seedRule
    self.onlyVersion = onlyVersion
    self.versions = RunVersions(
      records.compactMap { record in versions[record.run.id].map { (record.run.id, $0) } }
    )
  }

  /// The same with the runs of one version of the program alone; the others count as not finished.
  package func only(_ version: ProgramVersion) -> Evidence {
    Evidence(
      spec: spec,
      records: records.filter { versions[$0.run.id] == version },
      planned: planned,
      excludedCells: excludedCells,
      provenance: provenance,
      sessions: sessions,
      predictions: predictions,
      pictures: pictures,
      curves: curves,
      looks: looks,
      sealedAt: sealedAt,
      lookedRecords: lookedRecords.filter { versions[$0.run.id] == version },
      mostPlanned: mostPlanned,
      seedRule: seedRule,
      versions: versions,
      onlyVersion: version
    )
  }

  /// How many images of a set a point of the trainer's curves is measured on, nil for all of them.
  var curveSampleSize: Int? {
    guard spec.program == nil else { return nil }
    return spec.vocabulary.first { $0.roles.contains(.curve) && $0.sampleSize != nil }?.sampleSize
  }

  /// How many runs ended with a status.
  package func count(_ status: RunStatus) -> Int {
    records.count { $0.status == status }
  }

  /// How many planned runs have not come to an end.
  package var unfinished: Int { planned - records.count }

  /// Whether no run is missing, and no look is still to be taken.
  package var isFinal: Bool { unfinished == 0 && looksAreOver }

  /// Whether the rule of seeds brings no more of them; true without a rule.
  var looksAreOver: Bool {
    guard let schedule = spec.looks else { return true }
    return looks.count == schedule.seeds.count || looks.last.map { !$0.hasOpenQuestions } ?? false
  }

  /// The metrics that the analysis is about: those the spec declares, else those that were measured.
  ///
  /// Without a declaration, values per class (`accuracy[7]`) and the trainer's own bookkeeping would bury
  /// the rest, so that only plain names are taken, and no more than `limit` of them.
  package func metrics(limit: Int = 8) -> [Metric] {
    if !spec.metrics.isEmpty { return spec.metrics }
    var names = Set<String>()
    for record in records { names.formUnion(record.measurements.final.keys) }
    return names.filter { $0.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" } }.sorted()
      .prefix(limit).map(spec.metric(named:))
  }

  /// The design of the analysis: the axes as factors, the declared metrics and questions.
  package var design: Design { spec.design(metrics: metrics(), seeds: seedRule) }

  /// The runs that ended, as the table that the analysis reads.
  package var table: RunTable { table(of: metrics().map(\.name)) }

  /// The same with other metrics.
  func table(of metrics: [String]) -> RunTable {
    RunTable(
      factors: spec.axes.map(\.name),
      metrics: metrics,
      rows: lookedRecords.map { record in
        RunTable.Row(
          status: record.status.rawValue,
          levels: record.run.levels,
          seed: record.run.seed,
          values: metrics.map { record.measurements.final[$0] }
        )
      }
    )
  }
}
