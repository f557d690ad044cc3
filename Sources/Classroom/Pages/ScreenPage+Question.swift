import Notation
import Reports
import Statistics
import Sweeps

extension ScreenPage {
  private func metric(_ question: AskedQuestion) -> Metric {
    lesson.syllabus.metric(of: question)
  }

  /// The question as it is read aloud, and what is changed in it.
  private func heading(_ page: inout MarkupWriter, _ question: AskedQuestion) {
    page.element("h1", text: question.spoken)
  }

  /// How many answered, never what.
  func asking(_ page: inout MarkupWriter, _ id: String, _ round: Int) {
    guard let question = lesson.syllabus.question(id) else { return }
    let ballot = Ballot.ID(id, round: round)
    page.element("p", [("class", "kicker")], text: round == 1 ? "First vote" : "Second vote")
    heading(&page, question)
    page.element("ul", [("class", "choices")]) { page in
      for direction in Direction.offered {
        page.element("li") { $0.answer(direction, amount: metric(question).amount(direction)) }
      }
    }
    page.element("p", [("class", "here"), ("role", "status")]) { page in
      page.element("b", text: "\(lesson.answered(ballot)) of \(lesson.present.count)")
      page.text(" answered")
      if case .open(let until?) = lesson[ballot].state {
        page.text(" · ")
        page.countdown(until: until, now: facts.now)
      } else if lesson[ballot].state == .closed {
        page.text(" · closed")
      }
    }
  }

  func votes(_ page: inout MarkupWriter, _ id: String, _ round: Int) {
    guard let question = lesson.syllabus.question(id) else { return }
    page.element(
      "p",
      [("class", "kicker")],
      text: round == 1 ? "You expect" : "Before and after the discussion"
    )
    heading(&page, question)
    let rounds = (1...round).map { lesson.tally(Ballot.ID(id, round: $0)) }
    VoteBars(rounds: rounds).write(to: &page)
    if round == 2 { page.element("p", [("class", "here")], text: moved(id)) }
  }

  /// Who went from where to where.
  private func moved(_ id: String) -> String {
    let moves = lesson.moves(id)
    guard !moves.isEmpty else { return "Nobody answered both times." }
    let changed = Dictionary(grouping: moves.filter { $0.from != $0.to }) { $0 }
    guard !changed.isEmpty else { return "Nobody changed their mind." }
    let words = changed.sorted {
      ($1.value.count, $0.key.from.letter + $0.key.to.letter)
        < ($0.value.count, $1.key.from.letter + $1.key.to.letter)
    }
    .prefix(3).map { "\($0.value.count) from \($0.key.from.letter) to \($0.key.to.letter)" }
    let count = changed.values.reduce(0) { $0 + $1.count }
    return "\(count) of \(moves.count) changed their mind: " + words.joined(separator: ", ") + "."
  }

  func discussing(_ page: inout MarkupWriter, _ id: String) {
    guard let question = lesson.syllabus.question(id) else { return }
    let chosen = [1, 2].flatMap { lesson.reasons(Ballot.ID(id, round: $0)) }
      .filter { $0.standing == .chosen }
    page.element("h1", text: "Find somebody who sees it differently")
    // Three long reasons need the height; phones show the whole question.
    page.element(
      "p",
      [("class", "value")],
      text: chosen.isEmpty ? question.spoken : question.change
    )
    page.element("div", [("class", "reasons")]) { page in
      for reason in chosen {
        page.element("figure") { page in
          page.element("figcaption") { $0.answer(reason.vote.direction) }
          page.element("blockquote", [("dir", "auto")], text: reason.vote.reason)
        }
      }
    }
  }

  /// What the class expects while it is sealed; then the textbook, one seed after the other, and all of them together.
  func reveal(_ page: inout MarkupWriter, _ id: String) {
    guard let question = lesson.syllabus.question(id) else { return }
    heading(&page, question)
    guard let known = lesson.revealed[id] else {
      let rounds = [1, 2].map { lesson.tally(Ballot.ID(id, round: $0)) }.filter { !$0.isEmpty }
      if !rounds.isEmpty {
        VoteBars(rounds: rounds).write(to: &page)
      }
      page.element("p", [("class", "here")], text: "What came out is still sealed.")
      return
    }
    said(&page, id, known)
    guard let outcome = facts.outcomes[id] else {
      page.element("p", [("class", "value")], text: "The runs have not said anything about it yet.")
      return
    }
    OutcomePicture(outcome: outcome, metric: metric(question)).write(to: &page)
    page.element("p", [("class", "verdict")]) { page in
      if let direction = outcome.direction { page.answer(direction) }
      page.element("span", text: outcome.verdict)
    }
  }

  /// What the textbook and the class said, in one line; the class's share of what came out is marked.
  private func said(_ page: inout MarkupWriter, _ id: String, _ outcome: Direction?) {
    page.element("ul", [("class", "forecasts")]) { page in
      if let textbook = lesson.syllabus.textbook(on: id) {
        page.element("li", [("class", "textbook")]) { page in
          page.text("textbook ")
          page.answer(textbook.direction)
        }
      }
      let tally = [2, 1].map { lesson.tally(Ballot.ID(id, round: $0)) }.first { !$0.isEmpty }
      guard let tally else { return }
      page.element("li", [("class", "class")]) { page in
        page.text("you ")
        for direction in Direction.offered {
          page.element("span", [("class", direction == outcome ? "share came" : "share")]) { page in
            page.answer(direction)
            page.element(
              "b",
              text: " \(tally[direction, default: 0])" + (direction == outcome ? " ✓" : "")
            )
          }
        }
      }
    }
  }

  func surprise(_ page: inout MarkupWriter, _ id: String) {
    guard let textbook = lesson.syllabus.textbook(on: id), let outcome = lesson.revealed[id] ?? nil,
      let question = lesson.syllabus.question(id)
    else { return }
    page.element("p", [("class", "kicker")], text: question.change)
    page.element("h1", text: "Which premise failed?")
    page.element("ul", [("class", "forecasts")]) { page in
      for (who, direction) in [("textbook", textbook.direction), ("it", outcome)] {
        page.element("li") { page in
          page.text(who + " ")
          page.answer(direction)
        }
      }
    }
    candidates(&page, textbook.failsWhen, lesson.suspects(id))
  }

  private func candidates(
    _ page: inout MarkupWriter,
    _ keys: [String],
    _ suspects: [String: Int]
  ) {
    page.element("ol", [("class", "candidates")]) { page in
      for key in keys {
        page.element("li") { page in
          page.element("span", text: TextbookFailures.failure(key)?.explanation ?? key)
          page.element("b", text: "\(suspects[key, default: 0])")
        }
      }
    }
  }
}
