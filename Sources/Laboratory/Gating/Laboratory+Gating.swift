import Foundation
import Notation
import Reports
package import Statistics
import Storage
package import Sweeps

/// What is put to a gate.
package struct GateRequest: Sendable {
  /// Each a sweep, or axes with levels, as a comparison takes them.
  package let baseline: String
  package let candidate: String
  /// The sweep whose cells are compared; nil for the newest.
  package let sweep: String?
  /// nil for the first of which a direction is better.
  package let metric: String?
  /// Seeds at each look; nil for the usual ones, or those that were fixed when the candidate was opened.
  package let looks: [Int]?
  /// The series that it is a part of; nil where it is judged by itself.
  package let ledger: String?
  /// The share of the kept that may be luck, for a series that begins; nil for 5 %, or that of the series.
  package let share: Double?

  package init(
    baseline: String,
    candidate: String,
    sweep: String? = nil,
    metric: String? = nil,
    looks: [Int]? = nil,
    ledger: String? = nil,
    share: Double? = nil
  ) {
    self.baseline = baseline
    self.candidate = candidate
    self.sweep = sweep
    self.metric = metric
    self.looks = looks
    self.ledger = ledger
    self.share = share
  }
}

/// What a gate says.
package struct GateAnswer: Sendable {
  package let experiment: GateExperiment
  package let metric: Metric
  package let decision: GateDecision
  /// Of the last look that was taken; nil before the first.
  package let reason: GateReason?
  /// The change of that look, with the interval that goes with keeping; nil where it is not known any more.
  package let change: (estimate: Double, interval: Interval?)?
  /// The seeds that the next look still needs of each side; empty once it is decided.
  package let missing: (baseline: [Int], candidate: [Int])
  /// Whether the first look had its runs before the looks were fixed.
  package let hadResults: Bool
  /// The series, where it is part of one: how many were kept, judged and opened, and the share that may be luck.
  package let series: (name: String, kept: Int, judged: Int, opened: Int, share: Double)?
}

extension Laboratory {
  /// Seeds at each look where none are named.
  package static let usualLooks = [5, 8, 12, 20]
  /// The share of the kept that may be luck where none is named.
  package static let usualShare = 0.05

  /// Decides whether a candidate is kept, at looks that are fixed when it is first asked for.
  ///
  /// - Parameter request: What is asked.
  /// - Returns: The decision, and what showing it gives away.
  /// - Throws: ``LaboratoryError``, `StoreError`, `SpecFaults`, `GateLedgerError` or `ChainedFileError`.
  package func gate(_ request: GateRequest) throws -> Disclosed<GateAnswer> {
    try reading { store in
      let sides = try [request.baseline, request.candidate].map {
        try side($0, cellsOf: request.sweep, in: store)
      }
      try refuseOverlap(sides[0], sides[1])
      let metric = try gateMetric(request.metric, of: sides[0].side.evidence)
      let gate = Gate(baseline: sides[0].side, candidate: sides[1].side, metric: metric)
      let file = GateFile(results: results, ledger: request.ledger)
      let share = request.ledger.map { _ in request.share ?? Self.usualShare }
      let now = Date()
      let answer = try naming(file) {
        try file.update(share: share, at: now) { ledger in
          try gate.answer(request, in: &ledger, file: file.path, at: now)
        }
      }
      var disclosures: [Disclosure] = []
      for side in sides where !disclosures.contains(where: { $0.sweep == side.sweep.name }) {
        disclosures.append(
          try disclosure(
            of: side.sweep,
            in: store,
            .revealing(by: "gate"),
            hasResults: !answer.experiment.looks.isEmpty
          )
        )
      }
      return Disclosed(answer, disclosures)
    }
  }

  /// The metric that decides.
  private func gateMetric(_ name: String?, of evidence: Evidence) throws -> Metric {
    let metrics = evidence.metrics()
    let directed = metrics.filter { $0.better == .lower || $0.better == .higher }
    guard let name else {
      guard let first = directed.first else { throw LaboratoryError.noDirection(nil) }
      return first
    }
    guard let metric = metrics.first(where: { $0.name == name }) else {
      throw LaboratoryError.unknownMetric(name, known: metrics.map(\.name))
    }
    guard directed.contains(metric) else { throw LaboratoryError.noDirection(name) }
    return metric
  }

  private func naming<Value>(_ file: GateFile, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as GateLedgerError {
      throw LaboratoryError.brokenLedger(path: file.path, error)
    }
  }
}

/// Two sets of runs before a gate.
private struct Gate {
  let baseline: Comparison.Side
  let candidate: Comparison.Side
  let metric: Metric

