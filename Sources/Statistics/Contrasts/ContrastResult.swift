/// The answer of the runs to one contrast of one metric.
///
/// The seed is the unit: the contrast is averaged over the matched settings of each seed, and the
/// interval is Student's over these per-seed differences. The reference that the tests compare with
/// is itself checked against `scipy.stats.ttest_rel` and, in balanced grids, least squares with
/// errors clustered by seed (CR2).
package struct ContrastResult: Sendable, Equatable {
  package let status: ContrastStatus

  /// The seeds used, ascending, and those with too few of the settings.
  package let seeds: [Int]
  package let droppedSeeds: [Int]

  /// The mean of the contrast over the settings, one per used seed, in the metric's unit.
  package let perSeed: [Double]

  package let estimate: Double?

  /// The spread of the per-seed differences; nil below two seeds.
  package let spread: Double?

  /// nil unless the status is `ok`.
  package let test: ThreeSidedTest?

  /// nil where the runs do not settle it, and where runs that are missing keep it open.
  package let outcome: Direction?
  package let ruledOut: [Direction]
  package let signFlipP: Double?

  /// Whether flips of the differences' signs confirm the outcome; nil where there is none, and where so few seeds
  /// cannot.
  package let isConfirmedByFlips: Bool?

  /// Which runs are missing, and whether that keeps the verdict open.
  package let missing: MissingRuns

  /// How many seeds would settle it if estimate and spread stayed as they are.
  package let seedsToSettle: Int?

  /// The mean over the settings that all used seeds have; nil where there is none.
  package let completeCaseEstimate: Double?

  /// Matched settings used, and those of the full grid.
  package let settings: SignCounts
  package let plannedSettings: Int
  package let tuples: SignCounts
  package let seedSigns: SignCounts

  /// 1 − var(D) / Σ w² var(part), over seeds: what comparing within seeds saves; nil where nothing
  /// varies.
  package let pairingGain: Double?

  /// The mean of each part over the used seeds: for a change, before and after it.
  package let partMeans: [Double]

  /// The mean of each part over the settings, one per used seed: what the differences are between.
  package let partsPerSeed: [[Double]]

  /// Where it stands among the looks of a rule, or after seeds that came later; nil where all seeds were decided
  /// beforehand and are looked at once.
  package internal(set) var look: LookStanding?

  package var seedCount: Int { seeds.count }

  /// nil too where runs that are missing decide how it leans.
  package var lean: Direction? { missing.reason == nil ? test?.lean : nil }

  /// The probability that the second arm is above the first in a matched pair, ties counted half.
  package var probabilityOfSuperiority: Double? {
    tuples.total == 0 ? nil : (Double(tuples.up) + 0.5 * Double(tuples.tied)) / Double(tuples.total)
  }

  /// Judges the tuples of a contrast.
  ///
  /// - Parameters:
  ///   - tuples: The matched values of one metric.
  ///   - seeds: The seeds that the indexes of the tuples stand for.
  ///   - delta: The smallest change that matters, on the scale of the values.
  ///   - rule: How it is settled.
  init(_ tuples: ContrastValues, seeds: [Int], delta: Double, rule: SettlingRule) {
    let differences = tuples.perSeed
    let tolerance = 1e-12 * tuples.largestMagnitude
    let estimate =
      tuples.acrossSettings?.estimate ?? (differences.isEmpty ? nil : mean(differences))
    let spread = differences.count < 2 ? nil : standardDeviation(differences)
    let status = Self.status(estimate: estimate, spread: spread, tolerance: tolerance)
    let isOpen = tuples.missing.reason != nil
    self.status = status
    missing = tuples.missing
    self.seeds = tuples.usedSeeds.map { seeds[$0] }
    droppedSeeds = tuples.droppedSeeds.map { seeds[$0] }
    perSeed = differences
    self.estimate = estimate
    self.spread = spread
    completeCaseEstimate = tuples.completeCaseMean
    settings = SignCounts(tuples.perSetting, tolerance: tolerance)
    plannedSettings = tuples.plannedSettings
    self.tuples = SignCounts(tuples.values, tolerance: tolerance)
    seedSigns = SignCounts(differences, tolerance: tolerance)
    pairingGain = tuples.pairingGain
    partMeans = tuples.partMeans
    partsPerSeed = tuples.partsPerSeed
    if status == .ok, let estimate, let spread {
      // Of means per setting the spread of the seeds says less than their own error.
      let across = tuples.acrossSettings?.standardError
      let test = rule.test(
        estimate: estimate,
        spread: across.map { $0 * Double(differences.count).squareRoot() } ?? spread,
        count: differences.count,
        delta: delta
      )
      self.test = test
      outcome = isOpen ? nil : test?.outcome
      ruledOut = isOpen ? [] : test?.ruledOut ?? []
      signFlipP = signFlip(differences)
      isConfirmedByFlips =
        isOpen
        ? nil
        : test?.outcome.flatMap { outcome in
          rule.fixedAlpha.flatMap {
            confirmed(outcome, differences, delta: delta, alpha: $0)
          }
        }
      seedsToSettle =
        test?.outcome == nil && !isOpen
        ? rule.seedsToSettle(estimate: estimate, spread: spread, delta: delta) : nil
    } else {
      let isRelevantlyIdentical = status == .identical && delta > 0 && !isOpen
      test = nil
      isConfirmedByFlips = nil
      outcome = isRelevantlyIdentical ? Direction.none : nil
      ruledOut = isRelevantlyIdentical ? [.down, .up] : []
      signFlipP =
        status == .identical ? 1 : status == .zeroVariance ? signFlip(differences) : nil
      seedsToSettle = nil
    }
  }

  /// The result where nothing could be matched.
  static let noPairs: ContrastResult = {
    let nothing = MatchedRuns(weights: [], seedCount: 0)
    let survey = RunSurvey(nothing, column: [], fates: [], absence: .unfinished)
    return ContrastResult(
      ContrastValues(nothing, column: [], survey: survey, minimumCoverage: nil),
      seeds: [],
      delta: 0,
      rule: .once(alpha: 0.05)
    )
  }()

  private static func status(
    estimate: Double?,
    spread: Double?,
    tolerance: Double
  ) -> ContrastStatus {
    guard let estimate else { return .noPairs }
    guard let spread else { return .singleSeed }
    guard spread <= tolerance else { return .ok }
    return abs(estimate) <= tolerance ? .identical : .zeroVariance
  }
}

/// How many values lie above 0, below it, and within rounding of it.
package struct SignCounts: Sendable, Equatable {
  package private(set) var up = 0
  package private(set) var down = 0
  package private(set) var tied = 0

  package var total: Int { up + down + tied }

  init(_ values: [Double], tolerance: Double) {
    for value in values {
      if value > tolerance { up += 1 } else if value < -tolerance { down += 1 } else { tied += 1 }
    }
  }
}
