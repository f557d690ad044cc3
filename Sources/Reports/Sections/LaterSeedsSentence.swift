import Statistics
import Sweeps

/// What is to be said where seeds were added after somebody had looked.
struct LaterSeedsSentence {
  private let findings: Findings

  init(_ findings: Findings) {
    self.findings = findings
  }

  /// nil where no such seed is in the numbers.
  var prose: Prose? {
    guard let later = findings.design.seeds.later,
      findings.runs.seeds.contains(where: { !later.declared.contains($0) })
    else { return nil }
    let counts = later.lookedAt.map(String.init).joined(separator: ", ")
    return """
      \(strong: "Looked at") n = \(counts), and seeds were added afterwards. Verdicts on the \
      \(later.declared.count) declared seeds stand; what was open is judged by an interval that holds under any \
      looking, wide with few seeds and none below five. \(withdrawn) A rule that is sealed before the first run needs \
      fewer seeds.
      """
  }

  /// The verdicts that all seeds would give by themselves, had nobody looked, and that do not stand.
  private var withdrawn: String {
    let once = PairedRuns(
      findings.evidence.table,
      design: findings.evidence.spec.design(metrics: findings.design.metrics)
    )
    var names: [String] = []
    if findings.analysis.answers.isEmpty {
      for (plain, effects) in zip(once.effects(), findings.analysis.effects) {
        for (before, now) in zip(plain.main, effects.main) where now.result.outcome == nil {
          guard let outcome = before.result.outcome else { continue }
          names.append("\(now.change.label) on \(effects.metric.name) (\(outcome.rawValue))")
        }
      }
    } else {
      for answer in findings.analysis.answers where answer.result.outcome == nil {
        guard let outcome = once.result(answer.question).outcome else { continue }
        let name = findings.evidence.spec.name(of: answer.question)
        names.append("\(name) (\(outcome.rawValue))")
      }
    }
    guard !names.isEmpty else { return "No verdict had to be withdrawn." }
    return
      "Withdrawn, although an interval for a single look would settle it: \(names.joined(separator: ", "))."
  }
}
