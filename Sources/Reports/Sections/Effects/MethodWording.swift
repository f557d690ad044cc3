import Statistics

extension Effects.Main {
  /// What was estimated, by whatever method.
  var estimate: Double? { method.unpaired?.estimate ?? result.estimate }

  var interval: Interval? {
    method.unpaired == nil ? result.test?.confidence95 : method.unpaired?.test?.confidence95
  }

  /// What came out; nil where it is open.
  var outcome: Direction? { result.outcome ?? method.unpairedOutcome }

  func text(_ metric: Metric) -> EffectText { EffectText(estimate, interval, of: metric) }

  /// The outcome in a few words, with the method where it is not that of pairs.
  var outcomeWords: String {
    switch method {
    case .paired: return EffectWording.outcome(result)
    case .leastSquares: return EffectWording.outcome(result) + " ‡"
    case .unpaired(_, let lost):
      return lost > 0
        ? "open, runs lost, unpaired" : (outcome?.rawValue ?? "not settled") + ", unpaired"
    }
  }

  /// What the change did, in a sentence or two.
  func sentence(_ metric: Metric) -> Prose {
    switch method {
    case .paired: return paired(metric)
    case .leastSquares(let aliases):
      return paired(metric)
        + " By least squares over a part of the grid\(Self.words(aliases))."
    case .unpaired(_, let lost): return unpaired(metric, lost: lost)
    }
  }

  private func paired(_ metric: Metric) -> Prose {
    EffectWording.sentence(
      change.factor,
      from: change.from,
      to: change.to,
      metric: metric,
      result: result
    )
  }

  private func unpaired(_ metric: Metric, lost: Int) -> Prose {
    let text = text(metric)
    let head: Prose = "\(strong: change.factor) \(change.from) → \(change.to)"
    let interval =
      "\(text.estimate ?? "–")\(metric.unit) (95 % CI \(text.interval ?? "–"), Welch's, unpaired)"
    let why = "no seed is on both sides, so that the luck of the seeds does not cancel"
    guard lost == 0 else {
      return
        "\(head): \(metric.name) \(interval): \(strong: "no verdict"), for \(Numeral.counted(lost, "run")) of the two sides were lost; \(why)."
    }
    switch outcome {
    case .up, .down:
      return
        "\(head) \(strong: outcome == .up ? "raised" : "lowered") \(metric.name): \(interval); \(why)."
    case .some(.none):
      return
        "\(head) changed \(metric.name) by \(interval): \(strong: "smaller than what we said matters"); \(why)."
    case nil: return "\(head): \(strong: "we cannot tell"): \(metric.name) \(interval); \(why)."
    }
  }

  /// More interactions than this are counted and not named.
  private static let aliasesNamed = 3

  private static func words(_ aliases: [LeastSquares.Alias]) -> String {
    guard !aliases.isEmpty else { return "" }
    let named = aliases.prefix(aliasesNamed).map { alias in
      "\(alias.first) × \(alias.second) (\(Int((alias.share * 100).rounded())) % of it)"
    }
    let more = aliases.count - named.count
    return "; shifted by what there is of " + named.joined(separator: ", ")
      + (more > 0 ? " and \(Numeral.counted(more, "weaker one"))" : "")
  }
}

extension Effects {
  /// What the marks of methods mean, after the note of the table.
  var methodNote: String {
    var note = ""
    if main.contains(where: { if case .leastSquares = $0.method { true } else { false } }) {
      note +=
        " ‡ By least squares over the cells of a part of the grid, seed by seed; where two axes depend on each other it is shifted."
    }
    if main.contains(where: { $0.method.unpaired != nil }) {
      note += " Unpaired: no seed is on both sides; Welch's interval of the two means."
    }
    return note
  }
}
