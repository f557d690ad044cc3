import Charts
import Statistics

extension Effects {
  /// The metric along the levels of an ordered factor.
  ///
  /// - Parameters:
  ///   - factor: An ordered factor of three levels or more.
  ///   - means: The means of its levels, for the shape.
  /// - Returns: nil where no seed has all levels.
  func dose(_ factor: Factor, _ means: LevelMeans) -> Figure? {
    guard let trend = trends.first(where: { $0.factor == factor.name }),
      trend.result.partsPerSeed.count == factor.levels.count, !trend.result.seeds.isEmpty
    else { return nil }
    let levels = zip(factor.levels, trend.result.partsPerSeed.map(SeedMean.init))
    let far = farLevels(trend.result.partsPerSeed.map { SeedMean($0).mean })
    return Figure(
      name: "dose-\(metric.name)-\(factor.name)",
      title: title(factor, means, Array(levels), trend.result),
      label: "\(metric.name) by \(factor.name): "
        + levels.map { "\($0) \(metric.text($1))" }.joined(separator: "; ") + ".",
      chart: DoseResponse(
        levels: levels.enumerated().map { place, entry in
          DoseResponse.Level(
            label: entry.0,
            group: metric.group(entry.1),
            isFar: far.contains(place)
          )
        },
        xLabel: factor.name,
        yLabel: metric.axisLabel,
        isLogarithmic: metric.scale == .log
      ),
      data: Table(
        columns: [.words(factor.name)] + Table.Column.seedMean,
        rows: levels.map { [$0] + metric.cells($1) }
      ),
      note: """
        Means over the settings of the other factors that have every level, with a dot per seed and \
        95 % t intervals over seeds; levels stand at equal distances, in their order.\
        \(far.isEmpty ? "" : " An arrow stands for a level that is far off, with its mean: the others are told apart.")
        """
    )
  }

  /// The levels at the ends of an axis beside which the others could not be told apart.
  ///
  /// An end is far when the range with it is more than three times the range without it; the baseline, the best level and
  /// two more are kept.
  ///
  /// - Parameter means: One per level, on the scale of the analysis.
  /// - Returns: Their places; none where a mean is missing.
  private func farLevels(_ means: [Double?]) -> Set<Int> {
    let known = means.compactMap { $0 }
    guard known.count == means.count, known.allSatisfy(\.isFinite) else { return [] }
    let best: Int?
    switch metric.better {
    case .lower: best = known.indices.min { known[$0] < known[$1] }
    case .higher: best = known.indices.max { known[$0] < known[$1] }
    case .zero: best = known.indices.min { abs(known[$0]) < abs(known[$1]) }
    case .none: best = nil
    }
    func range(_ places: ArraySlice<Int>) -> Double {
      let values = places.map { known[$0] }
      return (values.max() ?? 0) - (values.min() ?? 0)
    }
    var kept = Array(known.indices)[...]
    while kept.count > 3 {
      let shorter = [kept.dropLast(), kept.dropFirst()].filter { rest in
        rest.contains(0) && (best.map(rest.contains) ?? true) && range(kept) > 3 * range(rest)
      }
      guard let rest = shorter.min(by: { range($0) < range($1) }) else { break }
      kept = rest
    }
    return Set(known.indices).subtracting(kept)
  }

  private func title(
    _ factor: Factor,
    _ means: LevelMeans,
    _ levels: [(level: String, sample: SeedMean)],
    _ trend: ContrastResult
  ) -> Prose {
    let known = levels.filter { $0.sample.mean != nil }
    let lowest = known.min { ($0.sample.mean ?? 0) < ($1.sample.mean ?? 0) }
    let highest = known.max { ($0.sample.mean ?? 0) < ($1.sample.mean ?? 0) }
    guard let lowest, let highest else { return "\(metric.name) by \(factor.name)" }
    let shape = means.shape.map { EffectWording.shape($0) + ", " } ?? ""
    return """
      \(metric.name) along \(factor.name): \(shape)lowest at \(lowest.level) with \
      \(metric.meanText(lowest.sample))\(metric.unit), highest at \(highest.level) with \
      \(metric.meanText(highest.sample))\(metric.unit) \
      (trend \(EffectText(trend, of: metric).estimate ?? "–")\(metric.unit), \
      \(EffectWording.outcome(trend)); \(Numeral.counted(trend.seedCount, "seed")))
      """
  }
}
