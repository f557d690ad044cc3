package import Notation
package import Statistics

/// The analysis as `sweep effects` prints it in JSON.
extension Analysis {
  /// The effects by metric; `questions` only where the design asks any.
  package var json: JSON {
    var object: JSONObject = [
      "effects": effects.json, "scoring": scoring?.json ?? .null,
    ]
    if !answers.isEmpty { object["questions"] = .array(answers.map { .object($0.json) }) }
    if let looks {
      object["questions"] = .array(looks.walks.map { .object($0.json) })
      object["main"] = .array(effects.flatMap { $0.lookRows(alpha: looks.plan.alpha) })
      object["seeds_of_cell"] = looks.seedsOfCell(factors)
      object["runs"] = JSON(looks.runCount)
      object["seeds"] = looks.ruleJSON
    }
    return JSON.object(object).withSortedKeys
  }
}

extension [Effects] {
  /// The effects by metric.
  package var json: JSON {
    JSON.object(JSONObject(map { JSONObject.Member(key: $0.metric.name, value: $0.json) }))
      .withSortedKeys
  }
}

extension Effects {
  package var json: JSON {
    [
      "delta": measured(metric.delta), "run_sd": measured(cells.runSpread),
      "main": .array(main.map { .object($0.json) }),
      "trend": .array(trends.map { .object($0.json) }),
      "interactions": .array(interactions.map { .object($0.json) }),
      "level_means": .array(levelMeans.map(\.json)), "cells": .array(cells.cells.map(\.json)),
      "variance_shares": shares?.json ?? .null,
    ]
  }
}

extension Effects.Main {
  /// The members of the change and its result, keys in order.
  package var json: JSONObject {
    result.json(with: [
      "factor": .string(change.factor), "from": .string(change.from), "to": .string(change.to),
      "p_holm": measured(pHolm), "method": .string(method.name), "aliases": method.aliases,
      "unpaired": method.unpaired?.json(outcome: method.unpairedOutcome) ?? .null,
    ])
  }
}

extension Effects.Trend {
  /// The members of the trend and its result, keys in order.
  package var json: JSONObject {
    result.json(with: ["factor": .string(factor), "weights": .array(weights.map(measured))])
  }
}

extension Effects.Interaction {
  /// The members of the two changes and their result, keys in order.
  package var json: JSONObject {
    result.json(with: [
      "factor_a": .string(first.factor), "from_a": .string(first.from), "to_a": .string(first.to),
      "factor_b": .string(second.factor), "from_b": .string(second.from),
      "to_b": .string(second.to), "p_bh": measured(pFalseDiscovery),
    ])
  }
}

extension Analysis.Answer {
  /// The question's members beside those of the result, keys in order; `contrast` only for a trend.
  package var json: JSONObject {
    var members: JSONObject = [
      "factor": .string(question.factor), "from": .string(question.from),
      "to": .string(question.to), "metric": .string(question.metric), "at": JSON(question.at),
    ]
    if question.kind == .trend { members["contrast"] = .string(question.kind.rawValue) }
    return result.json(with: members)
  }
}

extension ContrastResult {
  /// Every key, with null for what is not defined.
  package var json: JSONObject { json(with: [:]) }

  fileprivate func json(with others: JSONObject) -> JSONObject {
    let object = members.merging(tests).merging(lost).merging(standingMembers).merging(others)
    return JSON.object(object).withSortedKeys.object ?? object
  }

  private var members: JSONObject {
    [
      "status": .string(status.rawValue), "n_seeds": JSON(seedCount),
      "seeds": .array(seeds.map { JSON($0) }),
      "dropped_seeds": .array(droppedSeeds.map { JSON($0) }),
      "n_settings": JSON(settings.total), "n_tuples": JSON(tuples.total),
      "per_seed": .array(perSeed.map(measured)), "estimate": measured(estimate),
      "sd": measured(spread), "complete_case_estimate": measured(completeCaseEstimate),
      "prob_superiority": measured(probabilityOfSuperiority),
      "tuples_up": JSON(tuples.up), "tuples_down": JSON(tuples.down),
      "tuples_tied": JSON(tuples.tied),
      "settings_up": JSON(settings.up), "settings_down": JSON(settings.down),
      "seeds_up": JSON(seedSigns.up), "seeds_down": JSON(seedSigns.down),
    ]
  }

