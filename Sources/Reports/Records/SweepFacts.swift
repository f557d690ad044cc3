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
  private let looks: LookSequence?

  /// - Parameters:
  ///   - evidence: The spec and what became of its runs.
  ///   - effects: One value per metric; empty for a report that shows no effects.
  ///   - questions: The questions whose answers are shown.
  ///   - forecasts: The scored predictions; nil where nobody predicted, or nothing may be shown.
  ///   - answers: The sections that say in sentences what came out.
  ///   - looks: What a rule of seeds made of the runs; nil without one, and where that may not be shown.
  init(
    _ evidence: Evidence,
    effects: [Effects] = [],
    questions: [AskedQuestion] = [],
    forecasts: Forecasts? = nil,
    answers: [Section] = [],
    looks: LookSequence? = nil
  ) {
    self.evidence = evidence
    self.effects = effects
    self.questions = questions
    self.forecasts = forecasts
    self.answers = answers
    self.looks = looks
  }

  var facts: Facts {
    let (evidence, effects, questions, forecasts) = (evidence, effects, questions, forecasts)
    var parts: [Facts.Part] = origin
    if let looks { parts.append(.fact(key: "seed_rule", rule(looks))) }
    if evidence.versions.areMixed { parts.append(.fact(key: "versions", versions)) }
    parts.append(.fact(key: "findings", JSON(answers.flatMap(\.sentences))))
    // While runs are missing nothing is scored.
    let scoring = evidence.isFinal ? forecasts?.scoring : nil
    parts += [
      .tree(key: "effects") { effects.json },
      .records(key: nil, kind: "effect") { try EffectRecords(effects).write(to: $0) },
      .records(key: "questions", kind: "question") {
        try QuestionRecords(evidence, questions, forecasts).write(to: $0)
      },
      .records(key: "predictions", kind: "prediction") {
        try PredictionRecords(evidence, forecasts).write(to: $0)
      },
      .tree(key: "scoring") { scoring?.json ?? .null },
      .records(key: "runs", kind: "run") { try RunRecords(evidence).write(to: $0) },
      .records(key: "curves", kind: nil) { try CurveRecords(evidence).writeColumns(to: $0) },
      .records(key: nil, kind: "curve") { try CurveRecords(evidence).writePoints(to: $0) },
    ]
    return Facts(parts)
  }

  /// The rule with its levels, and every question look by look.
  private func rule(_ looks: LookSequence) -> JSON {
    var object = looks.ruleJSON.object ?? [:]
    object["sealed_at"] = JSON(evidence.sealedAt?.formatted(.iso8601))
    object["runs_planned"] = JSON(evidence.planned)
    object["runs_at_most"] = JSON(evidence.mostPlanned)
    object["questions"] = .array(looks.walks.map { .object($0.json) })
    return .object(object)
  }

  /// The versions of a program that made the runs, where there is more than one.
  private var versions: JSON {
    .array(
      evidence.versions.all.map { version in
        [
          "name": .string(version.name), "files": .string(version.files),
          "commit": .string(version.commit),
          "runs": JSON(evidence.records.count { evidence.versions[$0.run.id] == version }),
        ]
      }
    )
  }

  /// What was run, how it ended, and what made it.
  private var origin: [Facts.Part] {
    var counts: JSONObject = ["planned": JSON(evidence.planned)]
    for status in RunStatus.allCases where status.isConcluded {
      counts[status.rawValue] = JSON(evidence.count(status))
    }
    counts["unfinished"] = JSON(evidence.unfinished)
    counts["excluded_cells"] = JSON(evidence.excludedCells)
    let work = evidence.records.reduce(0.0) { $0 + $1.duration.seconds }
    return [
      .fact(key: "sweep", .string(evidence.spec.name)),
      .fact(key: "question", JSON(evidence.spec.question)),
      .fact(key: "interim", .boolean(!evidence.isFinal)),
      .fact(key: "counts", .object(counts)),
      .fact(key: "seeds", .array(evidence.spec.seeds.map { JSON($0) })),
      .fact(key: "metrics", .array(evidence.metrics().map(\.json))),
      .fact(key: "spec_digest", .string(evidence.spec.digest)),
      .fact(key: "spec", JSON(line: evidence.spec.text.utf8) ?? .null),
      .fact(key: "provenance", .array(evidence.provenance.map(\.json))),
      .fact(key: "work_seconds", JSON(work)),
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
      "delta": JSON(declaredDelta), "scale": .string(scale.rawValue),
      "show": .string(show.rawValue),
    ]
  }
}

extension Session {
  /// What a start did and took, beside what was expected of it.
  fileprivate var json: JSON {
    [
      "runs": JSON(concluded), "seconds": JSON(seconds),
      "expected_seconds": JSON(estimate?.seconds),
      "expected_standard_error": JSON(estimate?.standardError),
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
      "eligible": JSON(eligible.count), "late": JSON(late.count),
    ]
  }
}
