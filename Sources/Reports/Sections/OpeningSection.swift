import Foundation
import Notation
import Statistics
import Sweeps

/// What was asked and what came out, to be read in ten seconds: one table or a few sentences, and one figure.
struct OpeningSection: ReportSection {
  private let findings: Findings
  private let evidence: Evidence
  private let spec: Spec

  init(_ findings: Findings) {
    self.findings = findings
    evidence = findings.evidence
    spec = findings.evidence.spec
  }

  var sections: [Section] {
    var blocks: [Block] = []
    if let question = spec.question { blocks.append(.paragraph("\(strong: question)")) }
    blocks.append(.paragraph(evidence.ledger))
    if let rule = evidence.ruleSentence { blocks.append(.paragraph(rule)) }
    if let looked = LaterSeedsSentence(findings).prose { blocks.append(.paragraph(looked)) }
    if evidence.unfinished == 0, !evidence.isFinal {
      blocks.append(
        .paragraph(
          "\(strong: "Interim:") a look is still to be taken; every number below may still change."
        )
      )
    }
    if evidence.unfinished > 0 {
      blocks.append(
        .paragraph(
          "\(strong: "Interim:") \(Numeral.counted(evidence.unfinished, "planned run")) not finished yet; every number below may still change."
        )
      )
    }
    if let warning = seedWarning { blocks.append(.paragraph(warning)) }
    if let warning = versionWarning { blocks.append(.paragraph(warning)) }
    blocks += findings.analysis.answers.isEmpty ? sentences : answers
    return [Section("What we found", blocks)]
  }

  private var answers: [Block] {
    [.table(AnswerTable(findings).table), AnswerForest(findings).figure.map { .figure($0) }]
      .compactMap(\.self)
  }

  /// A sentence for each axis on the first metric, and its changes as a figure.
  private var sentences: [Block] {
    guard let effects = findings.analysis.effects.first, !effects.main.isEmpty else { return [] }
    return [
      effects.warning.map { .paragraph($0) },
      .list(AxisSentence.all(of: findings.design.factors, effects)), .figure(effects.forest),
    ].compactMap(\.self)
  }

  /// That runs come from different programs, and which comparisons that is part of.
  private var versionWarning: Prose? {
    guard evidence.versions.areMixed else { return nil }
    let mixed = findings.mixed.names
    let contrasts =
      mixed.isEmpty
      ? "every pair is of one of them"
      : "they are mixed in pairs of \(mixed.joined(separator: "; "))"
    return
      "\(strong: "\(evidence.versions.all.count) versions of the program") made these runs; \(contrasts)."
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
}

extension Evidence {
  /// By which rule the seeds came, and what it saved; nil without one.
  fileprivate var ruleSentence: Prose? {
    guard let schedule = spec.looks, let mostPlanned else { return nil }
    guard seedRule.later == nil else {
      return """
        \(schedule.first) to \(schedule.last) seeds by a rule that was sealed after results had been shown, so that \
        it promises nothing.
        """
    }
    let sealed = sealedAt.map { " sealed on \($0.formatted(.iso8601.year().month().day()))" } ?? ""
    let needed =
      isFinal
      ? "\(planned.grouped) of \(mostPlanned.grouped) runs were needed"
      : "look \(looks.count) of \(schedule.seeds.count) is taken, \(planned.grouped) of \(mostPlanned.grouped) runs are needed so far"
    return """
      \(schedule.first) to \(schedule.last) seeds by a rule\(sealed); \(schedule.seeds.count) looks; \(needed); \
      intervals hold over all looks.
      """
  }

  /// How many runs were planned, and how they ended.
  fileprivate var ledger: Prose {
    let counts: [(Int, String)] = [
      (count(.ok), "finished"), (count(.failed), "failed"), (count(.diverged), "diverged"),
      (count(.timedOut), "timed out"), (unfinished, "not finished yet"),
    ]
    let parts = counts.filter { $0.0 > 0 || $0.1 == "finished" }
      .map { "\($0.0.grouped) \($0.1)" }
    let excluded =
      excludedCells == 0 ? "" : "; \(Numeral.counted(excludedCells, "cell")) left out on purpose"
    if let schedule = spec.looks, let mostPlanned {
      return """
        \(Numeral.counted(mostPlanned / schedule.last, "cell")) × \(schedule.first) to \
        \(schedule.last) seeds: \(Numeral.counted(planned, "run")) planned by now: \
        \(parts.joined(separator: ", "))\(excluded).
        """
    }
    return """
      \(Numeral.counted(planned / max(1, spec.seeds.count), "cell")) × \
      \(Numeral.counted(spec.seeds.count, "seed")) = \(Numeral.counted(planned, "run")) planned: \
      \(parts.joined(separator: ", "))\(excluded).
      """
  }
}