  func answer(
    _ request: GateRequest,
    in ledger: inout GateLedger,
    file: String,
    at now: Date
  ) throws -> GateAnswer {
    if let share = request.share, let fixed = ledger.share, share != fixed {
      throw LaboratoryError.otherShare(fixed, of: file)
    }
    let firstSeed = baseline.records.map(\.run.seed).min() ?? 0
    let opened = GateCandidate(
      baseline: identity(baseline, firstSeed),
      candidate: identity(candidate, firstSeed),
      metric: metric
    )
    guard let looks = LookSchedule(checking: request.looks ?? Laboratory.usualLooks) else {
      throw LaboratoryError.badLooks(request.looks ?? [])
    }
    let known = ledger.index(of: opened)
    if let known, request.looks != nil, ledger.experiments[known].schedule != looks {
      throw LaboratoryError.otherLooks(ledger.experiments[known].schedule.seeds)
    }
    guard known != nil || candidate.records.contains(where: { $0.run.seed == firstSeed }) else {
      // What the candidate is, is known by its runs: nothing is opened, and no level spent, before there is one.
      var untouched = ledger
      let index = untouched.open(opened, looks: looks, firstSeed: firstSeed, at: now)
      return answer(untouched.experiments[index], nil, ledger, request, hadResults: false)
    }
    let index = known ?? ledger.open(opened, looks: looks, firstSeed: firstSeed, at: now)
    let hadResults =
      known == nil && missing(ledger.experiments[index].seeds(of: 0)) == ([], [])
    let change = try walk(index, in: &ledger, at: now)
    return answer(ledger.experiments[index], change, ledger, request, hadResults: hadResults)
  }

  private func answer(
    _ experiment: GateExperiment,
    _ change: (estimate: Double, interval: Interval?)?,
    _ ledger: GateLedger,
    _ request: GateRequest,
    hadResults: Bool
  ) -> GateAnswer {
    let counts = ledger.counts
    let next = experiment.looks.count
    return GateAnswer(
      experiment: experiment,
      metric: metric,
      decision: experiment.decision ?? .notYet,
      reason: experiment.looks.last?.reason,
      change: change,
      missing: experiment.decision == nil ? missing(experiment.seeds(of: next)) : ([], []),
      hadResults: hadResults,
      series: request.ledger.map { name in
        (name, counts.kept, counts.judged, counts.opened, ledger.share ?? 0)
      }
    )
  }

  /// Takes all looks whose runs are there.
  ///
  /// - Returns: What the last look says, whenever it was taken.
  private func walk(
    _ index: Int,
    in ledger: inout GateLedger,
    at now: Date
  ) throws -> (estimate: Double, interval: Interval?)? {
    let experiment = ledger.experiments[index]
    let test = GateTest(experiment.schedule, level: experiment.level, delta: metric.delta)
    var last = experiment.looks.last?.estimate.map { ($0, Interval?.none) }
    var look = experiment.looks.count
    var isDecided = experiment.decision != nil
    while !isDecided, missing(experiment.seeds(of: look)) == ([], []) {
      let seeds = experiment.seeds(of: look)
      let sides = [baseline, candidate].map { side in side.at(seeds) }
      let comparison = try Comparison(sides[0], sides[1], hasCurves: false)
      guard comparison.unmatched.isEmpty else {
        throw LaboratoryError.nothingMatched(comparison.unmatched.map(\.name))
      }
      guard
        let result = comparison.differences.first(where: { $0.metric.name == metric.name })?.paired
      else { throw LaboratoryError.unmeasured(metric.name) }
      let (decision, reason) = test.decision(
        result,
        look: look,
        isLowerBetter: experiment.candidate.isLowerBetter,
        lostSeeds: lostSeeds(comparison)
      )
      ledger.take(
        GateExperiment.Look(
          seeds: result.seedCount,
          estimate: result.estimate,
          decision: decision,
          reason: reason
        ),
        of: index,
        at: now
      )
      last = result.estimate.map { ($0, test.interval(of: result, look: look)) }
      isDecided = decision != .notYet
      look += 1
    }
    return last
  }

  /// The seeds for which a side lacks a run that has ended.
  private func missing(_ seeds: Range<Int>) -> (baseline: [Int], candidate: [Int]) {
    (baseline.seedsWithoutEnd(seeds), candidate.seedsWithoutEnd(seeds))
  }

  /// How many seeds have a result of the metric on one side and none on the other, in some setting.
  private func lostSeeds(_ comparison: Comparison) -> Int {
    let names = comparison.matched.map(\.name)
    func places(_ side: Comparison.Side, _ runs: [Record]) -> Set<[String]> {
      Set(
        runs.filter { record in
          record.status == .ok && metric.analyzed(record.measurements.final[metric.name]) != nil
        }.map { record in
          [String(record.run.seed)] + names.map { Comparison.text(side.value(of: $0, in: record)) }
        }
      )
    }
    let one = places(comparison.first, comparison.firstRuns)
    let other = places(comparison.second, comparison.secondRuns)
    return Set(one.symmetricDifference(other).map { $0[0] }).count
  }

  private func identity(_ side: Comparison.Side, _ seed: Int) -> GateCandidate.Side {
    let ids = side.records.filter { $0.run.seed == seed }.map(\.run.id).sorted()
    return GateCandidate.Side(
      name: side.name,
      digest: String(Digest.hexadecimal(of: ids.joined(separator: "\n")).prefix(16))
    )
  }
}

extension Comparison.Side {
  /// The side with the runs of some seeds alone.
  fileprivate func at(_ seeds: Range<Int>) -> Comparison.Side {
    Comparison.Side(
      name: name,
      evidence: evidence,
      records: records.filter { seeds.contains($0.run.seed) },
      defaults: defaults
    )
  }

  /// The seeds for which some of its settings has no run that ended.
  fileprivate func seedsWithoutEnd(_ seeds: Range<Int>) -> [Int] {
    let settings = Set(records.map { JSON.object($0.run.settings).canonical })
    let ended = Dictionary(grouping: records, by: \.run.seed).mapValues(\.count)
    return seeds.filter { ended[$0, default: 0] < settings.count }
  }
}
