import Charts
import Statistics

/// How much of each metric's variance the axes, pairs of axes, the seed and the rest account for.
struct VarianceSharesSection: ReportSection {
  let effects: [Effects]

  var sections: [Section] {
    let shared = effects.compactMap { effects in effects.shares.map { (effects.metric, $0) } }
    guard let first = shared.first else { return [] }
    let table = Table(
      columns: [.words("source")]
        + shared.flatMap { metric, _ in
          [Table.Column.numbers(metric.name + ", %"), .numbers("95 % CI")]
        },
      rows: first.1.shares.indices.map { place in
        [Self.name(first.1.shares[place].source)]
          + shared.flatMap { _, shares in
            [Self.percent(shares.shares[place].share), Self.interval(shares.shares[place])]
          }
      },
      note: """
        The variance of the metric over all cells and seeds, shared out exactly: what an axis does on average, what two \
        axes do beyond that, what a seed does in all cells. The rest is what three axes do together, what a seed does in \
        some cells, and luck. Intervals by the jackknife over \(Numeral.counted(first.1.seedCount, "seed")).
        """
    )
    return [
      Section("Where the variance comes from", [.table(table), .figure(figure(first.0, first.1))])
    ]
  }

  private func figure(_ metric: Metric, _ shares: VarianceShares) -> Figure {
    let ranked = shares.shares.sorted { $0.share > $1.share }.prefix(Self.barsDrawn)
    let words = ranked.map { "\(Self.name($0.source)) \(Self.percent($0.share)) %" }
    return Figure(
      name: "variance-\(metric.name)",
      title:
        "Most of what \(metric.name) varies by comes from \(words.first ?? "nothing") (\(Numeral.counted(shares.seedCount, "seed")))",
      label: words.joined(separator: "; ") + ".",
      chart: WorkBars(
        parts: ["share"],
        rows: ranked.map { share in
          let interval = Self.interval(share)
          return WorkBars.Row(
            label: Self.name(share.source),
            values: [share.share * 100],
            texts: [
              Self.percent(share.share) + " %" + (interval == "–" ? "" : " (\(interval))")
            ]
          )
        },
        arrangement: .paired,
        xLabel: "share of the variance of \(metric.name), %"
      ),
      data: Table(
        columns: [.words("source"), .numbers("share, %"), .numbers("95 % CI")],
        rows: ranked.map { [Self.name($0.source), Self.percent($0.share), Self.interval($0)] }
      ),
      note:
        "The largest shares, with 95 % intervals over seeds in brackets. An axis with a small share may still matter in some cells: then its pairs have large ones."
    )
  }

  /// Enough to see what matters; the table has all of them.
  private static let barsDrawn = 12

  private static func name(_ source: VarianceShares.Source) -> String {
    switch source {
    case .factor(let name): name
    case .pair(let first, let second): "\(first) × \(second)"
    case .seed: "seed"
    case .rest: "rest"
    }
  }

  private static func percent(_ share: Double) -> String {
    Numeral.fixed(share * 100, decimals: 1)
  }

  private static func interval(_ share: VarianceShares.Share) -> String {
    share.interval.map { "\(percent($0.lower)) to \(percent($0.upper))" } ?? "–"
  }
}

extension VarianceSharesSection {
  init(_ findings: Findings) {
    self.init(effects: findings.analysis.effects)
  }
}
