package import Reports
import Storage
import Sweeps

extension Laboratory {
  /// What the runs of a sweep say about one question.
  ///
  /// - Parameters:
  ///   - id: The question.
  ///   - sweep: The name of a sweep or the beginning of it; nil for the newest.
  ///   - request: Whether the question is revealed by this.
  /// - Returns: nil while the question is sealed, and before a run has come to an end.
  /// - Throws: ``LaboratoryError``, `StoreError`, or `SpecFaults`.
  package func outcome(
    of id: String,
    in sweep: String?,
    _ request: Disclosure.Request
  ) throws -> Disclosed<RevealedQuestion?> {
    try reading { store in
      let sweep = try store.sweep(matching: sweep)
      let gathered = try gather(sweep, in: store, figures: false)
      let evidence = gathered.evidence
      let questions = evidence.spec.askedQuestions
      guard let asked = questions.first(where: { $0.id == id }) else {
        throw LaboratoryError.unknownQuestion(
          id,
          sweep: sweep.name,
          known: questions.map(\.id)
        )
      }
      let before = try store.revealedQuestions(of: sweep)
      let hasResults = !evidence.records.isEmpty
      let disclosure = try disclosure(of: sweep, in: store, request, hasResults: hasResults)
      guard hasResults, !disclosure.sealedQuestions.contains(id) else {
        return Disclosed(nil, [disclosure])
      }
      let visible = VisibleCurves(
        of: evidence.spec,
        revealed: before
          + disclosure.openQuestions.filter { !disclosure.sealedQuestions.contains($0) },
        records: evidence.records
      )
      let revealed = try RevealedQuestion(
        asked,
        of: evidence,
        showsCurves: disclosure.showsResults || visible.questions.contains(id)
      )
      if case .revealing(_, let command) = request {
        try noteShowing(of: sweep, evidence, in: store, by: command)
      }
      return Disclosed(revealed, [disclosure], warnings: gathered.warnings)
    }
  }
}
