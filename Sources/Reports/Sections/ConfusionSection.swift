import Notation
import Statistics
import Sweeps

/// Which classes the baseline takes for which others.
struct ConfusionSection: ReportSection {
  /// Of the runs of the baseline, one a seed, all with the same classes.
  private let seeds: [ClassMistakes]

  /// A matrix of more classes is too wide to read.
  private static let widest = 12
  private static let pairsShown = 10

  init(_ findings: Findings) {
    let near = NearCells(of: findings.evidence.records, spec: findings.evidence.spec)
    let runs = near.cells.first { $0.name == NearCells.baselineName }?.runs ?? []
    let told = runs.compactMap(ClassMistakes.init)
    seeds = told.filter { $0.classes == told.first?.classes }
  }

  var sections: [Section] {
    guard let classes = seeds.first?.classes, classes.count > 1 else { return [] }
    let blocks = [classes.count <= Self.widest ? matrix(classes) : nil, pairs(classes)]
    return [Section("What is taken for what", blocks.compactMap(\.self))]
  }

  /// The mean over the seeds of the share of a label's images that got an answer.
  private func share(_ label: Int, _ answer: Int) -> SeedMean {
    SeedMean(seeds.compactMap { $0.share(label, answer) })
  }

  private func percent(_ sample: SeedMean) -> String {
    sample.mean.map { Numeral.fixed($0 * 100, decimals: 1) } ?? "–"
  }

  private func matrix(_ classes: [String]) -> Block {
    .table(
      Table(
        columns: [.words("is, taken for")] + classes.map { .numbers($0) },
        rows: classes.indices.map { label in
          [classes[label]] + classes.indices.map { percent(share(label, $0)) }
        },
        note: """
          Per cent of the validation images of each class, in the baseline, the mean over \
          \(Numeral.counted(seeds.count, "seed")); right answers are on the diagonal.
          """
      )
    )
  }

  /// The most frequent confusions with what the seeds leave open of them.
  private func pairs(_ classes: [String]) -> Block? {
    let all = classes.indices.flatMap { label in
      classes.indices.filter { $0 != label }.map { (label, $0, share(label, $0)) }
    }
    let found = all.filter { $0.2.mean ?? 0 > 0 }
      .sorted { ($0.2.mean ?? 0, $1.0, $1.1) > ($1.2.mean ?? 0, $0.0, $0.1) }
    guard !found.isEmpty else { return nil }
    return .table(
      Table(
        columns: [
          .words("class"), .words("taken for"), .numbers("%"), .numbers("95 % CI"), .numbers("n"),
        ],
        rows: found.prefix(Self.pairsShown).map { label, answer, sample in
          [
            classes[label], classes[answer], percent(sample), interval(sample),
            "\(sample.values.count)",
          ]
        },
        note: """
          The \(Numeral.counted(min(found.count, Self.pairsShown), "most frequent confusion")) of the baseline, in per \
          cent of the class. The intervals are Student's over seeds, cut off at 0 and 100; none where \
          all seeds agree. They say what other seeds would do with these images, not what other images would do.
          """
      )
    )
  }

  private func interval(_ sample: SeedMean) -> String {
    // Seeds that all agree leave nothing open between seeds, which is no interval of no width.
    guard let span = sample.interval, span.lower < span.upper else { return "–" }
    return Numeral.fixed(max(span.lower, 0) * 100, decimals: 1) + " to "
      + Numeral.fixed(min(span.upper, 1) * 100, decimals: 1)
  }
}
