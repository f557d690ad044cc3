import Statistics
import Sweeps

/// The report of a sweep.
package struct SweepReport: Report {
  private let evidence: Evidence
  private let ranksPeople: Bool

  /// - Parameters:
  ///   - evidence: The spec and what became of its runs.
  ///   - ranksPeople: Whether people's scores are listed, which a class is spared unless it asks for them.
  package init(of evidence: Evidence, ranksPeople: Bool = false) {
    self.evidence = evidence
    self.ranksPeople = ranksPeople
  }

  package var title: String { evidence.spec.name }

  package var sections: [Section] {
    let findings = Findings(evidence, ranksPeople: ranksPeople)
    func made(_ parts: [any ReportSection.Type]) -> [Section] {
      parts.flatMap { $0.init(findings).sections }
    }
    let folded =
      evidence.spec.questions.isEmpty
      ? ReportSections.asked + ReportSections.averages + ReportSections.runs
      : ReportSections.asked + ReportSections.runs + ReportSections.averages
    return made(ReportSections.opening) + made(folded).map(\.folded)
  }

  package var subject: ReportSubject? {
    ReportSubject(ranksPeople ? .ranking : .whole, of: evidence)
  }

  package var claims: PageClaims? { PageClaims(Findings(evidence)) }

  package var runs: RunsTable? { evidence.runsTable }

  package var facts: Facts {
    let findings = Findings(evidence)
    return SweepFacts(
      evidence,
      effects: findings.analysis.effects,
      questions: findings.forecasts == nil
        ? evidence.spec.questions : evidence.spec.askedQuestions,
      forecasts: findings.forecasts,
      answers: AnswersSection(findings).sections
        + AveragesSection(analysis: findings.analysis, design: findings.design).sections,
      looks: findings.analysis.looks
    ).facts
  }
}
