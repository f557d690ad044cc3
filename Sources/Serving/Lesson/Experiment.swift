import Charts
import Classroom
package import Laboratory
import Notation
import Reports
import Statistics
package import Sweeps

/// The sweep that a lesson is about, as the laboratory has it.
///
/// All of it blocks; ``apart(_:)`` does it where nobody waits.
package struct Experiment: Sendable {
  package let questionnaire: Questionnaire
  let laboratory: Laboratory
  private let path: String
  private let overrides: [String]
  private let work = BlockingWork("laboratory")

  /// - Parameters:
  ///   - path: The spec's file.
  ///   - overrides: `key=value` texts that override its keys.
  ///   - laboratory: Where its results are.
  /// - Throws: `SpecFaults`, or `LaboratoryError.noQuestions`.
  package init(specAt path: String, overrides: [String], in laboratory: Laboratory) throws {
    questionnaire = try laboratory.questionnaire(specAt: path, overrides: overrides)
    self.laboratory = laboratory
    self.path = path
    self.overrides = overrides
  }

  package var spec: Spec { questionnaire.spec }

  /// The sweep's folder among the results.
  package var folder: String { laboratory.results + "/" + spec.folder }

  /// Does something that blocks, one thing at a time.
  func apart<Value: Sendable>(
    _ body: @escaping @Sendable (Experiment) throws -> Value
  ) async throws -> Value {
    try await work.result { try body(self) }
  }

  /// Seals the answers of closed rounds; those that are sealed already are not sealed again.
  ///
  /// - Returns: The head of the chain; empty where nothing is sealed.
  /// - Throws: `PredictionFileError`, or `LaboratoryError`.
  func seal(_ predictions: [Prediction]) throws -> String {
    guard !predictions.isEmpty else { return "" }
    try questionnaire.seal(predictions)
    return try questionnaire.head
  }

  /// A run of all that is missing, in a process of its own.
  func run() throws -> BackgroundSweep {
    try laboratory.inBackground(spec, at: path, overrides: overrides)
  }

  /// What the store says of a question.
  ///
  /// - Parameters:
  ///   - id: The question.
  ///   - isReveal: Whether this opens it; it is written down then.
  /// - Returns: nil while it is sealed, and before a run has come to an end.
  /// - Throws: `StoreError`, or `LaboratoryError`.
  func outcome(of id: String, isReveal: Bool) throws -> QuestionOutcome? {
    guard try laboratory.progress(of: spec.name) != nil else { return nil }
    let request: Disclosure.Request =
      isReveal ? .revealing(questions: [id], by: "serve") : .respectingPredictions
    return try laboratory.outcome(of: id, in: spec.name, request).value.map(QuestionOutcome.init)
  }

  /// The networks that the runs have kept.
  ///
  /// - Parameter isReveal: Whether this opens all that is sealed; it is written down then.
  /// - Returns: nil while what they say is sealed, with the questions that seal it.
  /// - Throws: `StoreError`, or `LaboratoryError.nothingKept`.
  func panel(isReveal: Bool) throws -> (panel: NetworkPanel?, sealed: [String]) {
    let request: Disclosure.Request = isReveal ? .revealing(by: "serve") : .respectingPredictions
    let found = try laboratory.panel(of: spec.name, request)
    return (found.value, found.disclosures.flatMap(\.sealedQuestions))
  }

  /// How far the runs are, and the seconds that are left; nil where nobody can tell.
  ///
  /// - Throws: `StoreError`, or `SpecFaults`.
  func progress() throws -> (tiles: [RunTile], secondsLeft: Double?) {
    guard let progress = try laboratory.progress(of: spec.name) else { return ([], nil) }
    let tiles = progress.tiles.map { tile in
      RunTile(RunTile.State(tile.status), isBaseline: tile.isBaseline)
    }
    return (tiles, progress.timeLeft?.seconds)
  }

  /// The baseline's curves in the sweep itself, as far as they have come.
  ///
  /// - Throws: `StoreError`, `SpecFaults`, or `SpecError`.
  func growingCurves() throws -> LearningCurves? {
    try laboratory.baselineCurves(of: spec.name)?.chart
  }
}

extension RunTile.State {
  fileprivate init(_ status: RunStatus) {
    switch status {
    case .pending: self = .pending
    case .running: self = .running
    case .ok: self = .done
    case .failed, .diverged, .timedOut: self = .failed
    }
  }
}

extension QuestionOutcome {
  init(_ revealed: RevealedQuestion) {
    self.init(
      differences: revealed.differences.map { Difference(seed: $0.seed, value: $0.change) },
      estimate: revealed.estimate,
      interval: revealed.interval,
      intervalName: revealed.coverage,
      direction: revealed.outcome,
      verdict: revealed.sentence.text,
      premiseHolds: revealed.textbook.map { $0.verdict != .premiseNotMet }
    )
  }
}

// MARK: The baseline

extension Experiment {
  /// What the room sees before anything is asked.
  struct Baseline: Sendable, Equatable {
    let curves: LearningCurves?
    /// An `svg` element; empty where there are none.
    let images: String
    /// In words.
    let value: String
    /// How sure its networks were and how often right: one cell's, which answers no question.
    let calibration: ReliabilityDiagram?
  }

  /// Runs of the baseline lie apart: a first result among the sweep's own would make all predictions late.
  private var rehearsal: Laboratory { laboratory.inside("rehearsal") }

  /// A run of what is missing of the baseline.
  func baselineRun() throws -> BackgroundSweep {
    try rehearsal.inBackground(spec, at: path, overrides: overrides, onlyBaseline: true)
  }

  /// The baseline as its own runs show it.
  ///
  /// - Returns: nil before one of them has come to an end.
  /// - Throws: `StoreError`, or `LaboratoryError`.
  func baseline() throws -> Baseline? {
    guard let progress = try rehearsal.progress(of: spec.name), progress.ledger.ok > 0 else {
      return nil
    }
    let request = ReportRequest(sweep: spec.name, part: .whole, showsFigures: true)
    let figures = try rehearsal.report(request, by: "serve").value.figures
    let images = figures.first { $0.chart is ImageGrid }
    return Baseline(
      curves: figures.lazy.compactMap { $0.chart as? LearningCurves }.first,
      images: images.map { $0.chart.drawing.svg(label: $0.label) } ?? "",
      value: try baselineValue(),
      calibration: figures.lazy.compactMap { $0.chart as? ReliabilityDiagram }.first
    )
  }

  /// Its curves while its runs are at work.
  ///
  /// - Throws: `StoreError`, `SpecFaults`, or `SpecError`.
  func growingBaseline() throws -> LearningCurves? {
    try rehearsal.baselineCurves(of: spec.name)?.chart
  }

  /// The metric of the first question, over the seeds.
  private func baselineValue() throws -> String {
    let request = ReportRequest(sweep: spec.name, part: .baseline, showsFigures: false)
    let report = try rehearsal.report(request, by: "serve").value
    let tables = report.sections.flatMap(\.blocks).compactMap { block -> Table? in
      if case .table(let table) = block { table } else { nil }
    }
    let metric = questionnaire.questions.first?.question.metric
    guard let row = tables.first?.rows.first(where: { $0.first == metric }), row.count > 2 else {
      return ""
    }
    return "\(row[0]) \(row[1]) (mean ± sd of \(row[2]) seeds)"
  }
}
