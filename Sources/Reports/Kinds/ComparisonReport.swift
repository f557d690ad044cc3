import Foundation
import Notation
import Statistics
import Sweeps

/// Two sets of runs beside each other, called A and B in its tables.
package struct ComparisonReport: Report {
  private let comparison: Comparison

  package init(_ comparison: Comparison) {
    self.comparison = comparison
  }

  package var title: String { "\(comparison.first.name) and \(comparison.second.name)" }

  package var sections: [Section] {
    [
      comparison.sides, comparison.settings, comparison.findings, comparison.effects,
      comparison.together,
    ].compactMap(\.self)
  }

  package var facts: Facts { comparison.facts }
}

extension Comparison {
  private var both: [(label: String, side: Side, runs: [Record])] {
    [("A", first, firstRuns), ("B", second, secondRuns)]
  }

  // MARK: What is compared

  fileprivate var sides: Section {
    let rows = both.map { label, side, runs in
      let ok = side.records.count { $0.status == .ok }
      return [
        label, side.name, "\(ok)", "\(side.records.count - ok)", seedList(side.records),
        "\(side.records.count - runs.count)", String(side.evidence.spec.digest.prefix(12)),
      ]
    }
    return Section(
      "What is compared",
      [
        .table(
          Table(
            columns: [
              .words(""), .words("runs"), .numbers("finished"), .numbers("without result"),
              .words("seeds"), .numbers("left out"), .words("spec"),
            ],
            rows: rows,
            note: """
              Runs are left out where the other side has none with the same settings. They take part \
              in nothing below.
              """
          )
        )
      ]
    )
  }

  private func seedList(_ records: [Record]) -> String {
    let seeds = Set(records.map(\.run.seed)).sorted()
    guard let low = seeds.first, let high = seeds.last, high - low + 1 == seeds.count,
      seeds.count > 2
    else { return seeds.map(String.init).joined(separator: ", ") }
    return "\(low) to \(high)"
  }

  fileprivate var settings: Section {
    var blocks: [Block] = []
    if differing.isEmpty {
      blocks.append(.paragraph("All settings are the same."))
    } else {
      blocks.append(
        .table(
          Table(
            columns: [.words("setting"), .words("A"), .words("B")],
            rows: differing.map {
              [$0.name, $0.first.joined(separator: ", "), $0.second.joined(separator: ", ")]
            }
          )
        )
      )
    }
    if first.evidence.spec.program != second.evidence.spec.program {
      blocks.append(
        .paragraph(
          "A runs \(code: command(first)), B runs \(code: command(second)): programs may differ in more than their settings."
        )
      )
    }
    if !matched.isEmpty {
      let names = matched.map(\.name).joined(separator: ", ")
      blocks.append(.paragraph("Averaged over what both sides have of: \(names)."))
    }
    if !unmatched.isEmpty {
      let names = unmatched.map(\.name).joined(separator: ", ")
      blocks.append(
        .paragraph(
          """
          \(strong: "Nothing can be compared:") \(names) varies, and no value is on both sides. Name one \
          value on each side to see what it does.
          """
        )
      )
    }
    return Section("What differs", blocks)
  }

  private func command(_ side: Side) -> String {
    side.evidence.spec.program?.joined(separator: " ") ?? "the built-in trainer"
  }

  // MARK: What it did

  fileprivate var findings: Section? {
    let sentences = differences.compactMap(sentence)
    return sentences.isEmpty ? nil : Section("What we found", [.list(sentences)])
  }

  /// nil where a side has no value at all.
  private func sentence(_ difference: Difference) -> Prose? {
    switch difference.method {
    case .paired:
      return EffectWording.sentence(
        "the change",
        from: "A",
        to: "B",
        metric: difference.metric,
        result: difference.paired
      )
    case .welch:
      let text = text(difference)
      return """
        \(strong: "the change") A → B: \(difference.metric.name) \(text.estimate ?? "–")\
        \(difference.metric.unit) (95 % CI \(text.interval ?? "–"), not paired: \
        \(Numeral.counted(difference.first.seedCount, "seed")) against \
        \(difference.second.seedCount)), \(strong: outcome(difference)).
        """
    case nil:
      guard difference.estimate != nil else { return nil }
      return """
        \(strong: "the change") A → B: \(difference.metric.name) \(text(difference).estimate ?? "–")\
        \(difference.metric.unit); too few seeds for an interval.
        """
    }
  }

