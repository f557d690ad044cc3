import Notation
package import Reports
import Storage
import Sweeps

extension Laboratory {
  /// Tells what a sweep found.
  ///
  /// - Parameters:
  ///   - request: Which sweep, and what of it.
  ///   - command: What is written down as having revealed open predictions.
  /// - Returns: The report, and what showing it gives away.
  /// - Throws: ``LaboratoryError``, `StoreError`, or `SpecFaults`.
  package func report(_ request: ReportRequest, by command: String) throws -> Disclosed<any Report>
  {
    if request.part == .votes { return try votes(of: request.sweep) }
    return try reading { store in
      try report(try store.sweep(matching: request.sweep), request, by: command, in: store)
    }
  }

  /// A table of a sweep's learning curves.
  ///
  /// - Parameters:
  ///   - sweep: The name of a sweep or the beginning of it; nil for the newest.
  ///   - command: What is written down as having revealed open predictions.
  /// - Returns: The table, which reads the curves when it is written.
  /// - Throws: As ``report(_:by:)``.
  package func curves(of sweep: String?, by command: String) throws -> Disclosed<CurveExport> {
    try evidence(of: sweep, by: command).map(CurveExport.init)
  }

  /// A sweep as TensorBoard reads it; parameters and errors as of ``curves(of:by:)``.
  package func tensorBoard(of sweep: String?, by command: String) throws -> Disclosed<TensorBoard> {
    try evidence(of: sweep, by: command).map(TensorBoard.init)
  }

  private func evidence(of sweep: String?, by command: String) throws -> Disclosed<Evidence> {
    try reading { store in
      let summary = try store.sweep(matching: sweep)
      let gathered = try gather(summary, in: store, figures: false)
      return try disclosing(gathered, of: summary, in: store, by: command) { $0 }
    }
  }

  private func report(
    _ sweep: SweepSummary,
    _ request: ReportRequest,
    by command: String,
    in store: Store
  ) throws -> Disclosed<any Report> {
    let gathered = try gather(sweep, request, in: store)
    let report = try disclosing(gathered, of: sweep, request, by: command, in: store)
    if !request.part.leavesPredictionsOpen {
      try noteShowing(of: sweep, gathered.evidence, in: store, by: command)
    }
    return report
  }

  /// The evidence of all runs, or of those of one version of the program.
  private func gather(
    _ sweep: SweepSummary,
    _ request: ReportRequest,
    in store: Store
  ) throws -> Gathered {
    let gathered = try gather(sweep, in: store, figures: request.showsFigures)
    guard let name = request.onlyVersion else { return gathered }
    let versions = gathered.evidence.versions.all
    let named = versions.filter { $0.isNamed(name) }
    guard named.count == 1 else {
      throw LaboratoryError.unknownVersion(
        name,
        sweep: gathered.evidence.spec.name,
        known: versions.map(\.name)
      )
    }
    return Gathered(
      evidence: gathered.evidence.only(named[0]),
      warnings: gathered.warnings + [
        "Only runs of version \(named[0].name) count; those of others are told as not finished."
      ]
    )
  }

  /// Makes the report, and reveals what it shows: of one question no other.
  private func disclosing(
    _ gathered: Gathered,
    of sweep: SweepSummary,
    _ request: ReportRequest,
    by command: String,
    in store: Store
  ) throws -> Disclosed<any Report> {
    let part = request.part
    if case .question(let id) = part, !request.listsRuns {
      let sealed = try store.openQuestions(of: sweep).filter { $0 != id }
      let isAlone = request.isAlone || !sealed.isEmpty
      let reveal = Disclosure.Request.revealing(questions: [id], by: command)
      return try disclosing(gathered, of: sweep, in: store, reveal) {
        try Self.report(part, of: $0, isAlone: isAlone)
      }
    }
    let open = part.leavesPredictionsOpen ? nil : command
    return try disclosing(gathered, of: sweep, in: store, by: open) {
      try Self.report(part, of: $0)
    }
  }

  private static func report(
    _ part: ReportPart,
    of evidence: Evidence,
    isAlone: Bool = false
  ) throws(LaboratoryError) -> any Report {
    if let report = part.report(of: evidence, isAlone: isAlone) { return report }
    switch part {
    case .question(let id):
      throw .unknownQuestion(
        id,
        sweep: evidence.spec.name,
        known: evidence.spec.askedQuestions.map(\.id)
      )
    case .person(let who): throw .unknownPerson(who, sweep: evidence.spec.name)
    case .whole, .ranking, .brief, .baseline, .votes: preconditionFailure("every sweep has it")
    }
  }

  /// Makes something of evidence, and then decides whether it may be shown.
  ///
  /// - Parameters:
  ///   - gathered: The evidence.
  ///   - sweep: What it is of.
  ///   - store: Where the sweep lies.
  ///   - command: What reveals open predictions; nil for what gives none of them away.
  ///   - make: Gives what is shown. Where it throws, nothing is revealed.
  /// - Returns: What was made, and what showing it gives away.
  /// - Throws: `StoreError`, and what `make` throws.
  func disclosing<Value>(
    _ gathered: Gathered,
    of sweep: SweepSummary,
    in store: Store,
    by command: String?,
    _ make: (Evidence) throws -> Value
  ) throws -> Disclosed<Value> {
    let request = command.map { Disclosure.Request.revealing(by: $0) } ?? .respectingPredictions
    return try disclosing(gathered, of: sweep, in: store, request, make)
  }

  /// The same for what reveals a part of the questions.
  private func disclosing<Value>(
    _ gathered: Gathered,
    of sweep: SweepSummary,
    in store: Store,
    _ request: Disclosure.Request,
    _ make: (Evidence) throws -> Value
  ) throws -> Disclosed<Value> {
    let value = try make(gathered.evidence)
    let disclosure = try disclosure(
      of: sweep,
      in: store,
      request,
      hasResults: !gathered.evidence.records.isEmpty
    )
    return Disclosed(value, [disclosure], warnings: gathered.warnings)
  }

  // MARK: Watching

  /// Seconds between two looks, and how much longer than a report takes to make.
  private static let pauseSeconds = 1.0
  private static let pauseFactor = 9.0

  /// Makes a report whenever something is new, until the sweep has ended.
  ///
  /// - Parameters:
  ///   - request: Which sweep, and what of it.
  ///   - command: What is written down as having revealed open predictions.
  ///   - pause: Waits for so long, and says whether to look again.
  ///   - show: Gets each report; the last one when the sweep has ended.
  /// - Returns: Whether the sweep ended; false where waiting was given up.
  /// - Throws: As ``report(_:by:)``, and what `show` throws.
  package func watch(
    _ request: ReportRequest,
    by command: String,
    pause: (Duration) -> Bool,
    show: (Disclosed<any Report>, _ isLast: Bool) throws -> Void
  ) throws -> Bool {
    var watch = ReportWatch()
    return try reading { store in
      let name = try store.sweep(matching: request.sweep).name
      while true {
        let began = ContinuousClock().now
        let version = try store.version()
        let summary = try store.sweep(matching: name)
        let step = watch.step(.init(version: version, isRunning: summary.isRunning))
        switch step {
        case .wait: break
        case .write, .end:
          try show(try report(summary, request, by: command, in: store), step == .end)
        }
        if step == .end { return true }
        // What looks on must not take the processor from what is looked at.
        let seconds = began.duration(to: ContinuousClock().now).seconds
        guard pause(.seconds(max(Self.pauseSeconds, Self.pauseFactor * seconds))) else {
          return false
        }
      }
    }
  }
}
