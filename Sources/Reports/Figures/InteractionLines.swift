import Charts
import Statistics

extension Effects.Interaction {
  /// The four corners of an interaction as two lines, with a dot per seed.
  ///
  /// - Parameter metric: What was measured.
  /// - Returns: nil where no seed has all four.
  func figure(of metric: Metric) -> Figure? {
    // Parts as the contrast has them: both changes made, the second alone, the first alone, none.
    let parts = result.partsPerSeed.map(SeedMean.init)
    guard parts.count == 4, !result.seeds.isEmpty else { return nil }
    let lines = [(second.from, [parts[3], parts[2]]), (second.to, [parts[1], parts[0]])]
    let corners = lines.flatMap { level, samples in
      zip([first.from, first.to], samples).map { start, sample in
        (first: start, second: level, sample: sample)
      }
    }
    return Figure(
      name:
        "interaction-\(metric.name)-\(first.factor)-\(first.to)-\(second.factor)-\(second.to)",
      title: title(metric),
      label: "\(metric.name): "
        + corners.map { corner in
          "\(first.factor) \(corner.first) with \(second.factor) \(corner.second) "
            + metric.text(corner.sample)
        }.joined(separator: "; ") + ".",
      chart: InteractionPlot(
        levels: [first.from, first.to],
        lines: lines.map { level, samples in
          InteractionPlot.Line(
            label: "\(second.factor) \(level)",
            groups: samples.map(metric.group)
          )
        },
        xLabel: first.factor,
        yLabel: metric.axisLabel
      ),
      data: Table(
        columns: [.words(first.factor), .words(second.factor)] + Table.Column.seedMean,
        rows: corners.map { [$0.first, $0.second] + metric.cells($0.sample) }
      ),
      note: """
        Means over the settings of the other factors, with a dot per seed and 95 % t intervals over \
        seeds. Lines that run side by side would be changes that do not depend on each other; compare \
        the slopes and not the intervals, for the seeds are the same.
        """
    )
  }

  private func title(_ metric: Metric) -> Prose {
    let text = EffectText(result, of: metric)
    let interval = text.interval.map { "95 % CI \($0), " } ?? ""
    return """
      The change of \(metric.name) by \(first.factor) \(first.from) → \(first.to) differs by \
      \(text.estimate ?? "–")\(metric.unit) between \(second.factor) \(second.from) and \(second.to) \
      (\(interval)\(Numeral.counted(result.seedCount, "seed"))): \(EffectWording.outcome(result))
      """
  }
}
