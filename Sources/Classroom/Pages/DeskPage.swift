import Notation
import Reports
import Statistics
import Sweeps

/// What the teacher works with.
package struct DeskPage: Sendable {
  let lesson: Lesson
  let facts: LessonFacts
  let token: String

  /// - Parameters:
  ///   - lesson: As it stands.
  ///   - facts: What is no act of the lesson.
  ///   - token: The secret of the desk's address, which every form sends back as `token`.
  package init(_ lesson: Lesson, facts: LessonFacts, token: String) {
    self.lesson = lesson
    self.facts = facts
    self.token = token
  }

  /// The whole page.
  package var document: String {
    Page(title: "Desk: " + lesson.syllabus.title, place: .desk, live: live).document
  }

  /// What stands inside `main`, to take the place of what stood there.
  package var live: String {
    var page = MarkupWriter()
    for trouble in facts.troubles {
      page.element("p", [("class", "trouble"), ("role", "alert")], text: trouble)
    }
    page.element("section", [("class", "now"), ("aria-labelledby", "now")]) { now(&$0) }
    page.element("div", [("class", "columns")]) { page in
      if let ballot = current { self.ballot(&page, ballot) }
      if let question = lesson.step.question { reasons(&page, question) }
      if lesson.step == .trying { pictures(&page) }
      runs(&page)
      reveals(&page)
      people(&page)
      course(&page)
      downloads(&page)
    }
    return page.markup
  }

  /// The ballot that the step is about.
  private var current: Ballot.ID? {
    switch lesson.step {
    case .asking(let question, let round), .votes(let question, let round):
      Ballot.ID(question, round: round)
    case .discussing(let question): Ballot.ID(question, round: 1)
    case .join, .baseline, .training, .reveal, .surprise, .trying, .end: nil
    }
  }

  func button(
    _ page: inout MarkupWriter,
    _ label: String,
    _ deed: LessonAct.Deed,
    isMain: Bool = false,
    _ more: (inout MarkupWriter) -> Void = { _ in }
  ) {
    page.deskButton(label, deed, token: token, isMain: isMain, more)
  }

  /// A section with its heading, folded where it is not needed at every step.
  func section(
    _ page: inout MarkupWriter,
    _ heading: String,
    id: String,
    isFolded: Bool = false,
    _ content: (inout MarkupWriter) -> Void
  ) {
    page.element("section", [("aria-labelledby", id)]) { page in
      if isFolded {
        page.element("details", [("id", id + "-fold")]) { page in
          page.element("summary") { $0.element("h2", [("id", id)], text: heading) }
          content(&page)
        }
      } else {
        page.element("h2", [("id", id)], text: heading)
        content(&page)
      }
    }
  }

  private func now(_ page: inout MarkupWriter) {
    let question = lesson.step.question.flatMap(lesson.syllabus.question)
    page.element("p", [("class", "kicker"), ("id", "now")], text: lesson.step.name)
    page.element("h1", text: question?.spoken ?? headline)
    page.element("div", [("class", "moves")]) { page in
      if let previous = lesson.previous {
        page.deskButton("Back", .moved(previous), token: token, [("data-key", "back")])
      }
      if let next = lesson.nextDeed {
        page.deskButton(label(of: next), next, token: token, [("data-key", "next")], isMain: true)
      }
      let screen = "/screen?token=\(token)"
      page.element("a", [("href", screen), ("target", "_blank")], text: "The screen")
    }
  }

  private var headline: String {
    switch lesson.step {
    case .join:
      "\(Numeral.counted(lesson.present.count, "person")) in the room".replacing(
        "persons",
        with: "people"
      )
    case .baseline: "What the networks do before anything is changed"
    case .training: "\(lesson.training == .notStarted ? "Nothing runs yet" : "The runs")"
    case .trying: "Phones ask the networks"
    case .end: "The end"
    case .asking, .votes, .discussing, .reveal, .surprise: lesson.syllabus.title
    }
  }

  /// What the button that goes on says, with what it does beside moving.
  private func label(of deed: LessonAct.Deed) -> String {
    switch deed {
    case .revealed: return "Reveal"
    case .ended: return "End the lesson"
    case .started: return "Begin the runs"
    case .moved(let step):
      let isNew = step.question != lesson.step.question
      let closes = current.map { lesson[$0].isOpen } ?? false
      let name =
        step.name
        + (isNew ? step.question.map { ": \($0)" } ?? "" : "")
      return "Next: " + name.prefix(1).lowercased() + name.dropFirst()
        + (closes ? " (closes voting)" : "")
    case .joined, .renamed, .removed, .seated, .answered, .opened, .closed, .extended, .skipped,
      .restored, .marked, .paused, .suspected, .namesDeleted:
      return "Next"
    }
  }

  private func ballot(_ page: inout MarkupWriter, _ id: Ballot.ID) {
    let ballot = lesson[id]
    section(&page, id.round == 1 ? "The first vote" : "The second vote", id: "ballot") { page in
      page.element("p", [("class", "count"), ("role", "status")]) { page in
        page.element("b", text: "\(lesson.answered(id)) of \(lesson.present.count)")
        page.text(" answered, ")
        switch ballot.state {
        case .unopened: page.text("not opened")
        case .closed: page.text("closed and sealed")
        case .open(nil): page.text("open")
        case .open(let until?): page.countdown(until: until, now: facts.now)
        }
      }
      page.element("div", [("class", "moves")]) { page in
        if ballot.isOpen {
          button(&page, "Close", .closed(id))
          if case .open(_?) = ballot.state { button(&page, "+30 s", .extended(id)) }
          button(&page, "60 s left", .opened(id, seconds: 60))
        } else if lesson.mayOpen(id) {
          button(&page, ballot.state == .closed ? "Open again" : "Open", .opened(id, seconds: nil))
        }
        button(&page, "Skip this question", .skipped(id.question))
      }
      if ballot.state == .closed {
        // The distribution, only when nobody can be moved by it: the desk may stand on the projector.
        page.element("details", [("id", "tally")]) { page in
          page.element("summary", text: "How the votes are spread")
          VoteBars(rounds: [lesson.tally(id)]).write(to: &page)
        }
      }
      if ballot.isOpen { seats(&page, id) }
    }
  }

  /// Answers of those without a device, by a show of hands or from paper.
  private func seats(_ page: inout MarkupWriter, _ id: Ballot.ID) {
    let seats = lesson.present.filter(\.isSeat)
    guard !seats.isEmpty else { return }
    page.element("ul", [("class", "seats")]) { page in
      for seat in seats {
        let vote = lesson.vote(of: seat.id, on: id)
        page.element("li") { page in
          page.element("span", text: seat.name)
          for direction in Direction.offered {
            let nonce = "\(lesson.version)"
            page.element("form", [("method", "post"), ("action", "/desk")]) { page in
              page.hidden("token", token)
              page.hidden("act", "answered")
              page.hidden("person", seat.id)
              page.hidden("question", id.question)
              page.hidden("round", "\(id.round)")
              page.hidden("nonce", nonce)
              page.element(
                "button",
                [
                  ("name", "direction"), ("value", direction.rawValue),
                  ("aria-label", "\(seat.name): \(direction.word)"),
                  ("aria-pressed", vote?.direction == direction ? "true" : "false"),
                ]
              ) { $0.answer(direction) }
            }
          }
        }
      }
    }
  }

  private func reasons(_ page: inout MarkupWriter, _ question: String) {
    let reasons = [2, 1].flatMap { lesson.reasons(Ballot.ID(question, round: $0)) }
      .filter { !lesson[$0.id.ballot].isOpen }
    guard !reasons.isEmpty else { return }
    section(&page, "Reasons", id: "reasons") { page in
      page.element(
        "p",
        [("class", "hint")],
        text: "The discussion shows up to \(Reason.chosenLimit) that you choose, without names."
      )
      page.element("ul", [("class", "reasons")]) { page in
        for reason in reasons {
          page.element("li", [("class", reason.standing.rawValue)]) { page in
            page.answer(reason.vote.direction)
            page.element("q", [("dir", "auto")], text: reason.vote.reason)
            page.element("div", [("class", "moves")]) { page in
              for (label, standing) in Self.standings where standing != reason.standing {
                if standing != .plain || reason.standing != .plain {
                  button(&page, label, .marked(reason.id, standing))
                }
              }
            }
          }
        }
      }
    }
  }

  private static let standings: [(String, Reason.Standing)] = [
    ("Show", .chosen), ("Take back", .plain), ("Hide", .hidden),
  ]
}
