import Notation
import Statistics
import Sweeps

/// What the questions that stayed open would cost to settle.
struct SettlingSection: ReportSection {
  private let spec: Spec
  private let records: [Record]
  private let planned: Int
  private let answers: [Analysis.Answer]
  private let metrics: [Metric]

  init(_ findings: Findings) {
    spec = findings.evidence.spec
    records = findings.evidence.records
    planned = findings.evidence.planned
    answers = findings.analysis.answers
    metrics = findings.design.metrics
  }

  var sections: [Section] {
    let open = spec.looks == nil ? answers.filter(isOpen) : []
    guard let most = open.compactMap(\.result.seedsToSettle).max() else { return [] }
    let plan = LookPlan(.offered(for: most), alpha: LookSchedule.alpha, hasPValues: false)
    let table = Table(
      columns: [
        .words("question"), .numbers("seeds now"), .numbers("seeds that would tell"),
        .numbers("by the rule, expected"), .numbers("runs at most"), .numbers("time at most"),
      ],
      rows: open.enumerated().map { row($1, plan, at: $0) },
      note: """
        Reckoned from estimate and spread as they are. Seeds that would tell are those of a single look at a number \
        decided beforehand; the rule is the one below, its runs those of all cells of the grid to its last look; the \
        time is that of the runs one after the other, each as long as the mean of \
        \(Numeral.counted(durations.count, "finished run")).
        """
    )
    let offer: Prose = """
      Seeds that are added to this sweep because of what was seen are judged by an interval that holds under any \
      looking, which takes about twice as many. A rule that is sealed before the first run may look several times, \
      stops each question where it is settled, and keeps its promise: \
      \(code: "--set 'seeds=\(plan.schedule.specText)'"). Seal it before you look: under another name it would begin \
      with the very seeds that were looked at here.
      """
    return [Section("What would settle it", [.table(table), .paragraph(offer)])]
  }

  private var durations: [Double] {
    records.filter { $0.status == .ok }.map(\.duration.seconds)
  }

  /// Whether a question is open, and what it takes can be told.
  private func isOpen(_ answer: Analysis.Answer) -> Bool {
    guard answer.result.outcome == nil, let seeds = answer.result.seedsToSettle else {
      return false
    }
    return seeds > spec.seeds.count && !durations.isEmpty
  }

  private func row(_ answer: Analysis.Answer, _ plan: LookPlan, at index: Int) -> [String] {
    let cells = planned / max(1, spec.seeds.count)
    let runs = plan.schedule.last * cells
    let mean = durations.reduce(0, +) / Double(durations.count)
    return [
      spec.name(of: answer.question), spec.seeds.count.grouped,
      answer.result.seedsToSettle.map(\.grouped) ?? "–",
      expectedSeeds(answer, plan, at: index).map { "about \(Int($0.rounded()))" } ?? "–",
      runs.grouped, Duration.seconds(mean * Double(runs)).readable,
    ]
  }

  /// Simulated sweeps behind an expectation: its error is below a tenth of a seed.
  private static let repetitions = 4_000

  /// After how many seeds the rule would stop a question on the average, at its estimate and spread.
  private func expectedSeeds(_ answer: Analysis.Answer, _ plan: LookPlan, at index: Int) -> Double?
  {
    guard let estimate = answer.result.estimate, let spread = answer.result.spread, spread > 0,
      let delta = metrics.first(where: { $0.name == answer.question.metric })?.delta, delta > 0
    else { return nil }
    var generator = SeededGenerator(purpose: "settling", seed: index)
    return LookForecast(
      plan,
      cellsOfQuestions: [[0, 1]],
      cellCount: 2,
      effect: estimate / delta,
      spread: spread / delta,
      repetitions: Self.repetitions,
      using: &generator
    ).seedsPerQuestion
  }
}
