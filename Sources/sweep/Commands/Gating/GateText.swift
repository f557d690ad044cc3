import Foundation
import Laboratory
import Notation
import Reports
import Statistics
import Sweeps

extension GateAnswer {
  /// The one line that a gate prints.
  ///
  /// ```
  /// keep: valid_loss lower by 0.041 than 'base' (−0.061 to −0.021 over all looks; 0.02 matters), look 1 of 4, 5 seeds
  /// not yet: run seeds 5, 6, 7 of both; so far valid_loss lower by 0.012 (...), look 1 of 4, 5 seeds
  /// ```
  var sentence: String {
    let words =
      switch decision {
      case .keep: "keep: \(found)"
      case .discard: "discard: \(why)\(found)"
      case .notYet: "not yet: \(need)\(experiment.looks.isEmpty ? "" : "; so far \(found)")"
      }
    return words + standing
  }

  /// What the last look found, and how far it may be relied on.
  private var found: String {
    let number = experiment.looks.count
    let seeds = experiment.looks.last?.seeds ?? 0
    let place =
      "look \(number) of \(experiment.schedule.seeds.count), \(Numeral.counted(seeds, "seed"))"
    guard let change else { return place }
    let text = EffectText(change.estimate, change.interval, of: metric)
    let interval = text.interval.map { "\($0) over all looks; " } ?? ""
    return
      "\(metric.name) \(text.estimate ?? "") beside '\(experiment.candidate.baseline.name)' (\(interval)\(text.delta) matters), \(place)"
  }

  private var why: String {
    switch reason {
    case .worse: "worse: "
    case .noDifference: "the change is smaller than what matters: "
    case .identical: "nothing changed in any seed (did the change reach the program?): "
    case .lostRuns:
      "one side has results where the other has none, so that they cannot be compared fairly: "
    case .tooFewSeeds: "too few seeds with results on both sides: "
    case .noSpread: "all seeds show the same change (are they really different?): "
    case .open: "not settled after the last look: "
    case .hopeless: "under 5 % chance to be kept at the last look: "
    case .better, nil: ""
    }
  }

  /// The seeds that are still to be run.
  private var need: String {
    func list(_ seeds: [Int]) -> String { seeds.map(String.init).joined(separator: ", ") }
    let (one, other) = missing
    let (a, b) = (experiment.candidate.baseline.name, experiment.candidate.candidate.name)
    if one == other { return "run seeds \(list(one)) of both" }
    let parts = [(one, a), (other, b)].filter { !$0.0.isEmpty }.map { "\(list($0)) of '\($1)'" }
    return "run seeds \(parts.joined(separator: " and "))"
  }

  private var standing: String {
    guard let series else { return "" }
    return
      "; '\(series.name)': \(series.kept) kept of \(series.judged) judged, at most \(Numeral.plain(series.share * 100)) % of them expected to be luck"
  }

  /// The answer for programs.
  var json: JSON {
    func seeds(_ seeds: [Int]) -> JSON { .array(seeds.map { JSON($0) }) }
    var object: JSONObject = [
      "format": "gate/1", "decision": .string(decision.rawValue),
      "baseline": .string(experiment.candidate.baseline.name),
      "candidate": .string(experiment.candidate.candidate.name), "metric": .string(metric.name),
      "delta": JSON(metric.declaredDelta), "level": JSON(experiment.level),
      "looks": seeds(experiment.schedule.seeds), "look": JSON(experiment.looks.count),
      "seeds": JSON(experiment.looks.last?.seeds ?? 0),
      "missing": ["baseline": seeds(missing.baseline), "candidate": seeds(missing.candidate)],
    ]
    object["reason"] = reason.map { .string($0.rawValue) }
    object["estimate"] = change.map { JSON($0.estimate) }
    object["interval"] = change?.interval.map { [JSON($0.lower), JSON($0.upper)] }
    object["ledger"] = series.map { series in
      [
        "name": .string(series.name), "kept": JSON(series.kept), "judged": JSON(series.judged),
        "opened": JSON(series.opened), "share": JSON(series.share),
      ]
    }
    return .object(object)
  }
}
