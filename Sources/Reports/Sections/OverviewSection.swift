import Notation
import Sweeps

/// What was varied, and what was held fixed.
struct OverviewSection: ReportSection {
  private let spec: Spec

  init(_ findings: Findings) { spec = findings.evidence.spec }

  var sections: [Section] {
    let fixed = spec.settings.isEmpty ? [] : [Block.paragraph(fixedSettings)]
    return [Section("What was run", [axesTable] + fixed)]
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
