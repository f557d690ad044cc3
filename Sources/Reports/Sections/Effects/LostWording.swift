import Statistics

/// What a sentence about a change says of runs that were lost.
struct LostWording {
  private let missing: MissingRuns
  private let result: ContrastResult
  /// The two arms of a change, `lr = hot`; empty for other contrasts.
  private let arms: [String]

  init(_ result: ContrastResult, _ factor: String, from: String, to: String) {
    self.result = result
    missing = result.missing
    arms = missing.lostRuns.count == 2 ? ["\(factor) = \(from)", "\(factor) = \(to)"] : []
  }

  /// `2 of 8 seeds, 6 lost at lr = hot`; nil where nothing was lost.
  var reason: String? {
    guard !missing.isNothing else { return nil }
    let seeds = "\(missing.completeSeedCount) of \(missing.seedCount) seeds"
    guard !arms.isEmpty else {
      return "\(seeds) whole, \(Numeral.counted(missing.lostCount, "run")) lost"
    }
    let isOfSeeds = result.plannedSettings == 1
    let lost = zip(missing.lostRuns, arms).filter { $0.0 > 0 }.map { count, arm in
      isOfSeeds ? "\(count) lost at \(arm)" : "\(Numeral.counted(count, "run")) lost at \(arm)"
    }
    return ([isOfSeeds ? seeds : "\(seeds) whole"] + lost).joined(separator: ", ")
  }

  /// After the evidence of a settled change.
  var aside: String { reason.map { "; rests on \($0)" } ?? "" }

  /// After the sentence of a change that is not settled.
  var sentence: String { reason.map { " It rests on \($0)." } ?? "" }

  /// Why there is no verdict, and what can be said without one.
  func withheld(_ text: EffectText, _ metric: Metric) -> Prose {
    let interval =
      "\(metric.name) \(text.estimate ?? "–")\(metric.unit) (95 % CI of what is left \(text.interval ?? "–"))"
    let why =
      switch missing.reason {
      case .armsDiffer:
        "what is left of sides that lost different runs differs even if the change did nothing"
      case .settingsDiffer, nil:
        "seeds that lost settings are averages of other things than the rest"
      }
    let bounds =
      missing.bounds.map {
        " Had the lost runs been as low or as high as \(metric.name) can be, it would be anything from \(text.change($0.lower)) to \(text.change($0.upper))\(metric.unit)."
      } ?? ""
    return
      "\(interval): \(strong: "no verdict"), for it rests on \(reason ?? "a part of the runs"), and \(why).\(bounds)"
  }
}
