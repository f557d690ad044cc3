import Notation
package import Statistics

/// What is put to a gate: two sets of runs and the metric that decides.
package struct GateCandidate: Sendable, Equatable {
  /// One of the two sets of runs.
  package struct Side: Sendable, Equatable {
    /// What the user called it.
    package let name: String
    /// The digest of the ids of its runs with the first seed: all that decides their results.
    package let digest: String

    package init(name: String, digest: String) {
      self.name = name
      self.digest = digest
    }
  }

  package let baseline: Side
  package let candidate: Side
  package let metric: String
  package let isLowerBetter: Bool
  /// The smallest change that matters, as it was declared.
  package let declaredDelta: Double
  package let scale: Metric.Scale

  /// - Parameters:
  ///   - baseline: What is kept where the candidate is not.
  ///   - candidate: What may take its place.
  ///   - metric: One of which a direction is better.
  package init(baseline: Side, candidate: Side, metric: Metric) {
    self.baseline = baseline
    self.candidate = candidate
    self.metric = metric.name
    isLowerBetter = metric.better == .lower
    declaredDelta = metric.declaredDelta
    scale = metric.scale
  }
}

/// A candidate with what was fixed before the first look at it, and the looks that were taken.
package struct GateExperiment: Sendable, Equatable {
  /// A look that was taken.
  package struct Look: Sendable, Equatable {
    /// How many seeds had results on both sides.
    package let seeds: Int
    /// The change from the baseline to the candidate on the scale of the analysis; nil where nothing could be matched.
    package let estimate: Double?
    package let decision: GateDecision
    package let reason: GateReason

    package init(seeds: Int, estimate: Double?, decision: GateDecision, reason: GateReason) {
      self.seeds = seeds
      self.estimate = estimate
      self.decision = decision
      self.reason = reason
    }
  }

  package let candidate: GateCandidate
  package let schedule: LookSchedule
  /// The seeds of a look are this one and those that follow it.
  package let firstSeed: Int
  /// The one-sided level at which it is kept, over all looks together.
  package let level: Double
  package internal(set) var looks: [Look] = []

  /// What was decided; nil while more seeds may tell.
  package var decision: GateDecision? {
    looks.last.flatMap { $0.decision == .notYet ? nil : $0.decision }
  }

  /// The seeds of a look.
  ///
  /// - Parameter look: Its index, from 0.
  /// - Returns: As many as the look has.
  package func seeds(of look: Int) -> Range<Int> {
    firstSeed..<firstSeed + schedule.seeds[look]
  }

  init(candidate: GateCandidate, schedule: LookSchedule, firstSeed: Int, level: Double) {
    self.candidate = candidate
    self.schedule = schedule
    self.firstSeed = firstSeed
    self.level = level
  }
}

// MARK: JSON

extension GateCandidate.Side {
  fileprivate var json: JSONObject { ["digest": .string(digest), "name": .string(name)] }

  fileprivate init?(_ object: JSONObject) {
    guard let name = object["name"]?.string, let digest = object["digest"]?.string else {
      return nil
    }
    self.init(name: name, digest: digest)
  }
}

extension GateExperiment {
  var json: JSONObject {
    [
      "baseline": .object(candidate.baseline.json),
      "better": .string(
        (candidate.isLowerBetter ? Metric.Better.lower : Metric.Better.higher).rawValue
      ),
      "candidate": .object(candidate.candidate.json), "delta": JSON(candidate.declaredDelta),
      "first_seed": JSON(firstSeed), "level": .string("\(level)"),
      "looks": .array(schedule.seeds.map { JSON($0) }), "metric": .string(candidate.metric),
      "rule": .string(LookSchedule.rule), "scale": .string(candidate.scale.rawValue),
    ]
  }

  init?(_ object: JSONObject) {
    guard let baseline = object["baseline"]?.object.flatMap(GateCandidate.Side.init),
      let other = object["candidate"]?.object.flatMap(GateCandidate.Side.init),
      let metric = object["metric"]?.string,
      let better = object["better"]?.string.flatMap(Metric.Better.init),
      let delta = object["delta"]?.double, delta >= 0, delta.isFinite,
      let scale = object["scale"]?.string.flatMap(Metric.Scale.init),
      let firstSeed = object["first_seed"]?.integer,
      let level = object["level"]?.string.flatMap(Double.init), level > 0, level < 0.5,
      let looks = object["looks"]?.array?.compactMap(\.integer),
      let schedule = LookSchedule(checking: looks)
    else { return nil }
    self.init(
      candidate: GateCandidate(
        baseline: baseline,
        candidate: other,
        metric: Metric(name: metric, delta: delta, scale: scale, better: better)
      ),
      schedule: schedule,
      firstSeed: firstSeed,
      level: level
    )
  }
}

extension LookSchedule {
  /// At most as many seeds as the levels are computed for.
  package static let seedLimit = 100
  package static let lookLimit = 8

  /// Looks that a user names; nil where they do not rise from 2, or are more than is computed.
  package init?(checking seeds: [Int]) {
    guard let first = seeds.first, let last = seeds.last, first > 1, last <= Self.seedLimit,
      seeds.count <= Self.lookLimit, zip(seeds, seeds.dropFirst()).allSatisfy({ $0 < $1 })
    else { return nil }
    self.init(seeds)
  }
}

extension GateExperiment.Look {
  var json: JSONObject {
    var object: JSONObject = [
      "decision": .string(decision.rawValue), "reason": .string(reason.rawValue),
      "seeds": JSON(seeds),
    ]
    object["estimate"] = estimate.map { JSON($0) }
    return object
  }

  init?(_ object: JSONObject) {
    guard let decision = object["decision"]?.string.flatMap(GateDecision.init),
      let reason = object["reason"]?.string.flatMap(GateReason.init),
      let seeds = object["seeds"]?.integer
    else { return nil }
    self.init(
      seeds: seeds,
      estimate: object["estimate"]?.double,
      decision: decision,
      reason: reason
    )
  }
}
