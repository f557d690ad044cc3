package import Notation
package import Statistics
package import Sweeps

/// Two sets of runs beside each other: what differs in their settings, and what that did.
///
/// Settings that vary on a side are matched where both sides have the same values; runs without a counterpart
/// are left out. Runs of one seed and one setting are pairs. Where fewer than two seeds are on both sides,
/// the seeds' means are compared as they are, by Welch's t.
package struct Comparison: Sendable {
  /// One set of runs.
  package struct Side: Sendable {
    /// What the user called it.
    package let name: String
    /// The sweep it is part of.
    package let evidence: Evidence
    /// Its runs that came to an end.
    package let records: [Record]
    /// What settings are where a run does not say; only the built-in trainer's are known.
    package let defaults: [String: JSON]

    package init(
      name: String,
      evidence: Evidence,
      records: [Record],
      defaults: [String: JSON] = [:]
    ) {
      self.name = name
      self.evidence = evidence
      self.records = records
      self.defaults = defaults
    }

    /// The value of a setting in a run; nil where the program knows it and we do not.
    package func value(of setting: String, in record: Record) -> JSON? {
      record.run.settings[setting] ?? defaults[setting]
    }
  }

  /// A setting and its different values on both sides, in the order of the runs.
  package struct Setting: Sendable {
    package let name: String
    package let first: [String]
    package let second: [String]
  }

  /// How one metric differs.
  package struct Difference: Sendable {
    /// How the interval was found.
    package enum Method: String, Sendable { case paired, welch }

    package let metric: Metric
    /// nil where there are too few seeds for either.
    package let method: Method?
    /// The change from the first side to the second where seeds pair.
    package let paired: ContrastResult
    package let unpaired: UnpairedDifference?
    /// One value per seed on each side, averaged over the matched settings.
    package let first: ContrastResult
    package let second: ContrastResult

    package var estimate: Double? {
      switch method {
      case .paired: paired.estimate
      case .welch: unpaired?.estimate
      case nil: first.estimate.flatMap { one in second.estimate.map { $0 - one } }
      }
    }

    /// The means that the estimate is the difference of.
    package var means: (first: Double?, second: Double?) {
      switch method {
      case .paired where paired.partMeans.count == 2: (paired.partMeans[0], paired.partMeans[1])
      case .paired, .welch, nil: (first.estimate, second.estimate)
      }
    }

    /// How many seeds each of the means is over.
    package var seeds: (first: Int, second: Int) {
      switch method {
      case .paired: (paired.seedCount, paired.seedCount)
      case .welch, nil: (first.seedCount, second.seedCount)
      }
    }

    package var test: ThreeSidedTest? {
      switch method {
      case .paired: paired.test
      case .welch: unpaired?.test
      case nil: nil
      }
    }

    package var outcome: Direction? {
      switch method {
      case .paired: paired.outcome
      case .welch: unpaired?.test?.outcome
      case nil: nil
      }
    }
  }

  package let first: Side
  package let second: Side
  /// Settings that are not the same on both sides.
  package let differing: [Setting]
  /// Settings that vary on a side and have values on both, by which runs are matched.
  package let matched: [Setting]
  /// Of those that vary, the ones without a common value; where there are any, nothing can be compared.
  package let unmatched: [Setting]
  /// The runs that have counterparts.
  package let firstRuns: [Record]
  package let secondRuns: [Record]
  package let differences: [Difference]
  package let curves: [CurveComparison]

  /// - Parameters:
  ///   - first: What is compared with.
  ///   - second: What is compared.
  ///   - hasCurves: Whether the learning curves are compared too, which have to be read.
  /// - Throws: What reading the curves throws.
  package init(_ first: Side, _ second: Side, hasCurves: Bool = true) throws {
    self.first = first
    self.second = second
    let settings = Self.settings(first, second)
    let varying = settings.filter { $0.first.count > 1 || $0.second.count > 1 }
    differing = settings.filter { Set($0.first) != Set($0.second) }
    matched = varying.filter { !Set($0.first).isDisjoint(with: $0.second) }
    unmatched = varying.filter { Set($0.first).isDisjoint(with: $0.second) }
    let shared = matched.map { setting in
      (name: setting.name, values: setting.first.filter(setting.second.contains))
    }
    func counterparts(_ side: Side) -> [Record] {
      side.records.filter { record in
        shared.allSatisfy { $0.values.contains(Self.text(side.value(of: $0.name, in: record))) }
      }
    }
    firstRuns = unmatched.isEmpty ? counterparts(first) : []
    secondRuns = unmatched.isEmpty ? counterparts(second) : []
    let pairs = SidePairs(first, firstRuns, second, secondRuns, shared: shared)
    differences = pairs.differences
    guard hasCurves else {
      curves = []
      return
    }
    // Curves are of the runs that the differences rest on: pairs, unless the seeds are different ones.
    func place(_ record: Record, _ side: Side) -> [String] {
      shared.map { Self.text(side.value(of: $0.name, in: record)) } + [String(record.run.seed)]
    }
    func places(_ side: Side, _ runs: [Record]) -> Set<[String]> {
      Set(runs.filter { $0.status == .ok }.map { place($0, side) })
    }
    let common = places(first, firstRuns).intersection(places(second, secondRuns))
    let isPaired = Set(common.map(\.last)).count > 1
    curves = try CurveComparison.all(
      first,
      firstRuns.filter { !isPaired || common.contains(place($0, first)) },
      second,
      secondRuns.filter { !isPaired || common.contains(place($0, second)) },
      metrics: pairs.metrics
    )
  }

  /// All settings of both sides, the first side's first.
  private static func settings(_ first: Side, _ second: Side) -> [Setting] {
    var names: [String] = []
    var known: Set<String> = []
    for record in first.records + second.records {
      for name in record.run.settings.keys where known.insert(name).inserted { names.append(name) }
    }
    return names.map { name in
      Setting(name: name, first: values(of: name, first), second: values(of: name, second))
    }
  }

  private static func values(of setting: String, _ side: Side) -> [String] {
    var known: Set<String> = []
    return side.records.map { text(side.value(of: setting, in: $0)) }
      .filter { known.insert($0).inserted }
  }

  /// A value as tables show it; equal values have equal texts, whatever their spelling.
  package static func text(_ value: JSON?) -> String {
    switch value {
    case .string(let text)?: text
    case .some(let value): value.canonical
    case nil: "not set"
    }
  }
}

