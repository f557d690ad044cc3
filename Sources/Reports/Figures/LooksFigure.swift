import Charts
import Statistics

/// The looks of a rule of seeds: the interval of each question at each look that it was open for, and where it stopped.
struct LooksFigure {
  private struct Row {
    let name: String
    let result: ContrastResult
    let metric: Metric
    let look: LookStanding

    var label: String { "\(name), \(result.seedCount) seeds" }
    var estimate: Double? { result.estimate.map { $0 / metric.delta } }
    var interval: Interval? {
      (result.test?.confidence95).map {
        Interval(lower: $0.lower / metric.delta, upper: $0.upper / metric.delta)
      }
    }
    var words: String {
      (EffectText(result, of: metric).estimate ?? "–") + metric.unit + "  "
        + (look.state == .open ? "goes on" : EffectWording.verdict(result))
    }
  }

  private let rows: [Row]
  private let hidden: Int
  private let looks: LookSequence

  /// More of them no page holds.
  private static let rowLimit = 40

  /// - Parameters:
  ///   - looks: What the rule made of the runs.
  ///   - design: The metrics with their thresholds.
  ///   - name: What a question is called.
  init(_ looks: LookSequence, design: Design, name: (Question) -> String) {
    let all = looks.walks.flatMap { walk -> [Row] in
      let metric = design.metric(named: walk.question.metric)
      guard metric.delta > 0 else { return [] }
      return walk.results.compactMap { result in
        guard result.estimate != nil, let look = result.look else { return nil }
        return Row(name: name(walk.question), result: result, metric: metric, look: look)
      }
    }
    rows = Array(all.prefix(Self.rowLimit))
    hidden = all.count - rows.count
    self.looks = looks
  }

  /// nil before a look of a question with a threshold is taken.
  var figure: Figure? {
    guard !rows.isEmpty else { return nil }
    let settled = looks.walks.count { $0.last?.outcome != nil }
    return Figure(
      name: "looks",
      title:
        "\(settled) of \(Numeral.counted(looks.walks.count, "question")) settled by look \(looks.taken) of \(looks.plan.schedule.seeds.count)",
      label: rows.map { "\($0.label): \($0.words)" }.joined(separator: "; ") + ".",
      chart: ForestChart(
        rows: rows.map { row in
          ForestChart.Row(
            label: row.label,
            group: Group(
              mean: row.estimate,
              interval: row.interval.map { Span(lower: $0.lower, upper: $0.upper) },
              dots: []
            ),
            outcome: row.words
          )
        },
        delta: 1,
        xLabel: "change, in units of what matters (δ)"
      ),
      data: data,
      note: note,
      plain: [
        .plot(
          ForestPlot(
            rows.map {
              ForestPlot.Row(
                label: $0.label,
                estimate: $0.estimate,
                interval: $0.interval,
                text: $0.words
              )
            },
            delta: 1
          )
        )
      ]
    )
  }

  private var data: Table {
    let spent = looks.plan.spentShares
    return Table(
      columns: [
        .words("question"), .numbers("look"), .numbers("seeds"), .numbers("effect"),
        .numbers("95 % over all looks"), .numbers("level, one-sided"), .numbers("spent so far"),
        .words("then"),
      ],
      rows: rows.map { row in
        let text = EffectText(row.result, of: row.metric)
        return [
          row.name, "\(row.look.number)", "\(row.result.seedCount)", text.estimate ?? "–",
          text.interval ?? "–",
          row.look.levels.map { Numeral.significant($0.change * 100) + " %" } ?? "–",
          Numeral.significant(spent[row.look.number - 1] * 100) + " %",
          row.look.state == .open ? "goes on" : EffectWording.outcome(row.result),
        ]
      }
    )
  }

  private var note: Prose {
    let more = hidden > 0 ? " \(hidden) more are left out." : ""
    return """
      One interval for each look that a question was open for, each divided by what was declared to matter. The last \
      interval of a question is where it stopped. The numbers have the level of each look, and what was spent.\(more)
      """
  }
}
