package import Notation
package import Statistics

/// What people predicted beside the outcomes, as `sweep effects` prints it in JSON.
extension Scoring {
  /// All of it, keys in order.
  package var json: JSON {
    let object: JSON = [
      "predictions": .array(predictions.map(\.json)), "questions": .array(questions.map(\.json)),
      "people": .array(people.map(\.json)), "calibration": .array(calibration.map(\.json)),
      "overconfidence": measured(overconfidence),
    ]
    return object.withSortedKeys
  }
}

extension ScoredForecast {
  fileprivate var json: JSON {
    [
      "id": .string(forecast.id), "who": .string(forecast.who),
      "question": forecast.question.json, "estimate": measured(estimate),
      "outcome": JSON(outcome?.rawValue), "verdict": .string(verdict.rawValue),
      "leaning": JSON(leaning?.rawValue),
      "predicted_ruled_out": .boolean(isRuledOut),
      "probs": forecast.belief?.json ?? .null, "brier": measured(brier),
      "points": measured(points), "log_score": measured(logScore), "rps": measured(rankedScore),
      "interval_hit": rangeHit.map(JSON.boolean) ?? .null,
      "interval_verdict": JSON(rangeVerdict?.rawValue), "interval_score": measured(rangeScore),
    ]
  }
}

extension QuestionSummary {
  fileprivate var json: JSON {
    [
      "question": question.json, "outcome": JSON(outcome?.rawValue),
      "votes": .object(
        JSONObject(votes.map { JSONObject.Member(key: $0.rawValue, value: JSON($1)) })
      ),
      "plurality": JSON(plurality?.rawValue),
      "consensus": consensus?.json ?? .null, "consensus_brier": measured(consensusBrier),
      "mean_brier": measured(meanBrier), "diversity": measured(diversity),
    ]
  }
}

extension PersonSummary {
  fileprivate var json: JSON {
    [
      "who": .string(who), "n": JSON(predictions), "right": JSON(right), "wrong": JSON(wrong),
      "not_settled": JSON(notSettled), "n_scored": JSON(scored),
      "mean_brier": measured(meanBrier), "mean_points": measured(meanPoints),
      "skill_uniform": measured(skill), "vs_textbook": measured(versusTextbook),
      "peer_mean": measured(versusPeers),
    ]
  }
}

extension CalibrationBin {
  fileprivate var json: JSON {
    [
      "lo": measured(lower), "hi": measured(upper), "n": JSON(count), "right": JSON(right),
      "mean_confidence": measured(meanConfidence), "share_right": measured(shareRight),
      "wilson95": wilson95?.json ?? .null,
    ]
  }
}

extension Belief {
  /// The three probabilities.
  package var json: JSON {
    ["down": measured(down), "none": measured(none), "up": measured(up)]
  }
}

extension Question {
  fileprivate var json: JSON {
    let parts = [factor, kind.rawValue, from, to, metric].map(JSON.string)
    return .array(parts + (at.isEmpty ? [] : [JSON(at)]))
  }
}