  private func text(_ difference: Difference) -> EffectText {
    EffectText(difference.estimate, difference.test?.confidence95, of: difference.metric)
  }

  private func outcome(_ difference: Difference) -> String {
    switch difference.method {
    case .paired: return EffectWording.outcome(difference.paired)
    case .welch:
      if let outcome = difference.outcome { return outcome.rawValue }
      switch difference.test?.lean {
      case .up: return "not settled, leaning up"
      case .down: return "not settled, leaning down"
      case .some(.none), nil: return difference.test == nil ? "zero variance" : "not settled"
      }
    case nil: return "–"
    }
  }

  fileprivate var effects: Section? {
    let shown = differences.filter { $0.first.seedCount > 0 || $0.second.seedCount > 0 }
    guard !shown.isEmpty else { return nil }
    let rows = shown.map { difference in
      let text = text(difference)
      return [
        difference.metric.name, value(difference.means.first, difference.metric),
        "\(difference.seeds.first)", value(difference.means.second, difference.metric),
        "\(difference.seeds.second)", text.estimate ?? "–", text.interval ?? "–",
        outcome(difference), method(difference),
      ]
    }
    var blocks: [Block] = [
      .table(
        Table(
          columns: [
            .words("metric"), .numbers("A"), .numbers("seeds"), .numbers("B"), .numbers("seeds"),
            .numbers("B − A"), .numbers("95 % CI"), .words("outcome"), .words("by"),
          ],
          rows: rows,
          note: """
            Means over seeds of the mean over the matched settings, of runs that have their pair where \
            seeds pair. Pairs: Student's t over the per-seed differences. Welch: the seeds of both sides are different ones, so that their \
            means are compared; that needs more seeds for the same certainty. On a log scale B − A is \
            a factor. Nothing is adjusted for the number of metrics.
            """
        )
      )
    ]
    if let plot { blocks.append(.plot(plot)) }
    return Section("Effects", blocks)
  }

  private func method(_ difference: Difference) -> String {
    switch difference.method {
    case .paired: "\(Numeral.counted(difference.paired.seedCount, "pair"))"
    case .welch: "Welch"
    case nil: "–"
    }
  }

  private func value(_ mean: Double?, _ metric: Metric) -> String {
    guard let mean else { return "–" }
    switch metric.scale {
    case .linear: return Numeral.significant(mean * metric.displayFactor) + metric.unit
    case .log: return Numeral.significant(exp(mean) * metric.displayFactor) + metric.unit
    }
  }

  /// All metrics in one picture, each in units of its own threshold.
  private var plot: ForestPlot? {
    let rows = differences.filter { $0.metric.delta > 0 && $0.estimate != nil }.map { difference in
      let delta = difference.metric.delta
      return ForestPlot.Row(
        label: difference.metric.name,
        estimate: difference.estimate.map { $0 / delta },
        interval: difference.test.map {
          Interval(lower: $0.confidence95.lower / delta, upper: $0.confidence95.upper / delta)
        },
        text: (text(difference).estimate ?? "–") + "  " + outcome(difference)
      )
    }
    return rows.isEmpty ? nil : ForestPlot(rows, delta: 1)
  }

  // MARK: The way there

  /// Enough rows to see a course.
  private static let pointsShown = 12

  fileprivate var together: Section? {
    guard !curves.isEmpty else { return nil }
    var blocks: [Block] = []
    for curve in curves where !curve.points.isEmpty {
      blocks.append(
        .paragraph(
          """
          \(strong: curve.metric), means of \(Numeral.counted(curve.firstSeeds, "seed")) of A and \
          \(curve.secondSeeds) of B:
          """
        )
      )
      blocks.append(.table(table(curve)))
    }
    return blocks.isEmpty ? nil : Section("Learning curves", blocks)
  }

