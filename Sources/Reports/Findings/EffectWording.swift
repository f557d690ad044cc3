import Notation
package import Statistics

/// The sentences in which a report says what a change did; one template per outcome.
///
/// Nothing is called absent because it could not be shown: the words for "smaller than what matters" and for
/// "we cannot tell" are never the same.
package enum EffectWording {
  /// Says what a change did to a metric.
  ///
  /// - Parameters:
  ///   - factor: The name of the factor.
  ///   - from: The level before.
  ///   - to: The level after.
  ///   - held: What is held fixed, as it follows the levels: ", with dropout 0"; empty for an average.
  ///   - metric: The metric with its threshold.
  ///   - result: What the runs say.
  /// - Returns: One sentence, or two where seeds are short.
  package static func sentence(
    _ factor: String,
    from: String,
    to: String,
    held: String = "",
    metric: Metric,
    result: ContrastResult
  ) -> Prose {
    let text = EffectText(result, of: metric)
    let change: Prose = "\(strong: factor) \(from) → \(to)\(held)"
    let told = looked(
      change,
      verb: verb(result, metric),
      crossing: crossing(result, metric),
      metric: metric,
      result: result
    )
    if let told { return told }
    switch result.status {
    case .noPairs:
      let lost = LostWording(result, factor, from: from, to: to).reason.map { ": \($0)" } ?? ""
      return
        "\(change): no seed has finished runs of both, so \(metric.name) cannot be compared\(lost)."
    case .singleSeed:
      return
        "\(change): one seed, \(metric.name) \(text.estimate ?? "–")\(metric.unit); no interval is possible."
    case .identical:
      if let end = end(result, metric) {
        return
          "\(change): \(metric.name) is \(end) in every run, and a change would not show there."
      }
      return
        "\(change): \(metric.name) is identical in every pair. Did the factor reach the code?"
    case .zeroVariance:
      return
        "\(change): \(metric.name) differs by exactly \(text.estimate ?? "–")\(metric.unit) in every seed. Are the seeds really different?"
    case .ok: break
    }
    let lost = LostWording(result, factor, from: from, to: to)
    if result.missing.reason != nil { return "\(change): \(lost.withheld(text, metric))" }
    switch result.outcome {
    case .up, .down:
      return
        "\(change) \(strong: verb(result, metric)) \(metric.name) by \(text.size ?? "–")\(crossing(result, metric)) (\(evidence(result, text))\(lost.aside)).\(doubt(result))"
    case .some(.none):
      return
        "\(change) changed \(metric.name) by \(text.estimate ?? "–")\(metric.unit) (90 % CI inside ±\(text.delta)): \(strong: "smaller than what we said matters")\(lost.aside).\(negligible(result))\(doubt(result))"
    case nil: return "\(change): \(unsettled(result, text, metric))\(lost.sentence)"
    }
  }

  /// The outcome in one or two words, as tables have it.
  package static func outcome(_ result: ContrastResult) -> String {
    switch result.outcome {
    case .up: return "up"
    case .down: return "down"
    case .some(.none): return "none"
    case nil:
      if let state = state(result) { return state }
      switch result.status {
      case .ok where result.missing.reason != nil: return "open, runs lost"
      case .ok:
        switch result.lean {
        case .up: return "not settled, leaning up"
        case .down: return "not settled, leaning down"
        case .some(.none), nil: return "not settled"
        }
      case .noPairs: return "no pairs"
      case .singleSeed: return "one seed"
      case .identical: return "identical"
      case .zeroVariance: return "zero variance"
      }
    }
  }

  /// The outcome by symbol and word: "↓ down", "≈ none", "? not settled".
  package static func verdict(_ result: ContrastResult) -> String {
    result.outcome?.sign ?? "? " + outcome(result)
  }

  /// How means move along the levels of an ordered factor, in words.
  package static func shape(_ shape: LevelMeans.Shape) -> String {
    switch shape {
    case .flat: "flat"
    case .rising: "rising"
    case .falling: "falling"
    case .peakInside: "peak inside"
    case .dipInside: "dip inside"
    case .mixed: "up and down"
    }
  }

  private static func verb(_ result: ContrastResult, _ metric: Metric) -> String {
    switch metric.scale {
    case .linear: result.outcome == .up ? "raised" : "lowered"
    case .log: "multiplied"
    }
  }

  /// The interval and in how many seeds, settings and pairs the direction is the same.
  private static func evidence(_ result: ContrastResult, _ text: EffectText) -> String {
    let rises = (result.estimate ?? 0) > 0
    func agreeing(_ counts: SignCounts) -> Int { rises ? counts.up : counts.down }
    let seeds = "\(agreeing(result.seedSigns)) of \(result.seedCount) seeds"
    let settings =
      result.settings.total > 1
      ? ", \(agreeing(result.settings)) of \(result.settings.total) settings" : ""
    let pairs =
      result.tuples.total > result.seedCount
      ? ", \(rises ? "higher" : "lower") in \(agreeing(result.tuples)) of \(result.tuples.total.grouped) matched pairs"
      : ""
    return "95 % CI \(text.interval ?? "–"); \(seeds)\(settings)\(pairs)"
  }

  /// The end of the metric's range at which every run of a change is: "at its highest, 1".
  private static func end(_ result: ContrastResult, _ metric: Metric) -> String? {
    guard let limits = metric.measurand?.limits, let mean = result.partMeans.first,
      result.partMeans.allSatisfy({ $0 == mean })
    else { return nil }
    if mean == limits.upperBound { return "at its highest, \(Numeral.plain(mean))," }
    return mean == limits.lowerBound ? "at its lowest, \(Numeral.plain(mean))," : nil
  }

  /// What a metric whose best value is 0 did beyond it: ", past zero: now under-confident".
  private static func crossing(_ result: ContrastResult, _ metric: Metric) -> String {
    guard metric.better == .zero, result.partMeans.count == 2,
      result.partMeans[0] * result.partMeans[1] < 0
    else { return "" }
    let isBelow = result.partMeans[1] < 0
    switch metric.measurand {
    case .overconfidence:
      return isBelow ? ", past zero: now under-confident" : ", past zero: now over-confident"
    default: return isBelow ? ", past zero: now negative" : ", past zero: now positive"
    }
  }

  /// Where a test that takes no differences to be normal does not say the same.
  private static func doubt(_ result: ContrastResult) -> String {
    guard result.isConfirmedByFlips == false else { return "" }
    return
      " The sign-flip test, which needs no bell curve, does not confirm it: the seeds are too few or too uneven, so look at their differences before you build on it."
  }

  private static func negligible(_ result: ContrastResult) -> String {
    switch result.lean {
    case .up: " A real but negligible increase."
    case .down: " A real but negligible decrease."
    case .some(.none), nil: ""
    }
  }

  private static func unsettled(
    _ result: ContrastResult,
    _ text: EffectText,
    _ metric: Metric
  ) -> Prose {
    let seeds =
      result.seedsToSettle.map {
        " About \($0) seeds, decided beforehand, would tell, if estimate and spread stayed as they are."
      } ?? ""
    let interval = "\(text.estimate ?? "–")\(metric.unit) (95 % CI \(text.interval ?? "–"))"
    switch result.lean {
    case .up:
      return "\(metric.name) \(interval): it rises, but perhaps by less than \(text.delta).\(seeds)"
    case .down:
      return "\(metric.name) \(interval): it falls, but perhaps by less than \(text.delta).\(seeds)"
    case .some(.none), nil:
      return "\(strong: "we cannot tell"): \(metric.name) \(interval).\(seeds)"
    }
  }
}
