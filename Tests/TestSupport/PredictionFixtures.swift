package import Foundation
package import Statistics
package import Sweeps

/// A spec with two questions, for predictions.
package func predictedSpec(seeds: String = "3", delta: String = "0.02") throws -> Spec {
  let trainer = Trainer(
    version: 1,
    settings: [],
    metrics: [],
    dataSettings: [],
    dataDigest: { _, _ in "" }
  )
  let text = """
    { "name": "p", "command": ["x", "{a}", "{b}"], "axes": { "a": [0, 1], "b": ["x", "y"] },
      "seeds": \(seeds), "metrics": { "loss": { "better": "lower", "delta": \(delta) } },
      "questions": [
        { "id": "q1", "factor": "a", "from": 0, "to": 1, "metric": "loss", "at": { "b": "x" } },
        { "id": "q2", "factor": "b", "from": "x", "to": "y", "metric": "loss" } ] }
    """
  return try Spec.stored(text: text, directory: "/", trainer: trainer)
}

/// A prediction of a question of that spec.
package func prediction(
  _ who: String,
  _ asked: AskedQuestion,
  _ direction: Direction,
  round: Int = 1
) -> Prediction {
  Prediction(
    who: who,
    round: round,
    asked: asked,
    direction: direction,
    confidencePercent: 70,
    rationale: "less co-adaptation – “noise” helps"
  )
}

/// A moment a number of seconds into the class.
package func moment(_ seconds: Double) -> Date {
  Date(timeIntervalSince1970: 1_770_000_000 + seconds)
}

/// A chain of four predictions, sealed at 10, 20, 30 and 40 seconds.
package func smallChain(_ spec: Spec) -> PredictionChain {
  var chain = PredictionChain(opening: spec, at: moment(0))
  let answers: [(String, Int, Direction)] = [
    ("ana", 0, .up), ("ana", 1, .none), ("ben", 0, .down), ("ben", 1, .down),
  ]
  for (place, (who, question, direction)) in answers.enumerated() {
    chain.append(
      prediction(who, spec.questions[question], direction),
      nonce: String(repeating: "\(place)", count: 32),
      at: moment(Double(place + 1) * 10)
    )
  }
  return chain
}
