import Laboratory
import Notation
import Statistics
import Sweeps

/// A plan in words, and as JSON.
struct PlanText {
  let outlook: Outlook
  /// The time there is, as the user wrote it.
  let budget: String

  private var spec: Spec { outlook.spec }
  private var plan: SweepPlan { outlook.plan }
  private var comparison: PlanComparison { outlook.comparison }

  var text: String {
    var lines = [spec.name + (spec.question.map { ": \($0)" } ?? "")]
    lines +=
      ["", counts, store] + duplicates + [shared, "", "Cells, as differences from the baseline"]
    lines.append(
      "  baseline: \(plan.baseline.isEmpty ? "no axes" : plan.baseline.joined(separator: " "))"
    )
    lines += plan.first.map(line)
    if !plan.last.isEmpty { lines.append("  ...") }
    lines += plan.last.map(line)
    if let part = plan.part { lines += [""] + PartText(part: part).lines }
    lines += ["", time]
    if let budget = outlook.budget { lines += ["", text(of: budget)] }
    if let looks = outlook.looks { lines += ["", text(of: looks)] }
    if let seeds = outlook.seeds { lines += ["", text(of: seeds)] }
    return lines.joined(separator: "\n")
  }

  private func line(_ cell: SweepPlan.Cell) -> String {
    let differences =
      cell.differences.isEmpty ? "baseline" : cell.differences.joined(separator: " ")
    return "  \(cell.number.grouped)  \(differences)"
  }

  private var counts: String {
    var parts = ["\(plan.productCells.grouped) in the product"]
    if plan.excludedCells > 0 { parts.append("\(plan.excludedCells.grouped) excluded") }
    if plan.unsampledCells > 0 { parts.append("\(plan.unsampledCells.grouped) not sampled") }
    return "Cells: \(plan.cells.grouped) (\(parts.joined(separator: ", ")))\n"
      + runs
  }

  private var runs: String {
    guard let schedule = spec.looks else {
      return
        "Runs: \(plan.runs.grouped) (\(plan.cells.grouped) cells × \(plan.seeds.grouped) seeds)"
    }
    return "Runs: \((plan.cells * schedule.first).grouped) to \(plan.runs.grouped) "
      + "(\(plan.cells.grouped) cells × \(schedule.first) to \(schedule.last) seeds)"
  }

  /// What the rule of seeds looks at, and what it costs under three truths.
  private func text(of advice: LookAdvice) -> String {
    let seeds = advice.schedule.seeds.map(String.init).joined(separator: ", ")
    let spread = JSONNumber((advice.spread * 100).rounded() / 100).text
    let basis =
      advice.pilots > 0
      ? "the median of \(advice.pilots) question\(advice.pilots == 1 ? "" : "s") in stored runs"
      : "an assumption; stored runs replace it"
    let lead = """
      Looks: after \(seeds) seeds, until \(advice.questions.grouped) \
      question\(advice.questions == 1 ? " is" : "s are") settled or given up
      Expected, if a difference scatters by \(spread) of what matters (\(basis)):
      """
    let names = ["nothing there", "a change of what matters", "twice that"]
    let rows = zip(names, advice.cases).map { name, expected in
      let forecast = expected.forecast
      let time = expected.seconds.map { ", about \(Duration.seconds($0).readable)" } ?? ""
      return "  \(name): \(Self.rounded(forecast.seedsPerQuestion)) seeds a question, "
        + "\(Int(forecast.runs.rounded()).grouped) runs\(time); "
        + "\(Int((forecast.settledShare * 100).rounded())) % settled"
    }
    return ([lead] + rows).joined(separator: "\n")
  }

  private static func rounded(_ number: Double) -> String {
    JSONNumber((number * 10).rounded() / 10).text
  }

  private var store: String {
    var text = "Store: \(comparison.kept.grouped) kept, \(comparison.new.grouped) new"
    if comparison.unfinished > 0 { text += ", \(comparison.unfinished.grouped) unfinished" }
    return text + ", \(comparison.dropped.grouped) dropped"
  }

  private var duplicates: [String] {
    plan.duplicates.prefix(5).map { group in
      "Duplicates: the cells \(group.prefix(8).map(\.grouped).joined(separator: ", ")) "
        + "are the same once defaults are left out"
    }
  }

  private var shared: String {
    var parts = ["\(spec.settings.keys.count) fixed settings"]
    if plan.dataSets > 0 {
      parts.append("\(plan.dataSets) set\(plan.dataSets == 1 ? "" : "s") of data")
    }
    parts.append("each seed by \(plan.cells.grouped) cells")
    if plan.featureSharingCells > 0 {
      parts.append("features of the frozen body by \(plan.featureSharingCells.grouped) cells")
    }
    return "Shared: " + parts.joined(separator: ", ")
  }

