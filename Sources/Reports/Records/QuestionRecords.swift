import Notation
import Statistics
import Sweeps

/// One record per question: what was asked, what the runs say, and what people and the textbook said.
struct QuestionRecords {
  private let evidence: Evidence
  private let questions: [AskedQuestion]
  private let forecasts: Forecasts?
  private let mixed: MixedContrasts

  init(_ evidence: Evidence, _ questions: [AskedQuestion], _ forecasts: Forecasts?) {
    self.evidence = evidence
    self.questions = questions
    self.forecasts = forecasts
    mixed = MixedContrasts(evidence, design: evidence.design)
  }

  func write(to take: (JSONMembers) throws -> Void) throws {
    guard !questions.isEmpty else { return }
    let runs = PairedRuns(evidence.table, design: evidence.design)
    for asked in questions {
      let question = asked.question
      var members = JSONMembers()
      members.append("id", .string(asked.id))
      members.append("ask", .string(asked.ask))
      members.append(
        contentsOf: Analysis.Answer(question: question, result: runs.result(question)).json
      )
      if let mixed = mixed[question] { members.append("mixed_versions", mixed.json) }
      append(question, to: &members)
      try take(members)
    }
  }

  /// Votes of both rounds, their mean belief and the textbook beside the outcome.
  private func append(_ question: Question, to members: inout JSONMembers) {
    guard let forecasts else { return }
    let before = forecasts.scoring.questions.first { $0.question == question }
    let after = forecasts.afterDiscussion.questions.first { $0.question == question }
    members.append("votes", before?.votesJSON ?? .null)
    members.append("votes_after_discussion", after?.votesJSON ?? .null)
    members.append("consensus", before?.consensus?.json ?? .null)
    members.append("textbook", textbook(question))
  }

  private func textbook(_ question: Question) -> JSON {
    let entry = evidence.spec.textbook.first { $0.asked.question == question }
    guard let entry, let scored = forecasts?.scoring.textbook(on: question) else { return .null }
    return [
      "direction": .string(entry.direction.rawValue),
      "confidence_pct": JSON(entry.confidencePercent),
      "source": .string(entry.source),
      "fails_when": JSON(entry.failsWhen),
      "verdict": evidence.isFinal ? .string(scored.verdict.rawValue) : .null,
    ]
  }
}

extension QuestionSummary {
  fileprivate var votesJSON: JSON {
    .object(
      JSONObject(
        Direction.allCases.map {
          JSONObject.Member(key: $0.rawValue, value: JSON(votes[$0] ?? 0))
        }
      )
    )
  }
}
