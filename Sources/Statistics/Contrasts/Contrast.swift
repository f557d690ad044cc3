/// A weighted sum of cells' values, computed within every matched setting and seed.
///
/// Reference: Scheffé (1959), The Analysis of Variance, section 3.1, for contrasts of cell means.
package struct Contrast: Sendable, Equatable {
  /// The cells with the given levels of the contrast's factors, and what they count for.
  package struct Part: Sendable, Equatable {
    /// One level per factor of the contrast, in its order.
    package let levels: [String]
    package let weight: Double
  }

  /// The factors that the contrast fixes; it is averaged over the settings of all others.
  package let factors: [String]
  package let parts: [Part]

  /// - Parameters:
  ///   - factor: The factor that the parts vary.
  ///   - weights: Its levels with their weights.
  ///   - at: Levels at which other factors are held.
  private init(varying factor: String, weights: [(String, Double)], at: [String: String]) {
    let held = at.filter { $0.key != factor }.sorted { $0.key < $1.key }
    factors = [factor] + held.map(\.key)
    parts = weights.map { Part(levels: [$0] + held.map(\.value), weight: $1) }
  }

  private init(factors: [String], parts: [Part]) {
    self.factors = factors
    self.parts = parts
  }

  /// A weighted sum of cells.
  ///
  /// - Parameters:
  ///   - cells: For each cell one level per factor, and what it counts for.
  ///   - factors: All factors.
  init(cells: [Part], of factors: [String]) {
    self.init(factors: factors, parts: cells)
  }

  /// The change from one level of a factor to another.
  package static func change(
    of factor: String,
    from: String,
    to: String,
    at: [String: String] = [:]
  ) -> Contrast {
    Contrast(varying: factor, weights: [(from, -1), (to, 1)], at: at)
  }

  /// The fitted change over the whole range of an ordered factor, by least squares on its scores.
  ///
  /// It is in the metric's unit and not per score, so that the same threshold applies as to a
  /// change.
  ///
  /// - Returns: nil when all scores are equal, so that there is no range.
  package static func trend(over factor: Factor, at: [String: String] = [:]) -> Contrast? {
    guard let weights = trendWeights(factor.scores) else { return nil }
    return Contrast(varying: factor.name, weights: Array(zip(factor.levels, weights)), at: at)
  }

  /// The difference of one change after and before another, not halved.
  package static func interaction(_ first: Effects.Change, with second: Effects.Change) -> Contrast
  {
    Contrast(
      factors: [first.factor, second.factor],
      parts: [
        Part(levels: [first.to, second.to], weight: 1),
        Part(levels: [first.from, second.to], weight: -1),
        Part(levels: [first.to, second.from], weight: -1),
        Part(levels: [first.from, second.from], weight: 1),
      ]
    )
  }

  /// The mean at one level; all of some levels of the factor must be present, so that levels are comparable.
  static func levelMean(of factor: Factor, among levels: [String], level: String) -> Contrast {
    Contrast(
      varying: factor.name,
      weights: levels.map { ($0, $0 == level ? 1 : 0) },
      at: [:]
    )
  }

  /// The mean at one level, whatever the factor's other levels have.
  package static func mean(at level: String, of factor: String, at: [String: String]) -> Contrast {
    Contrast(varying: factor, weights: [(level, 1)], at: at)
  }

  /// The means of several cells over the settings and seeds that all of them have, as parts that count for nothing.
  ///
  /// - Parameters:
  ///   - cells: For each cell one level per factor.
  ///   - factors: The factors whose levels the cells name.
  /// - Returns: A contrast whose result has the means in its parts, in the order of the cells.
  package static func matched(_ cells: [[String]], of factors: [String]) -> Contrast {
    Contrast(factors: factors, parts: cells.map { Part(levels: $0, weight: 0) })
  }

  /// The contrast that a question asks about.
  ///
  /// - Returns: nil for a trend of a factor that the design does not have or whose scores are all
  ///   equal.
  package init?(_ question: Question, design: Design) {
    switch question.kind {
    case .level:
      self = .change(of: question.factor, from: question.from, to: question.to, at: question.at)
    case .trend:
      guard let factor = design.factors.first(where: { $0.name == question.factor }),
        let trend = Contrast.trend(over: factor, at: question.at)
      else { return nil }
      self = trend
    }
  }
}

/// The weights whose weighted sum of level means is the least-squares slope times the range of the
/// scores.
private func trendWeights(_ scores: [Double]) -> [Double]? {
  guard let low = scores.min(), let high = scores.max(), low < high else { return nil }
  let center = mean(scores)
  let squares = compensatedSum(scores.lazy.map { ($0 - center) * ($0 - center) })
  let weights = scores.map { ($0 - center) * (high - low) / squares }
  return weights.allSatisfy(\.isFinite) ? weights : nil
}
