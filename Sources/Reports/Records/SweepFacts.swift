import Foundation
import Notation
import Statistics
import Sweeps

/// What the data formats write of a sweep: facts about the whole first, then the analysis, the predictions, the
/// runs and the curves.
struct SweepFacts {
  private let evidence: Evidence
  private let effects: [Effects]
  private let questions: [AskedQuestion]
  private let forecasts: Forecasts?
  private let answers: [Section]

  /// - Parameters:
  ///   - evidence: The spec and what became of its runs.
  ///   - effects: One value per metric; empty for a report that shows no effects.
  ///   - questions: The questions whose answers are shown.
  ///   - forecasts: The scored predictions; nil where nobody predicted, or nothing may be shown.
  ///   - answers: The sections that say in sentences what came out.
  init(
    _ evidence: Evidence,
    effects: [Effects] = [],
    questions: [AskedQuestion] = [],
    forecasts: Forecasts? = nil,
    answers: [Section] = []
  ) {
    self.evidence = evidence
    self.effects = effects
    self.questions = questions
    self.forecasts = forecasts
    self.answers = answers
  }

  var facts: Facts {
    let (evidence, effects, questions, forecasts) = (evidence, effects, questions, forecasts)
    var parts: [Facts.Part] = origin
    parts.append(.fact(key: "findings", .array(answers.flatMap(\.sentences).map(JSON.string))))
    // While runs are missing nothing is scored.
    let scoring = evidence.unfinished == 0 ? forecasts?.scoring : nil
    parts += [
      .tree(key: "effects") { try JSONText.effects(effects) },
      .records(key: nil, kind: "effect") { try EffectRecords(effects).write(to: $0) },
      .records(key: "questions", kind: "question") {
        try QuestionRecords(evidence, questions, forecasts).write(to: $0)
      },
      .records(key: "predictions", kind: "prediction") {
        try PredictionRecords(evidence, forecasts).write(to: $0)
      },
      .tree(key: "scoring") { try JSONText.tree(scoring) },
      .records(key: "runs", kind: "run") { try RunRecords(evidence).write(to: $0) },
      .records(key: "curves", kind: nil) { try CurveRecords(evidence).writeColumns(to: $0) },
      .records(key: nil, kind: "curve") { try CurveRecords(evidence).writePoints(to: $0) },
    ]
    return Facts(parts)
  }

  /// What was run, how it ended, and what made it.
  private var origin: [Facts.Part] {
    var counts: JSONObject = ["planned": .number(JSONNumber(evidence.planned))]
    for status in RunStatus.allCases where status.isConcluded {
      counts[status.rawValue] = .number(JSONNumber(evidence.count(status)))
    }
    counts["unfinished"] = .number(JSONNumber(evidence.unfinished))
    counts["excluded_cells"] = .number(JSONNumber(evidence.excludedCells))
    let work = evidence.records.reduce(0.0) { $0 + $1.duration.seconds }
    return [
      .fact(key: "sweep", .string(evidence.spec.name)),
      .fact(key: "question", evidence.spec.question.map(JSON.string) ?? .null),
      .fact(key: "interim", .boolean(evidence.unfinished > 0)),
      .fact(key: "counts", .object(counts)),
      .fact(key: "seeds", .array(evidence.spec.seeds.map { .number(JSONNumber($0)) })),
      .fact(key: "metrics", .array(evidence.metrics().map(\.json))),
      .fact(key: "spec_digest", .string(evidence.spec.digest)),
      .fact(key: "spec", JSON(line: Array(evidence.spec.text.utf8)) ?? .null),
      .fact(key: "provenance", .array(evidence.provenance.map(\.members))),
      .fact(key: "work_seconds", .number(JSONNumber(work))),
      .fact(key: "sessions", .array(evidence.sessions.map(\.json))),
      .fact(key: "seal", evidence.predictions?.json ?? .null),
      .fact(key: "claim", .string(evidence.spec.claim.text)),
    ]
  }
}

extension Metric {
  fileprivate var json: JSON {
    [
      "name": .string(name), "better": .string(better.rawValue),
      "delta": .number(JSONNumber(declaredDelta)), "scale": .string(scale.rawValue),
      "show": .string(show.rawValue),
    ]
  }
}

extension Provenance {
  /// The origin as the store keeps it.
  fileprivate var members: JSON {
    // A provenance that was read from JSON can be written as JSON.
    guard let text = try? json, let object = JSON(line: Array(text.utf8)) else {
      preconditionFailure("a provenance does not encode")
    }
    return object
  }
}

extension Session {
  /// What a start did and took, beside what was expected of it.
  fileprivate var json: JSON {
    func number(_ value: Double?) -> JSON { value.map { .number(JSONNumber($0)) } ?? .null }
    return [
      "runs": .number(JSONNumber(concluded)), "seconds": number(seconds),
      "expected_seconds": number(estimate?.seconds),
      "expected_standard_error": number(estimate?.standardError),
    ]
  }
}

extension PredictionStanding {
  fileprivate var json: JSON {
    let change: JSON =
      switch self.change {
      case .unchanged: "unchanged"
      case .extended(let from, let to): .string("extended from \(from) to \(to) seeds")
      case .changed(let keys): .string("changed: " + keys.joined(separator: ", "))
      }
    return [
      "head": .string(head), "spec": change,
      "eligible": .number(JSONNumber(eligible.count)), "late": .number(JSONNumber(late.count)),
    ]
  }
}

extension JSONText {
  /// The effects by metric under the keys of `sweep effects`, laid out on many lines.
  static func effects(_ effects: [Effects]) throws -> String {
    struct ByMetric: Encodable {
      let effects: [String: Effects]

      func encode(to encoder: any Encoder) throws { try effects.encode(to: encoder) }
    }
    let named = Dictionary(effects.map { ($0.metric.name, $0) }) { first, _ in first }
    return String(decoding: try encoded(ByMetric(effects: named), isPretty: true), as: UTF8.self)
  }

  static func tree(_ scoring: Scoring?) throws -> String {
    guard let scoring else { return "null" }
    return String(decoding: try encoded(scoring, isPretty: true), as: UTF8.self)
  }
}
