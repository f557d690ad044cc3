import Notation
import Statistics
import Sweeps

/// Why people expected what they did, question by question.
struct ReasonsSection: ReportSection {
  private let spec: Spec
  private let reasons: [Reason]

  init(_ findings: Findings) {
    spec = findings.evidence.spec
    reasons = Reason.all(in: findings.evidence)
  }

  var sections: [Section] {
    let blocks = spec.askedQuestions.compactMap { asked -> Block? in
      let lines = reasons.filter { $0.question == asked.question }.map { reason -> Prose in
        "\(strong: reason.who) (\(reason.answer)): \(reason.text)"
      }
      guard !lines.isEmpty else { return nil }
      let name = spec.name(of: asked.question)
      return .disclosure(
        "\(code: name): \(Numeral.counted(lines.count, "reason"))",
        [.paragraph("\(strong: name)"), .list(lines)]
      )
    }
    return blocks.isEmpty ? [] : [Section("Why people expected it", blocks)]
  }
}

/// A reason that somebody gave in time.
struct Reason {
  let who: String
  let question: Question
  /// What was said and in which round: `down, round 2`.
  let answer: String
  let text: String

  /// All reasons in the order in which they were sealed; answers without one are left out.
  static func all(in evidence: Evidence) -> [Reason] {
    (evidence.predictions?.eligible ?? []).map(\.prediction).filter { !$0.rationale.isEmpty }.map {
      Reason(
        who: $0.who,
        question: $0.asked.question,
        answer: $0.direction.rawValue + ($0.round == 1 ? "" : ", round \($0.round)"),
        text: $0.rationale
      )
    }
  }
}
