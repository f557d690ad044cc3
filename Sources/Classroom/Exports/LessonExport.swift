import Reports
import Statistics
import Sweeps

/// What can be taken home of a lesson.
package struct LessonExport: Sendable {
  let lesson: Lesson
  let facts: LessonFacts

  package init(_ lesson: Lesson, facts: LessonFacts) {
    self.lesson = lesson
    self.facts = facts
  }

  private var questions: [AskedQuestion] { lesson.syllabus.questions }

  /// Comma-separated votes, one row for each person and round, which `sweep predict --from` reads.
  ///
  /// ```text
  /// who,round,dropout,dropout confidence,dropout why
  /// Otter 7,1,down,65,less co-adaptation
  /// ```
  package var votes: String {
    let columns = questions.flatMap { [$0.id, $0.id + " confidence", $0.id + " why"] }
    var text = line(["who", "round"] + columns)
    for person in lesson.present {
      for round in [1, 2] {
        let votes = questions.map { lesson.vote(of: person.id, on: Ballot.ID($0.id, round: round)) }
        guard votes.contains(where: { $0 != nil }) else { continue }
        let fields = votes.flatMap { vote in
          [
            vote?.direction.rawValue ?? "", vote?.confidencePercent.map(String.init) ?? "",
            vote?.reason ?? "",
          ]
        }
        text += line([person.pseudonym, "\(round)"] + fields)
      }
    }
    return text
  }

  /// Comma-separated reasons, those that were hidden too, with what the desk did with them.
  package var reasons: String {
    var text = line(["question", "round", "who", "answer", "confidence_pct", "reason", "standing"])
    for question in questions {
      for round in [1, 2] {
        for reason in lesson.reasons(Ballot.ID(question.id, round: round)) {
          text += line([
            question.id, "\(round)", lesson.person(reason.id.person)?.pseudonym ?? "",
            reason.vote.direction.rawValue, reason.vote.confidencePercent.map(String.init) ?? "",
            reason.vote.reason, reason.standing.rawValue,
          ])
        }
      }
    }
    return text
  }

  /// Comma-separated: who took part in how much, for a grade book; nothing says who was right.
  package var participation: String {
    var text = line(["name", "pseudonym", "answers round 1", "answers round 2", "reasons"])
    for person in lesson.present {
      let votes = [1, 2].map { round in
        questions.compactMap { lesson.vote(of: person.id, on: Ballot.ID($0.id, round: round)) }
      }
      let reasons = votes.joined().count { !$0.reason.isEmpty }
      text += line([
        person.name, person.pseudonym, "\(votes[0].count)", "\(votes[1].count)", "\(reasons)",
      ])
    }
    return text
  }

  private func line(_ fields: [String]) -> String { CSV.line(fields.map { .text($0) }) }
}
