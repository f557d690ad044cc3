import Notation
import Statistics
import Sweeps

/// What the questions that stayed open would cost to settle.
struct SettlingSection: ReportSection {
  private let spec: Spec
  private let records: [Record]
  private let planned: Int
  private let answers: [Analysis.Answer]

  init(_ findings: Findings) {
    spec = findings.evidence.spec
    records = findings.evidence.records
    planned = findings.evidence.planned
    answers = findings.analysis.answers
  }

  var sections: [Section] {
    let rows = answers.compactMap(row)
    guard !rows.isEmpty else { return [] }
    let table = Table(
      columns: [
        .words("question"), .numbers("seeds now"), .numbers("seeds that would tell"),
        .numbers("runs more"), .numbers("time"),
      ],
      rows: rows,
      note: """
        Reckoned from estimate and spread as they are, for all cells of the grid; the time is that of the runs one \
        after the other, each as long as the mean of \(Numeral.counted(durations.count, "finished run")).
        """
    )
    let warning: Prose = """
      Seeds that are added because of what was seen make the intervals promise too much. Decide the number \
      before you look again, or start a sweep of another name with it.
      """
    return [Section("What would settle it", [.table(table), .paragraph(warning)])]
  }

  private var durations: [Double] {
    records.filter { $0.status == .ok }.map(\.duration.seconds)
  }

  /// nil for a question that is settled, or of which nobody can say what it takes.
  private func row(_ answer: Analysis.Answer) -> [String]? {
    guard answer.result.outcome == nil, let seeds = answer.result.seedsToSettle,
      seeds > spec.seeds.count, !durations.isEmpty
    else { return nil }
    let cells = planned / max(1, spec.seeds.count)
    let runs = (seeds - spec.seeds.count) * cells
    let mean = durations.reduce(0, +) / Double(durations.count)
    return [
      spec.name(of: answer.question), spec.seeds.count.grouped, seeds.grouped, runs.grouped,
      Duration.seconds(mean * Double(runs)).readable,
    ]
  }
}