  /// What is missing; null where nothing was lost.
  private var lost: JSONObject {
    guard !missing.isNothing else { return ["missing": .null] }
    return [
      "missing": [
        "withheld": JSON(missing.reason?.rawValue), "seeds": JSON(missing.seedCount),
        "complete_seeds": JSON(missing.completeSeedCount),
        "lost_runs": .array(missing.lostRuns.map { JSON($0) }),
        "lost_seeds": .array(missing.lostSeeds.map { JSON($0) }),
        "unfinished_runs": JSON(missing.unfinishedRuns), "bounds": missing.bounds?.json ?? .null,
      ]
    ]
  }

  private var tests: JSONObject {
    [
      "outcome": JSON(outcome?.rawValue), "lean": JSON(lean?.rawValue),
      "ruled_out": .array(ruledOut.map { .string($0.rawValue) }),
      "p_signflip": measured(signFlipP),
      "signflip_confirms": isConfirmedByFlips.map { .boolean($0) } ?? .null,
      "n_to_settle": JSON(seedsToSettle),
      "se": measured(test?.standardError), "df": measured(test?.degreesOfFreedom),
      "t": measured(test?.t), "p": measured(test?.p),
      "ci95": test?.confidence95.json ?? .null, "ci90": test?.confidence90.json ?? .null,
      "p_tost": measured(test?.pEquivalence),
      "p_up": measured(test?.pUp), "p_down": measured(test?.pDown),
    ]
  }
}

extension EffectMethod {
  fileprivate var aliases: JSON {
    guard case .leastSquares(let aliases) = self else { return .null }
    return .array(
      aliases.map { ["factors": JSON([$0.first, $0.second]), "share": measured($0.share)] }
    )
  }
}

extension UnpairedDifference {
  fileprivate func json(outcome: Direction?) -> JSON {
    [
      "estimate": measured(estimate), "se": measured(test?.standardError),
      "df": measured(test?.degreesOfFreedom), "t": measured(test?.t), "p": measured(test?.p),
      "ci95": test?.confidence95.json ?? .null, "ci90": test?.confidence90.json ?? .null,
      "outcome": JSON(outcome?.rawValue),
    ]
  }
}

extension VarianceShares {
  fileprivate var json: JSON {
    [
      "variance": measured(variance), "n_seeds": JSON(seedCount), "n_cells": JSON(cellCount),
      "shares": .array(
        shares.map { share in
          [
            "source": share.source.json, "share": measured(share.share),
            "ci95": share.interval?.json ?? .null,
          ]
        }
      ),
    ]
  }
}

extension VarianceShares.Source {
  fileprivate var json: JSON {
    switch self {
    case .factor(let name): JSON([name])
    case .pair(let first, let second): JSON([first, second])
    case .seed: "seed"
    case .rest: "rest"
    }
  }
}

extension CellMeans.Cell {
  fileprivate var json: JSON {
    [
      "levels": JSON(levels), "n": JSON(count), "mean": measured(mean), "sd": measured(spread),
    ]
  }
}

extension LevelMeans {
  fileprivate var json: JSON {
    let members = zip(factor.levels, means).map {
      JSONObject.Member(key: $0, value: measured($1))
    }
    return ["factor": .string(factor.name), "means": .object(JSONObject(members))]
  }
}

extension Interval {
  package var json: JSON { [measured(lower), measured(upper)] }
}

/// A number of the analysis with the digits that Swift gives it, whole ones without a point.
///
/// - Returns: null where it is not defined or overflowed: JSON has no infinity.
func measured(_ number: Double?) -> JSON {
  guard let number, number.isFinite else { return .null }
  let text = number.description
  return JSONNumber(text: text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
    .map(JSON.number) ?? .null
}
