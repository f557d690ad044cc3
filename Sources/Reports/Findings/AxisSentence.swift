import Statistics

/// What one axis did to one metric: where it is best, and what the way there from the baseline did.
struct AxisSentence {
  let factor: Factor
  let effects: Effects
  let means: LevelMeans

  /// One for each factor that has a second level.
  static func all(of factors: [Factor], _ effects: Effects) -> [Prose] {
    zip(factors, effects.levelMeans).compactMap {
      AxisSentence(factor: $0, effects: effects, means: $1).prose
    }
  }

  /// - Returns: nil where nothing was compared.
  var prose: Prose? {
    guard factor.levels.count > 2, let best, let last, best.level != last.level else {
      return change(to: nil)
    }
    let metric = effects.metric
    let head: Prose =
      "\(metric.name) is \(best.word) at \(strong: "\(factor.name) \(best.level)"), \(shown(best.mean))"
    guard best.level != factor.levels[0] else {
      return head + ", the baseline." + (change(to: last.level).map { " \($0)" } ?? "")
    }
    return head + "." + (change(to: best.level).map { " \($0)" } ?? "")
      + " It is \(last.word) at \(last.level), \(shown(last.mean))."
  }

  private typealias Place = (level: String, mean: Double, word: String)

  /// The level that the metric would have, or the one with the lowest mean.
  private var best: Place? {
    switch effects.metric.better {
    case .lower, .none: lowest
    case .higher: highest
    case .zero:
      known.min { abs($0.mean) < abs($1.mean) }.map { ($0.level, $0.mean, "nearest to 0") }
    }
  }

  /// The level at the other end.
  private var last: Place? {
    switch effects.metric.better {
    case .lower, .none: highest
    case .higher: lowest
    case .zero:
      known.max { abs($0.mean) < abs($1.mean) }.map { ($0.level, $0.mean, "farthest from 0") }
    }
  }

  private var lowest: Place? {
    known.min { $0.mean < $1.mean }.map { ($0.level, $0.mean, "lowest") }
  }

  private var highest: Place? {
    known.max { $0.mean < $1.mean }.map { ($0.level, $0.mean, "highest") }
  }

  private var known: [(level: String, mean: Double)] {
    zip(factor.levels, means.means).compactMap { level, mean in
      mean.flatMap { $0.isFinite ? (level, $0) : nil }
    }
  }

  private func shown(_ mean: Double) -> String {
    Numeral.significant(effects.metric.drawn(mean)) + effects.metric.unit
  }

  /// What a step from the baseline did; the first one where none is named.
  private func change(to level: String?) -> Prose? {
    let steps = effects.main.filter { $0.change.factor == factor.name }
    guard let step = level.map({ level in steps.first { $0.change.to == level } }) ?? steps.first
    else { return nil }
    let sentence = step.sentence(effects.metric)
    let moved = step.outcome == .up || step.outcome == .down
    return moved && (step.pHolm ?? 1) >= 0.05
      ? sentence + " Perhaps by luck (†): it is one of several changes." : sentence
  }
}
