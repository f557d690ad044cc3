import Notation
import Statistics

/// What a rule of looks, or seeds that came later, add to the sentence about a change.
extension EffectWording {
  /// The sentence of a contrast that stands among looks; nil where the usual one says it all.
  static func looked(
    _ change: Prose,
    verb: String,
    crossing: String,
    metric: Metric,
    result: ContrastResult
  ) -> Prose? {
    guard let look = result.look else { return nil }
    guard look.number > 0 else {
      return
        "\(change): not looked at before all runs with the first \(look.plannedSeeds) seeds have ended."
    }
    guard result.status == .ok else { return nil }
    let text = EffectText(result, of: metric)
    let stopped = standing(result, look, metric)
    switch result.outcome {
    case .up, .down:
      return
        "\(change) \(strong: verb) \(metric.name) by \(text.size ?? "–")\(crossing) (95 % \(promise(look)) \(text.interval ?? "–"); \(stopped)).\(more(look, metric))"
    case .some(.none):
      return
        "\(change) changed \(metric.name) by \(text.estimate ?? "–")\(metric.unit) (90 % \(promise(look)) inside ±\(text.delta); \(stopped)): \(strong: "smaller than what we said matters").\(more(look, metric))"
    case nil:
      let interval =
        text.interval.map { "95 % \(promise(look)) \($0)" }
        ?? "no interval holds \(promise(look)) with so few seeds"
      let lead = lean(result).map { "it \($0), but perhaps by less than \(text.delta)" }
      return
        "\(change): \(strong: lead == nil ? "we cannot tell" : "not settled"): \(metric.name) \(text.estimate ?? "–")\(metric.unit) (\(interval))\(lead.map { "; \($0)" } ?? ""); \(stopped).\(more(look, metric))"
    }
  }

  /// What the interval of a contrast promises: "over all looks".
  static func promise(_ look: LookStanding) -> String {
    look.countsLaterSeeds ? "under any looking" : look.looks > 1 ? "over all looks" : "CI"
  }

  /// Where a contrast stands: "settled at look 2 with 8 seeds; first 5 seeds alone 5.0".
  static func standing(_ result: ContrastResult, _ look: LookStanding, _ metric: Metric) -> String {
    guard look.number > 1 || look.countsLaterSeeds, let first = look.first,
      first.count < result.seedCount
    else { return state(result, look) }
    let value = EffectText(first.estimate, nil, of: metric).estimate ?? "–"
    let which = look.countsLaterSeeds ? "declared" : "first"
    return state(result, look)
      + "; the \(which) \(Numeral.counted(first.count, "seed")) alone \(value)"
  }

  private static func state(_ result: ContrastResult, _ look: LookStanding) -> String {
    let seeds = Numeral.counted(result.seedCount, "seed")
    if look.countsLaterSeeds {
      return result.outcome == nil ? "not settled by all \(seeds)" : "settled by all \(seeds)"
    }
    switch look.state {
    case .settled:
      return look.looks > 1
        ? "settled at look \(look.number) of \(look.looks) with \(seeds)"
        : "settled with \(seeds)"
    case .open:
      guard let chance = look.chance else { return "open after look \(look.number) with \(seeds)" }
      return
        "open after look \(look.number) with \(seeds): \(percent(chance)) chance to be settled by the last look"
    case .givenUp:
      return "given up after \(seeds): under 5 % chance to be settled by the last look"
    case .notSettled:
      return look.number == look.looks
        ? "not settled after all \(seeds)" : "not settled with the \(seeds) that all its cells have"
    }
  }

  /// The state in one or two words, as tables have it; nil where the outcome says it.
  static func state(_ result: ContrastResult) -> String? {
    guard let look = result.look, result.outcome == nil else { return nil }
    guard look.number > 0 else { return "not looked at" }
    guard result.status == .ok else { return nil }
    let lean =
      switch result.lean {
      case .up: ", leaning up"
      case .down: ", leaning down"
      case .some(.none), nil: ""
      }
    switch look.state {
    case .open: return "open" + lean
    case .givenUp: return "given up" + lean
    case .settled, .notSettled: return nil
    }
  }

  private static func percent(_ share: Double) -> String {
    share < 0.01 ? "under 1 %" : share > 0.99 ? "over 99 %" : "\(Int((share * 100).rounded())) %"
  }

  private static func lean(_ result: ContrastResult) -> String? {
    switch result.lean {
    case .up: "rises"
    case .down: "falls"
    case .some(.none), nil: nil
    }
  }

  /// The mean over more seeds than decided, which gets no label.
  private static func more(_ look: LookStanding, _ metric: Metric) -> String {
    look.allSeeds.map {
      " All \($0.count) seeds: \(EffectText($0.estimate, nil, of: metric).estimate ?? "–")\(metric.unit), without a verdict."
    } ?? ""
  }

  /// The look that decided, or the last one: `2 of 4`.
  static func lookText(_ result: ContrastResult) -> String {
    guard let look = result.look else { return "–" }
    if look.countsLaterSeeds { return "later" }
    return look.number == 0 ? "–" : "\(look.number) of \(look.looks)"
  }
}
