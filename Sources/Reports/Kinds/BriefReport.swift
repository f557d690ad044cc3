import Sweeps

/// What the report of a sweep opens with, alone: what was asked, what came out, and one figure.
///
/// It is for the eye: it does not say how it was made, and the whole report is what is kept.
package struct BriefReport: Report {
  private let evidence: Evidence

  /// - Parameter evidence: The spec and what became of its runs.
  package init(of evidence: Evidence) {
    self.evidence = evidence
  }

  package var title: String { evidence.spec.name }

  package var sections: [Section] {
    let findings = Findings(evidence)
    return ReportSections.opening.flatMap { $0.init(findings).sections }
  }
}
