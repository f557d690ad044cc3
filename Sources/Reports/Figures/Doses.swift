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
    return Figure(
      name: "dose-\(metric.name)-\(factor.name)",
      title: title(factor, means, Array(levels), trend.result),
      label: "\(metric.name) by \(factor.name): "
        + levels.map { "\($0) \(metric.text($1))" }.joined(separator: "; ") + ".",
      chart: DoseResponse(
        levels: levels.map { level, sample in
          DoseResponse.Level(label: level, group: metric.group(sample))
        },
        xLabel: factor.name,
        yLabel: metric.axisLabel
      ),
      data: Table(
        columns: [.words(factor.name)] + Table.Column.seedMean,
        rows: levels.map { [$0] + metric.cells($1) }
      ),
      note: """
        Means over the settings of the other factors that have every level, with a dot per seed and \
        95 % t intervals over seeds; levels stand at equal distances, in their order.
        """
    )
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
