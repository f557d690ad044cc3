package import Notation
package import Statistics

/// A rule of looks as `sweep effects` and reports have it in JSON.
extension LookSequence {
  /// What the rule is: its name, the looks, and the one-sided level of each.
  package var ruleJSON: JSON {
    [
      "rule": .string(LookSchedule.rule),
      "looks": .array(plan.schedule.seeds.map { JSON($0) }),
      "alpha": measured(plan.alpha),
      "level_change": .array(plan.change.map { measured($0) }),
      "level_none": .array(plan.none.map { measured($0) }),
      "taken": JSON(taken), "finished": .boolean(isFinished),
    ]
  }

  /// Seeds by cell, its levels joined by slashes.
  func seedsOfCell(_ factors: [Factor]) -> JSON {
    JSON.object(
      JSONObject(
        reached.map { cell, look in
          JSONObject.Member(
            key: zip(factors, cell).map { $0.levels[$1] }.joined(separator: "/"),
            value: JSON(plan.schedule.seeds[look])
          )
        }
      )
    ).withSortedKeys
  }
}

extension LookSequence.Walk {
  /// The question with its results look by look.
  package var json: JSONObject {
    let state = last?.look?.state ?? .open
    return [
      "factor": .string(question.factor), "from": .string(question.from),
      "to": .string(question.to), "metric": .string(question.metric), "at": JSON(question.at),
      "state": .string(state.rawValue), "outcome": JSON(last?.outcome?.rawValue),
      "decided_at": JSON(last?.look?.number), "looks": .array(results.map(\.lookJSON)),
    ]
  }
}

extension ContrastResult {
  /// The moments at a look, its levels and what they decide; null where it is not defined.
  fileprivate var lookJSON: JSON {
    [
      "look": JSON(look?.number), "planned_seeds": JSON(look?.plannedSeeds),
      "n_seeds": JSON(seedCount), "seeds": .array(seeds.map { JSON($0) }),
      "level_change": measured(look?.levels?.change), "level_none": measured(look?.levels?.none),
      "status": .string(status.rawValue), "estimate": measured(estimate), "sd": measured(spread),
      "se": measured(test?.standardError), "df": measured(test?.degreesOfFreedom),
      "t": measured(test?.t), "p": measured(test?.p), "p_up": measured(test?.pUp),
      "p_down": measured(test?.pDown), "p_tost": measured(test?.pEquivalence),
      "p_looks": measured(look?.pOverLooks), "ci95_looks": test?.confidence95.json ?? .null,
      "ci90_looks": test?.confidence90.json ?? .null, "outcome": JSON(outcome?.rawValue),
      "lean": JSON(lean?.rawValue), "ruled_out": .array(ruledOut.map { .string($0.rawValue) }),
      "chance": measured(look?.chance), "state": JSON(look?.state.rawValue),
    ]
  }

  /// Where it stands in a rule of looks; empty where all seeds are looked at once.
  var standingMembers: JSONObject {
    guard let look else { return [:] }
    return [
      "look": JSON(look.number), "possible_looks": JSON(look.looks),
      "common_look": JSON(look.commonLook), "planned_seeds": JSON(look.plannedSeeds),
      "level_change": measured(look.levels?.change), "level_none": measured(look.levels?.none),
      "state": .string(look.state.rawValue), "chance": measured(look.chance),
      "p_looks": measured(look.pOverLooks), "first_estimate": measured(look.first?.estimate),
      "ci95_looks": test?.confidence95.json ?? .null,
      "ci90_looks": test?.confidence90.json ?? .null,
      "all_seeds": look.allSeeds.map {
        ["n_seeds": JSON($0.count), "estimate": measured($0.estimate)]
      } ?? .null,
      "any_looking": .boolean(look.countsLaterSeeds),
    ]
  }
}

extension Effects {
  /// The changes of a metric in one list over all metrics, each with what its looks decided.
  func lookRows(alpha: Double) -> [JSON] {
    main.map { effect in
      let result = effect.result
      let isLucky =
        (result.outcome == .up || result.outcome == .down) && (effect.pHolm ?? 1) >= alpha
      return [
        "factor": .string(effect.change.factor), "from": .string(effect.change.from),
        "to": .string(effect.change.to), "metric": .string(metric.name),
        "possible_looks": JSON(result.look?.looks), "look": JSON(result.look?.number),
        "common_look": JSON(result.look?.commonLook), "n_seeds": JSON(result.seedCount),
        "estimate": measured(result.estimate),
        "ci95_looks": result.test?.confidence95.json ?? .null,
        "outcome": JSON(result.outcome?.rawValue), "lean": JSON(result.lean?.rawValue),
        "p": measured(result.test?.p), "p_looks": measured(result.look?.pOverLooks),
        "p_holm": measured(effect.pHolm), "dagger": .boolean(isLucky),
      ]
    }
  }
}
