package import Notation
package import Statistics

/// What one person expects of one question, before the runs.
package struct Prediction: Sendable, Equatable {
  /// A pseudonym; `textbook` is reserved for what the spec quotes.
  package let who: String
  /// 1 before the discussion, 2 after it.
  package let round: Int
  package let asked: AskedQuestion
  package let direction: Direction
  /// The probability of the direction in per cent, 34 to 100; nil where the person gave none.
  package let confidencePercent: Int?
  /// One sentence why; empty where the person gave none.
  package let rationale: String

  package init(
    who: String,
    round: Int,
    asked: AskedQuestion,
    direction: Direction,
    confidencePercent: Int?,
    rationale: String
  ) {
    self.who = who
    self.round = round
    self.asked = asked
    self.direction = direction
    self.confidencePercent = confidencePercent
    self.rationale = rationale
  }

  /// The same prediction under another name.
  func by(_ who: String) -> Prediction {
    Prediction(
      who: who,
      round: round,
      asked: asked,
      direction: direction,
      confidencePercent: confidencePercent,
      rationale: rationale
    )
  }

  /// The same prediction as of somebody who gave no reason.
  var withoutReason: Prediction {
    Prediction(
      who: who,
      round: round,
      asked: asked,
      direction: direction,
      confidencePercent: confidencePercent,
      rationale: ""
    )
  }

  /// The name that no person may take.
  package static let textbookName = "textbook"

  /// Below this the direction would not be the one thought most likely of three.
  package static let confidenceBounds = 34...100

  /// What is sealed: an object of strings and whole numbers only, so that no number can be written in two ways.
  ///
  /// - Parameter config: The digest of the spec that the prediction is about.
  /// - Returns: The payload of the seal.
  package func payload(config: String) -> JSONObject {
    let question = asked.question
    var members: [JSONObject.Member] = [
      .init(key: "who", value: .string(who)),
      .init(key: "round", value: JSON(round)),
      .init(key: "question", value: .string(asked.id)),
      .init(key: "factor", value: .string(question.factor)),
      .init(key: "from", value: .string(question.from)),
      .init(key: "to", value: .string(question.to)),
      .init(key: "metric", value: .string(question.metric)),
      .init(key: "at", value: .string(question.atText)),
      .init(key: "direction", value: .string(direction.rawValue)),
      .init(key: "rationale", value: .string(rationale)),
      .init(key: "config_sha256", value: .string(config)),
    ]
    if let confidencePercent {
      members.append(
        .init(key: "confidence_pct", value: JSON(confidencePercent))
      )
    }
    return JSONObject(members)
  }

  /// Reads a payload back.
  ///
  /// - Returns: nil where a member is missing or of another kind.
  package init?(payload: JSONObject) {
    guard let who = payload["who"]?.string, let round = payload["round"]?.integer,
      let id = payload["question"]?.string, let factor = payload["factor"]?.string,
      let from = payload["from"]?.string, let to = payload["to"]?.string,
      let metric = payload["metric"]?.string,
      let at = payload["at"]?.string.flatMap(Question.held(atText:)),
      let direction = payload["direction"]?.string.flatMap(Direction.init),
      let rationale = payload["rationale"]?.string
    else { return nil }
    self.init(
      who: who,
      round: round,
      asked: AskedQuestion(
        id: id,
        question: Question(factor: factor, from: from, to: to, metric: metric, at: at)
      ),
      direction: direction,
      confidencePercent: payload["confidence_pct"]?.integer,
      rationale: rationale
    )
  }
}

extension Question {
  /// What is held fixed, as canonical JSON: one text for equal sets of levels.
  package var atText: String { JSON(at).canonical }

  /// Reads what `atText` wrote.
  static func held(atText: String) -> [String: String]? {
    guard let object = JSON(line: Array(atText.utf8))?.object else { return nil }
    var held: [String: String] = [:]
    for member in object.members {
      guard let level = member.value.string else { return nil }
      held[member.key] = level
    }
    return held
  }

  /// The same change the other way round.
  var reversed: Question {
    Question(factor: factor, kind: kind, from: to, to: from, metric: metric, at: at)
  }
}