/// The runs of both sides as one table, in which the side is a factor.
private struct SidePairs {
  /// No setting has this name.
  private static let side = "\u{0}side"

  let metrics: [Metric]
  let differences: [Comparison.Difference]

  init(
    _ first: Comparison.Side,
    _ firstRuns: [Record],
    _ second: Comparison.Side,
    _ secondRuns: [Record],
    shared: [(name: String, values: [String])]
  ) {
    let metrics = Self.metrics(first.evidence, second.evidence)
    func rows(_ side: Comparison.Side, _ runs: [Record], label: String) -> [RunTable.Row] {
      runs.map { record in
        RunTable.Row(
          status: record.status.rawValue,
          levels: [label]
            + shared.map { Comparison.text(side.value(of: $0.name, in: record)) },
          seed: record.run.seed,
          values: metrics.map { record.measurements.final[$0.name] }
        )
      }
    }
    let table = RunTable(
      factors: [Self.side] + shared.map(\.name),
      metrics: metrics.map(\.name),
      rows: rows(first, firstRuns, label: "A") + rows(second, secondRuns, label: "B")
    )
    let design = Design(
      factors: [Factor(name: Self.side, levels: ["A", "B"])]
        + shared.map { Factor(name: $0.name, levels: $0.values) },
      metrics: metrics
    )
    let runs = PairedRuns(table, design: design)
    let paired = runs.results(.change(of: Self.side, from: "A", to: "B"))
    let before = runs.results(.mean(at: "A", of: Self.side, at: [:]))
    let after = runs.results(.mean(at: "B", of: Self.side, at: [:]))
    self.metrics = metrics
    differences = metrics.indices.map { place in
      let unpaired = UnpairedDifference(
        from: before[place].perSeed,
        to: after[place].perSeed,
        delta: metrics[place].delta,
        alpha: design.alpha
      )
      return Comparison.Difference(
        metric: metrics[place],
        method: paired[place].seedCount > 1 ? .paired : unpaired == nil ? nil : .welch,
        paired: paired[place],
        unpaired: unpaired,
        first: before[place],
        second: after[place]
      )
    }
  }

  /// The metrics of both sides; where both declare one, the first side's declaration counts.
  private static func metrics(_ first: Evidence, _ second: Evidence) -> [Metric] {
    let own = first.metrics()
    let others = second.metrics().filter { other in !own.contains { $0.name == other.name } }
    let measured = [first, second].map { evidence in
      Set(evidence.records.flatMap(\.measurements.final.keys))
    }
    return (own + others).filter { definition in
      measured.allSatisfy { $0.contains(definition.name) }
    }
  }
}