  private func table(_ curve: CurveComparison) -> Table {
    let count = curve.points.count
    let step = max(1, (count - 1 + Self.pointsShown - 2) / (Self.pointsShown - 1))
    let shown = curve.points.indices.filter { $0 % step == 0 || $0 == count - 1 }
    func number(_ value: Double?) -> String { value.map(Numeral.significant) ?? "–" }
    return Table(
      columns: [
        .numbers(curve.points[0].unit.rawValue), .numbers("A"), .numbers("B"), .numbers("B − A"),
        .numbers("95 % CI"),
      ],
      rows: shown.map { place in
        let point = curve.points[place]
        let decimals = Numeral.decimals(
          for: point.interval.map { ($0.upper - $0.lower) / 2 } ?? abs(point.difference ?? 0)
        )
        func signed(_ value: Double) -> String { Numeral.signed(value, decimals: decimals) }
        return [
          Numeral.plain(point.position), number(point.first), number(point.second),
          point.difference.map(signed) ?? "–",
          point.interval.map { signed($0.lower) + " to " + signed($0.upper) } ?? "–",
        ]
      },
      note: shown.count < count ? "\(shown.count) of \(count) points; JSON has all of them." : nil
    )
  }

  // MARK: For programs

  fileprivate var facts: Facts {
    Facts([
      .fact(key: "a", json(first, firstRuns)), .fact(key: "b", json(second, secondRuns)),
      .fact(key: "differing", .array(differing.map(\.json))),
      .fact(key: "matched", .array(matched.map { .string($0.name) })),
      .fact(key: "unmatched", .array(unmatched.map { .string($0.name) })),
      .fact(key: "findings", .array(findings?.sentences.map(JSON.string) ?? [])),
      .records(key: "effects", kind: "effect") { take in
        for difference in differences { try take(record(difference)) }
      },
      .records(key: "curves", kind: "curve") { take in
        for curve in curves {
          for point in curve.points { try take(record(point, of: curve)) }
        }
      },
    ])
  }

  private func json(_ side: Side, _ runs: [Record]) -> JSON {
    [
      "name": .string(side.name), "sweep": .string(side.evidence.spec.name),
      "spec_digest": .string(side.evidence.spec.digest),
      "runs": JSON(side.records.count),
      "ok": JSON(side.records.count { $0.status == .ok }),
      "compared": JSON(runs.count),
      "seeds": .array(
        Set(runs.map(\.run.seed)).sorted().map { JSON($0) }
      ),
    ]
  }

  private func record(_ difference: Difference) -> JSONMembers {
    var members = JSONMembers()
    members.append("metric", .string(difference.metric.name))
    members.append("method", JSON(difference.method?.rawValue))
    members.append("delta", JSON(difference.metric.delta))
    members.append("n_a", JSON(difference.seeds.first))
    members.append("n_b", JSON(difference.seeds.second))
    members.append("mean_a", JSON(difference.means.first))
    members.append("mean_b", JSON(difference.means.second))
    if difference.method == .paired {
      members.append(contentsOf: difference.paired.json)
      return members
    }
    let test = difference.test
    func ends(_ interval: Interval?) -> JSON {
      interval.map { [JSON($0.lower), JSON($0.upper)] } ?? .null
    }
    members.append("estimate", JSON(difference.estimate))
    members.append("outcome", JSON(difference.outcome?.rawValue))
    members.append("lean", JSON(test?.lean?.rawValue))
    members.append("se", JSON(test?.standardError))
    members.append("df", JSON(test?.degreesOfFreedom))
    members.append("t", JSON(test?.t))
    members.append("p", JSON(test?.p))
    members.append("ci95", ends(test?.confidence95))
    members.append("ci90", ends(test?.confidence90))
    return members
  }

  private func record(_ point: CurveComparison.Point, of curve: CurveComparison) -> JSONMembers {
    var members = JSONMembers()
    members.append("metric", .string(curve.metric))
    members.append("unit", .string(point.unit.rawValue))
    members.append("position", JSON(point.position))
    members.append("a", JSON(point.first))
    members.append("b", JSON(point.second))
    members.append("difference", JSON(point.difference))
    members.append("lower", JSON(point.interval?.lower))
    members.append("upper", JSON(point.interval?.upper))
    return members
  }
}

extension Comparison.Setting {
  fileprivate var json: JSON {
    [
      "setting": .string(name), "a": JSON(first),
      "b": JSON(second),
    ]
  }
}
