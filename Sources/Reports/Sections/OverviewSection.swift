import Notation
import Sweeps

/// What was asked and run: the question, the settings, how many runs ended how.
struct OverviewSection: ReportSection {
  private let spec: Spec
  private let planned: Int
  private let excludedCells: Int
  private let count: (RunStatus) -> Int
  private let unfinished: Int

  init(_ findings: Findings) {
    spec = findings.evidence.spec
    planned = findings.evidence.planned
    excludedCells = findings.evidence.excludedCells
    count = findings.evidence.count
    unfinished = findings.evidence.unfinished
  }

  var sections: [Section] {
    var blocks: [Block] = []
    if let question = spec.question { blocks.append(.paragraph("\(strong: question)")) }
    blocks.append(.paragraph(ledger))
    if unfinished > 0 {
      blocks.append(
        .paragraph(
          "\(strong: "Interim:") \(Numeral.counted(unfinished, "planned run")) not finished yet; every number below may still change."
        )
      )
    }
    if let warning = seedWarning { blocks.append(.paragraph(warning)) }
    blocks.append(axesTable)
    if !spec.settings.isEmpty { blocks.append(.paragraph(fixedSettings)) }
    return [Section("What was run", blocks)]
  }

  private var ledger: Prose {
    let counts: [(Int, String)] = [
      (count(.ok), "finished"), (count(.failed), "failed"), (count(.diverged), "diverged"),
      (count(.timedOut), "timed out"), (unfinished, "not finished yet"),
    ]
    let parts = counts.filter { $0.0 > 0 || $0.1 == "finished" }
      .map { "\($0.0.grouped) \($0.1)" }
    let excluded =
      excludedCells == 0 ? "" : "; \(Numeral.counted(excludedCells, "cell")) left out on purpose"
    return """
      \(Numeral.counted(planned / max(1, spec.seeds.count), "cell")) × \
      \(Numeral.counted(spec.seeds.count, "seed")) = \(Numeral.counted(planned, "run")) planned: \
      \(parts.joined(separator: ", "))\(excluded).
      """
  }

  /// How little few seeds can tell, from the multiplier of the t interval.
  private var seedWarning: Prose? {
    switch spec.seeds.count {
    case 1:
      "One seed: no interval is possible, since nothing shows how much luck there is in a run."
    case 2:
      """
      Two seeds tell very little: a 95 % interval from two is the difference ± 9 standard deviations. \
      Read what follows as a demonstration; five seeds or more make an experiment.
      """
    case 3, 4:
      """
      \(Numeral.counted(spec.seeds.count, "seed")): too few seeds for a useful interval unless an \
      effect is several times as large as the luck of a run.
      """
    default: nil
    }
  }

  private var axesTable: Block {
    .table(
      Table(
        columns: [.words("axis"), .words("baseline"), .words("other levels")],
        rows: spec.axes.map { axis in
          [
            axis.name, axis.baseline.text,
            axis.levels.dropFirst().map(\.text).joined(separator: ", "),
          ]
        }
      )
    )
  }

  private var fixedSettings: Prose {
    let settings = spec.settings.members.map { "\($0.key) \($0.value.levelText)" }
    return "Fixed for every run: \(settings.joined(separator: ", "))."
  }
}