  private var time: String {
    guard let estimate = outlook.estimate else {
      return "Time: unknown, no run like these is stored; --probe times a few epochs of each kind"
    }
    guard estimate.seconds > 0 else { return "Time: none, every run is done" }
    return "Time: \(estimate.text)"
  }

  private func text(of advice: BudgetAdvice) -> String {
    let lead =
      "Budget \(budget): \(advice.fitting.grouped) of \(advice.cells.grouped) cells fit"
    if advice.fitting >= advice.cells { return lead }
    let flags = advice.overrides.map { "--set " + shellQuoted($0) }.joined(separator: " ")
    if let seeds = advice.seeds {
      return "Budget \(budget): \(seeds) of \(plan.seeds) seeds of all cells fit: \(flags)"
    }
    if advice.subset.isEmpty, advice.part?.tellsNothing == true {
      return lead
        + "; so few cannot tell the effect of any axis, so that no part of the grid is proposed; fewer seeds or fewer axes would do"
    }
    guard !advice.subset.isEmpty else { return lead + "; fewer seeds would let more of them fit" }
    return
      ([lead + "; a balanced subset, \(flags), is"] + advice.subset.map(line)
      + (advice.part.map { PartText(part: $0).lines } ?? [])).joined(separator: "\n")
  }

  private func text(of advice: SeedAdvice) -> String {
    let spread = JSONNumber((advice.spread * 1e5).rounded() / 1e5).text
    let basis =
      "the standard deviation of a paired difference is \(spread), from \(advice.differences) of them"
    guard let count = advice.seeds, let halfWidth = advice.halfWidth else {
      return
        "Seeds: 200 would not show a change of \(advice.metric) by \(advice.size) beyond delta "
        + "\(advice.delta) (\(basis))"
    }
    let half = JSONNumber((halfWidth * 1e5).rounded() / 1e5).text
    return "Seeds: \(count) show a change of \(advice.metric) by \(advice.size) beyond delta "
      + "\(advice.delta) in four of five sweeps; the 95% interval is then ±\(half) (\(basis))"
  }

  // MARK: JSON

  var json: JSON {
    var object: JSONObject = [
      "name": .string(spec.name), "product_cells": JSON(plan.productCells),
      "excluded_cells": JSON(plan.excludedCells), "cells": JSON(plan.cells),
      "seeds": JSON(plan.seeds), "runs": JSON(plan.runs), "kept": JSON(comparison.kept),
      "new": JSON(comparison.new), "unfinished": JSON(comparison.unfinished),
      "dropped": JSON(comparison.dropped),
      "baseline": JSON(plan.baseline),
      "first": .array(plan.first.map(cell)), "last": .array(plan.last.map(cell)),
      "duplicates": .array(plan.duplicates.map { .array($0.map { JSON($0) }) }),
    ]
    if let estimate = outlook.estimate {
      object["estimate"] = [
        "seconds": JSON(estimate.seconds),
        "standard_error": JSON(estimate.standardError),
        "jobs": JSON(estimate.jobs),
      ]
    }
    if let part = plan.part { object["part"] = PartText(part: part).json }
    if let budget = outlook.budget {
      object["budget"] = [
        "part": budget.part.map { PartText(part: $0).json } ?? .null,
        "fitting": JSON(budget.fitting), "subset": .array(budget.subset.map(cell)),
        "seeds": JSON(budget.seeds), "set": JSON(budget.overrides),
      ]
    }
    if let looks = outlook.looks { object["looks"] = json(looks) }
    if let seeds = outlook.seeds {
      object["detect"] = [
        "metric": .string(seeds.metric), "size": JSON(seeds.size),
        "spread": JSON(seeds.spread), "seeds": JSON(seeds.seeds),
      ]
    }
    return .object(object)
  }

  private func json(_ advice: LookAdvice) -> JSON {
    [
      "seeds": .array(advice.schedule.seeds.map { JSON($0) }),
      "questions": JSON(advice.questions), "fewest_runs": JSON(advice.fewestRuns),
      "most_runs": JSON(advice.mostRuns), "spread_in_deltas": JSON(advice.spread),
      "pilot_questions": JSON(advice.pilots),
      "expected": .array(
        advice.cases.map { expected in
          [
            "change_in_deltas": JSON(expected.forecast.effect),
            "seeds_a_question": JSON(expected.forecast.seedsPerQuestion),
            "runs": JSON(expected.forecast.runs),
            "settled_share": JSON(expected.forecast.settledShare),
            "seconds": JSON(expected.seconds),
          ]
        }
      ),
    ]
  }

  private func cell(_ cell: SweepPlan.Cell) -> JSON {
    ["number": JSON(cell.number), "differences": JSON(cell.differences)]
  }
}
