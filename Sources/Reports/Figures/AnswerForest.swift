import Charts
import Statistics
import Sweeps

/// The answers to all questions in one picture, each in units of the change that matters to it.
struct AnswerForest {
  private struct Row {
    let name: String
    let result: ContrastResult
    let metric: Metric

    /// In units of δ.
    var estimate: Double? { result.estimate.map { $0 / metric.delta } }

    var words: String {
      (EffectText(result, of: metric).estimate ?? "–") + metric.unit + "  "
        + EffectWording.verdict(result)
    }
  }

  private let rows: [Row]

  init(_ findings: Findings) {
    rows = findings.analysis.answers.compactMap { answer in
      let metric = findings.design.metric(named: answer.question.metric)
      guard metric.delta > 0, answer.result.estimate != nil else { return nil }
      return Row(
        name: findings.evidence.spec.name(of: answer.question),
        result: answer.result,
        metric: metric
      )
    }
  }

  /// nil where no question has a threshold and an estimate.
  var figure: Figure? {
    guard !rows.isEmpty else { return nil }
    let settled = rows.count { $0.result.outcome != nil }
    return Figure(
      name: "answers",
      title: "\(settled) of \(Numeral.counted(rows.count, "question")) settled",
      label: rows.map { "\($0.name) \($0.words)" }.joined(separator: "; ") + ".",
      chart: ForestChart(
        rows: rows.map { row in
          ForestChart.Row(
            label: row.name,
            group: Group(
              mean: row.estimate,
              interval: (row.result.test?.confidence95).map {
                Span(lower: $0.lower / row.metric.delta, upper: $0.upper / row.metric.delta)
              },
              dots: row.result.perSeed.map { $0 / row.metric.delta }
            ),
            outcome: row.words
          )
        },
        delta: 1,
        xLabel: "change, in units of what matters (δ)"
      ),
      data: Table(
        columns: [
          .words("question"), .words("metric"), .words("δ"), .numbers("effect"),
          .numbers("95 % CI"), .words("verdict"), .words("difference of each seed"),
        ],
        rows: rows.map { row in
          let text = EffectText(row.result, of: row.metric)
          return [
            row.name, row.metric.name, row.metric.deltaText, text.estimate ?? "–",
            text.interval ?? "–", EffectWording.verdict(row.result), text.list(row.result.perSeed),
          ]
        }
      ),
      note: """
        Each change is divided by what was declared to matter for its metric, so that all fit on one axis; the \
        shaded band is smaller than that. A dot is one seed, the mark their mean, the bar its 95 % t interval.
        """,
      plain: [.plot(plot)]
    )
  }

  /// The same drawn with characters.
  private var plot: ForestPlot {
    ForestPlot(
      rows.map { row in
        ForestPlot.Row(
          label: row.name,
          estimate: row.estimate,
          interval: (row.result.test?.confidence95).map {
            Interval(lower: $0.lower / row.metric.delta, upper: $0.upper / row.metric.delta)
          },
          text: row.words
        )
      },
      delta: 1
    )
  }
}
