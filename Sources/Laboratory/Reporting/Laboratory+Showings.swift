import Reports
import Statistics
import Storage
import Sweeps

/// Looks that no rule foresaw: they are remembered, and what they take from the intervals is said.
extension Laboratory {
  /// Writes down after how many seeds verdicts are shown, where that was not shown before.
  ///
  /// - Throws: `StoreError`.
  func noteShowing(
    of sweep: SweepSummary,
    _ evidence: Evidence,
    in store: Store,
    by command: String
  ) throws {
    let seeds = Set(evidence.records.lazy.filter { $0.status == .ok }.map(\.run.seed)).count
    let text = try store.specText(of: sweep)
    // One seed has no verdict.
    guard seeds > 1,
      try !store.showings(of: sweep).contains(where: { $0.seeds == seeds && $0.specText == text })
    else { return }
    do {
      try writing { try $0.note(showing: seeds, of: sweep, command: command) }
    } catch StoreError.notWritable {
      // Nothing runs in a folder that is read-only, so that no seeds can follow in it.
      return
    }
  }

  /// The seeds that a spec adds to those that were declared when results were first shown; nil where it adds none.
  ///
  /// A rule that was sealed after a look adds its seeds, too; looks under a rule of its own are foreseen.
  ///
  /// - Returns: With the rule that the declared seeds followed; nil for seeds that were fixed.
  /// - Throws: `StoreError`.
  func laterSeeds(
    of spec: Spec,
    in sweep: SweepSummary,
    _ store: Store
  ) throws -> (later: LaterSeeds, looks: LookSchedule?)? {
    let showings = try store.showings(of: sweep).compactMap { showing in
      DeclaredSeeds(specText: showing.specText).map { (showing: showing, declared: $0) }
    }
    let now = Set(spec.seeds)
    let first = showings.firstIndex { _, declared in
      spec.looks != nil ? declared.looks == nil : !now.isSubset(of: declared.seeds)
    }
    guard let first else { return nil }
    let counts = Set(showings[first...].map(\.showing.seeds)).filter { $0 < now.count }
    return (
      LaterSeeds(declared: Set(showings[first].declared.seeds), lookedAt: counts.sorted()),
      showings[first].declared.looks
    )
  }

  /// How the seeds of a sweep were decided.
  ///
  /// - Parameters:
  ///   - spec: The current spec.
  ///   - sweep: The sweep.
  ///   - looks: The looks that its rule took.
  ///   - store: Where it lies.
  /// - Returns: The rule with the levels that follow from it.
  /// - Throws: `StoreError`.
  func seedRule(
    of spec: Spec,
    in sweep: SweepSummary,
    looks: [TakenLook],
    _ store: Store
  ) throws -> SeedRule {
    let later = try laterSeeds(of: spec, in: sweep, store)
    // A rule that was sealed after a look promises nothing.
    let schedule = later == nil ? spec.looks : later?.looks
    return SeedRule(
      plan: schedule.map { LookPlan($0, alpha: LookSchedule.alpha) },
      asked: spec.decidingQuestions,
      taken: schedule == nil ? nil : looks.count,
      later: later?.later
    )
  }

  /// What has to be known before seeds are added to those that were declared; nil where none are.
  ///
  /// - Throws: `StoreError`.
  func warningOfLaterSeeds(
    of spec: Spec,
    in sweep: SweepSummary,
    _ store: Store
  ) throws -> String? {
    let sealed =
      "A rule that is sealed before the first run keeps its promise at every look and needs fewer seeds: --set 'seeds={\"first\": 5, \"looks\": [8, 12, 20], \"until\": \"settled\"}'."
    if let later = try laterSeeds(of: spec, in: sweep, store)?.later {
      let counts = later.lookedAt.map(String.init).joined(separator: ", ")
      return
        "Verdicts were shown after \(counts) seeds, and this adds seeds to the \(later.declared.count) that were declared. Verdicts on those stand; what was open can be settled only by an interval that holds under any looking, which is wider. \(sealed)"
    }
    guard spec.looks == nil, try store.firstResult(of: sweep) != nil,
      let declared = DeclaredSeeds(specText: try store.specText(of: sweep)),
      !Set(spec.seeds).isSubset(of: declared.seeds)
    else { return nil }
    return
      "This adds seeds to the \(declared.seeds.count) that were declared before the first result. That is harmless for as long as nobody looked. \(sealed)"
  }
}
