import Foundation

/// What an analysis is about, fixed before the results are known: factors, metrics, thresholds,
/// questions.
package struct Design: Sendable, Equatable {
  /// Two-sided level of the outcome rule; the interval covers 1 − alpha.
  package let alpha: Double

  /// The share of the best-covered seed's settings that a seed must have to be used.
  package let minimumCoverage: Double

  package let factors: [Factor]
  package let metrics: [Metric]
  package let questions: [Question]

  package init(
    alpha: Double = 0.05,
    minimumCoverage: Double = 0.5,
    factors: [Factor],
    metrics: [Metric],
    questions: [Question] = []
  ) {
    precondition(0 < alpha && alpha < 1, "alpha is a probability, not \(alpha)")
    self.alpha = alpha
    self.minimumCoverage = minimumCoverage
    self.factors = factors
    self.metrics = metrics
    self.questions = questions
  }

  /// How many combinations of levels the factors have; the largest integer where there are more.
  func cellCount(of factors: [Factor]) -> Int {
    factors.reduce(1) { count, factor in
      let (product, overflow) = count.multipliedReportingOverflow(by: factor.levels.count)
      return overflow ? .max : product
    }
  }

  /// Asks about every change from a baseline where nothing else is changed, on the first metric.
  package var baselineQuestions: [Question] {
    guard let metric = metrics.first else { return [] }
    return factors.flatMap { factor in
      let others = factors.filter { $0.name != factor.name && !$0.levels.isEmpty }
      let cell = Dictionary(others.map { ($0.name, $0.levels[0]) }) { first, _ in first }
      return factor.levels.dropFirst().map { level in
        Question(
          factor: factor.name,
          kind: .level,
          from: factor.levels[0],
          to: level,
          metric: metric.name,
          at: cell
        )
      }
    }
  }
}

/// Something that the runs vary, with its levels in order; the first level is the baseline.
package struct Factor: Sendable, Equatable {
  package let name: String
  package let levels: [String]

  /// Whether the levels have an order, so that a trend over them means something.
  package let isOrdered: Bool

  /// The place of each level on the axis of the trend; 0, 1, 2, … where none is declared.
  package let scores: [Double]

  package init(name: String, levels: [String], isOrdered: Bool = false, scores: [Double]? = nil) {
    let places = scores ?? levels.indices.map(Double.init)
    precondition(
      places.count == levels.count,
      "\(places.count) scores for \(levels.count) levels of \(name)"
    )
    self.name = name
    self.levels = levels
    self.isOrdered = isOrdered
    self.scores = places
  }
}

/// A measured number and the smallest change of it that matters.
package struct Metric: Sendable, Equatable {
  /// Which way of moving counts as better; `zero` is a metric whose best value is 0 from either
  /// side.
  package enum Better: String, Sendable, CaseIterable { case lower, higher, zero, none }

  /// The scale of the analysis; on `log` the values are ln(metric) and values ≤ 0 are missing.
  package enum Scale: String, Sendable, CaseIterable { case linear, log }

  package let name: String

  /// The declared threshold: in the metric's unit, or relative on the log scale (0.25 is a factor
  /// of 1.25).
  package let declaredDelta: Double

  package let scale: Scale
  package let better: Better

  /// Whether tables show hundredths, as percentage points.
  package let showsPoints: Bool

  package init(
    name: String,
    delta: Double,
    scale: Scale = .linear,
    better: Better = .none,
    showsPoints: Bool = false
  ) {
    precondition(delta >= 0 && delta.isFinite, "a threshold is not negative: \(delta)")
    self.name = name
    self.declaredDelta = delta
    self.scale = scale
    self.better = better
    self.showsPoints = showsPoints
  }

  /// The threshold on the scale of the analysis, where estimates and intervals are.
  package var delta: Double {
    switch scale {
    case .linear: declaredDelta
    case .log: log1p(declaredDelta)
    }
  }

  /// A measured value on the scale of the analysis; nil where it is missing, not finite or has no
  /// logarithm.
  package func analyzed(_ value: Double?) -> Double? {
    guard let value, value.isFinite else { return nil }
    switch scale {
    case .linear: return value
    case .log: return value > 0 ? log(value) : nil
    }
  }
}

/// What is asked of the runs, and what a prediction answers: one contrast of one metric.
package struct Question: Sendable, Hashable {
  /// A change between two levels, or the trend over all levels of an ordered factor.
  package enum Kind: String, Sendable, CaseIterable { case level, trend }

  package let factor: String
  package let kind: Kind

  /// The levels compared; both empty for a trend.
  package let from: String
  package let to: String

  package let metric: String

  /// The levels at which other factors are held; those not named are averaged over.
  package let at: [String: String]

  package init(
    factor: String,
    kind: Kind = .level,
    from: String,
    to: String,
    metric: String,
    at: [String: String] = [:]
  ) {
    self.factor = factor
    self.kind = kind
    self.from = from
    self.to = to
    self.metric = metric
    self.at = at
  }
}

/// Writes the key that predictions and answers share, with what is held fixed last, if anything is.
extension Question: Encodable {
  package func encode(to encoder: any Encoder) throws {
    var list = encoder.unkeyedContainer()
    for part in [factor, kind.rawValue, from, to, metric] { try list.encode(part) }
    if !at.isEmpty { try list.encode(at) }
  }
}
