import Notation
import Statistics
import Sweeps

/// What made the numbers, so that someone else can make them again.
struct MethodsSection: ReportSection {
  private let spec: Spec
  private let records: [Record]
  private let provenance: [Provenance]
  private let sessions: [Session]
  private let curveSampleSize: Int?

  init(_ findings: Findings) {
    spec = findings.evidence.spec
    records = findings.evidence.records
    provenance = findings.evidence.provenance
    sessions = findings.evidence.sessions
    curveSampleSize = findings.evidence.curveSampleSize
  }

  var sections: [Section] {
    var blocks: [Block] = [.list(measurementRules)]
    if let last = provenance.last { blocks.append(.list(origin(last))) }
    if let work = WorkFigure(spec: spec, records: records).figure {
      blocks.append(.figure(work))
    }
    return [Section("How it was made", blocks)]
  }

  private var measurementRules: [Prose] {
    var rules: [Prose] = [
      "All cells share the same seeds, so that runs of two cells with one seed form a pair."
    ]
    rules.append(spec.claim)
    guard spec.program == nil else { return rules }
    rules.append(
      """
      Losses, accuracies, gap and confidence are measured after the last epoch in evaluation mode: \
      without augmentation, dropout, mixup or smoothing, on all images of the set. \
      \(code: name(.gap)) is \(code: name(.validLoss)) − \(code: name(.trainLoss)) of the same run, \
      \(code: name(.overconfidence)) the mean top probability minus the accuracy.
      """
    )
    if let curveSampleSize {
      rules.append(
        """
        Curves are measured on a fixed, stratified sample of \(curveSampleSize.grouped) images of \
        each set (all of them where there are fewer), their last point on the whole set.
        """
      )
    }
    rules.append(
      """
      The last epoch counts, never the best one: choosing the best epoch on the validation set would \
      make every number look better than it is.
      """
    )
    return rules
  }

  private func name(_ measurand: Measurand) -> String { spec.vocabulary.name(of: measurand) ?? "" }

  private func origin(_ last: Provenance) -> [Prose] {
    let spent = records.reduce(0.0) { $0 + $1.duration / .seconds(1) }
    var lines: [Prose] = [
      "\(last.version); spec \(code: String(spec.digest.prefix(16)))",
      "\(last.host.processor), \(Numeral.counted(last.host.cores, "core")), \(last.host.system)",
      "\(Numeral.time(spent)) of work in \(Numeral.counted(records.count, "run")), \(last.jobs.grouped) at a time",
    ]
    if let git = last.git {
      lines.append(
        "commit \(code: String(git.commit.prefix(12)))\(git.isDirty ? " with changes that were not committed" : "")"
      )
    }
    return lines + sessions.compactMap(timeTaken)
  }

  /// What a start took beside what was expected of it; nil for one that did not come to its end, and for one
  /// that was over before anyone could have waited for it.
  private func timeTaken(_ session: Session) -> Prose? {
    guard let seconds = session.seconds, seconds >= 1 else { return nil }
    let taken = "\(Numeral.counted(session.concluded, "run")) took \(Numeral.time(seconds))"
    guard let estimate = session.estimate, estimate.seconds > 0 else {
      return "\(taken); nothing was known beforehand to estimate it from"
    }
    guard session.concluded >= estimate.runs else {
      return
        "\(taken) until they were stopped; for \(Numeral.counted(estimate.runs, "run")) \(estimate.text) was expected"
    }
    let interval = estimate.interval
    let verdict =
      interval.contains(seconds)
      ? "as expected"
      : "\(Numeral.significant(seconds / estimate.seconds)) times the estimate, outside its error bar"
    return "\(taken), \(verdict): \(estimate.text) was expected"
  }
}

extension Spec {
  /// What may be concluded, and what may not.
  var claim: Prose {
    let subset =
      program != nil || settings["train_size"] == nil
      ? ""
      : settings["split_seed"]?.integer == nil
        ? " and a new training subset of the same pool" : ", on this one training subset"
    return """
      An effect is averaged over exactly these settings of the other axes, on this data, model and \
      budget, for a new seed\(subset). It says nothing about other data, models or budgets.
      """
  }
}
