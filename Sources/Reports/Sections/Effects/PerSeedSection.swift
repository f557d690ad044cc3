import Statistics

/// The differences per seed, from which a reader can compute mean, spread and interval by hand.
///
/// The questions' contrasts where there are any, else the largest effect of each metric.
struct PerSeedSection: ReportSection {
  let analysis: Analysis
  let design: Design

  var sections: [Section] {
    var rows = analysis.answers.map { answer in
      SeedSlopes(
        question: answer.question,
        metric: design.metric(named: answer.question.metric),
        result: answer.result
      )
    }
    if rows.isEmpty { rows = largest }
    rows.removeAll { $0.result.perSeed.isEmpty }
    guard !rows.isEmpty else { return [] }
    let slopes = rows.prefix(Self.slopesDrawn).compactMap(\.figure).map { Block.figure($0) }
    return [Section("Differences per seed", [table(of: rows)].compactMap { $0 } + slopes)]
  }

  private func table(of rows: [SeedSlopes]) -> Block? {
    let seeds = Set(rows.flatMap(\.result.seeds)).sorted()
    guard seeds.count <= Self.seedsShown else { return nil }
    return .table(
      Table(
        columns: [.words("change"), .words("metric")]
          + seeds.map { .numbers("seed \($0)") } + [
            .numbers("mean"), .numbers("sd"), .numbers("p (t)"), .numbers("p (flips)"),
          ],
        rows: rows.map { row in
          let question = row.question
          return [
            "\(question.factor) \(question.start) → \(question.end)\(question.held)",
            row.metric.name,
          ] + cells(row.result, row.metric, seeds: seeds)
        },
        note: """
          For each seed the run after the change minus the run before it, everything else equal, \
          averaged over the settings that are not held fixed. The interval is \
          mean ± t · sd / √n with n seeds. Both p are of no change at all: of Student's t, and of the test that \
          flips the signs of the differences, whose least is 2 / 2ⁿ.\(logNote(rows.map(\.metric)))
          """
      )
    )
  }

  /// More columns than this do not fit on a page.
  private static let seedsShown = 20
  private static let slopesDrawn = 12

  private func logNote(_ metrics: [Metric]) -> String {
    metrics.contains { $0.scale == .log }
      ? " A metric on the log scale is shown as the difference of natural logarithms." : ""
  }

  /// The largest change of each metric, as the question whose answer it is.
  private var largest: [SeedSlopes] {
    analysis.effects.compactMap { effects in
      let ranked = effects.main.filter { $0.result.estimate != nil }
        .max { abs($0.result.estimate ?? 0) < abs($1.result.estimate ?? 0) }
      return ranked.map { effect in
        SeedSlopes(
          question: Question(
            factor: effect.change.factor,
            from: effect.change.from,
            to: effect.change.to,
            metric: effects.metric.name
          ),
          metric: effects.metric,
          result: effect.result
        )
      }
    }
  }

  private func cells(_ result: ContrastResult, _ metric: Metric, seeds: [Int]) -> [String] {
    let factor = metric.displayFactor
    let decimals = Numeral.decimals(for: (result.spread ?? abs(result.estimate ?? 0)) * factor)
    let bySeed = Dictionary(zip(result.seeds, result.perSeed)) { first, _ in first }
    let differences = seeds.map { seed in
      bySeed[seed].map { Numeral.signed($0 * factor, decimals: decimals) } ?? "–"
    }
    return differences + [
      result.estimate.map { Numeral.signed($0 * factor, decimals: decimals) } ?? "–",
      result.spread.map { Numeral.fixed($0 * factor, decimals: decimals) } ?? "–",
      result.test.map { Numeral.probability($0.p) } ?? "–",
      result.signFlipP.map(Numeral.probability) ?? "–",
    ]
  }
}

extension PerSeedSection {
  init(_ findings: Findings) {
    self.init(analysis: findings.analysis, design: findings.design)
  }
}
