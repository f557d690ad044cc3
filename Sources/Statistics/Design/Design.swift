/// What an analysis is about, fixed before the results are known: factors, metrics, thresholds,
/// questions.
package struct Design: Sendable, Equatable {
  /// Two-sided level of the outcome rule; the interval covers 1 − alpha.
  package let alpha: Double

  /// The share of the best-covered seed's settings that a seed must have to be used, where a design insists on one;
  /// nil for seeds that are all averages of the same settings, and no verdict where runs that were lost prevent that.
  package let minimumCoverage: Double?

  package let factors: [Factor]
  package let metrics: [Metric]
  package let questions: [Question]

  /// How the seeds were decided.
  package let seeds: SeedRule
  /// Whether the cells are a part of the grid that was chosen to stand for all of it.
  package let isPart: Bool

  package init(
    alpha: Double = 0.05,
    minimumCoverage: Double? = nil,
    factors: [Factor],
    metrics: [Metric],
    questions: [Question] = [],
    seeds: SeedRule = .once,
    isPart: Bool = false
  ) {
    precondition(0 < alpha && alpha < 1, "alpha is a probability, not \(alpha)")
    self.alpha = alpha
    self.minimumCoverage = minimumCoverage
    self.factors = factors
    self.metrics = metrics
    self.questions = questions
    self.seeds = seeds
    self.isPart = isPart
  }

  /// How many combinations of levels the factors have; the largest integer where there are more.
  func cellCount(of factors: [Factor]) -> Int {
    factors.reduce(1) { count, factor in
      let (product, overflow) = count.multipliedReportingOverflow(by: factor.levels.count)
      return overflow ? .max : product
    }
  }

  /// Asks about every change from a baseline, averaged over the settings of all other factors, on each metric.
  package var averageQuestions: [Question] {
    metrics.flatMap { metric in
      factors.flatMap { factor in
        factor.levels.dropFirst().map { level in
          Question(factor: factor.name, from: factor.levels[0], to: level, metric: metric.name)
        }
      }
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

  /// The coordinate of each level in the trend; 0, 1, 2, … where none is declared.
  package let scores: [Double]

  package init(name: String, levels: [String], isOrdered: Bool = false, scores: [Double]? = nil) {
    let coordinates = scores ?? levels.indices.map(Double.init)
    precondition(
      coordinates.count == levels.count,
      "\(coordinates.count) scores for \(levels.count) levels of \(name)"
    )
    self.name = name
    self.levels = levels
    self.isOrdered = isOrdered
    self.scores = coordinates
  }
}
