import Charts
import Statistics

/// One change of one metric with the runs before and after it, seed by seed.
struct SeedSlopes {
  let question: Question
  let metric: Metric
  let result: ContrastResult

  /// nil where no seed has both ends.
  var figure: Figure? {
    guard question.kind == .level, result.partsPerSeed.count == 2, !result.seeds.isEmpty else {
      return nil
    }
    return Figure(
      name:
        "seeds-\(question.metric)-\(question.factor)-\(question.from)-\(question.to)\(question.held)",
      title: EffectWording.sentence(
        question.factor,
        from: question.from,
        to: question.to,
        held: question.held,
        metric: metric,
        result: result
      ),
      label: label,
      chart: PairedSlopes(
        from: "\(question.factor) \(question.from)",
        to: question.to,
        pairs: pairs,
        mean: mean,
        yLabel: metric.axisLabel
      ),
      data: Table(
        columns: [.words("seed"), .numbers(question.from), .numbers(question.to)],
        rows: (pairs + [mean].compactMap { $0 }).map { pair in
          [pair.label, Numeral.significant(pair.from), Numeral.significant(pair.to)]
        }
      ),
      note: "A line is one seed, everything else equal\(averaged); the bold one is the mean."
    )
  }

  private var averaged: String {
    result.settings.total > 1
      ? " and averaged over \(result.settings.total) settings of the other factors" : ""
  }

  private var pairs: [PairedSlopes.Pair] {
    result.seeds.indices.map { place in
      PairedSlopes.Pair(
        label: "seed \(result.seeds[place])",
        from: metric.drawn(result.partsPerSeed[0][place]),
        to: metric.drawn(result.partsPerSeed[1][place])
      )
    }
  }

  private var mean: PairedSlopes.Pair? {
    PairedSlopes.Pair(
      label: "mean",
      from: metric.drawn(result.partMeans[0]),
      to: metric.drawn(result.partMeans[1])
    )
  }

  private var label: String {
    let ends = [result.partMeans[0], result.partMeans[1]].map {
      Numeral.significant(metric.drawn($0)) + metric.unit
    }
    return """
      \(metric.name) of \(Numeral.counted(result.seedCount, "seed")), from \(ends[0]) on average with \
      \(question.factor) \(question.from) to \(ends[1]) with \(question.to); it rises in \
      \(result.seedSigns.up) and falls in \(result.seedSigns.down).
      """
  }
}
