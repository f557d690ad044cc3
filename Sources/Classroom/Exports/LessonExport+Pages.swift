import Reports
import Statistics
import Sweeps

extension LessonExport {
  /// One page about the lesson, to be printed: what was asked, what the class expected, what came out and why.
  package var handout: String {
    document("What we expected, and what came out: " + lesson.syllabus.title) { page in
      page.element(
        "p",
        text:
          "\(lesson.present.count) people said beforehand what they expected of these experiments."
      )
      each(&page) { page, question in
        let rounds = [1, 2].map { lesson.tally(Ballot.ID(question.id, round: $0)) }
        for (index, tally) in rounds.enumerated() where !tally.isEmpty {
          page.element("p") { page in
            page.element(
              "span",
              [("class", "round")],
              text: index == 0 ? "First vote" : "Second vote"
            )
            page.text(
              " "
                + Direction.offered.map { "\($0.word) \(tally[$0, default: 0])" }
                .joined(separator: ", ")
            )
          }
        }
        outcome(&page, question)
        let chosen = [1, 2].flatMap { lesson.reasons(Ballot.ID(question.id, round: $0)) }
          .filter { $0.standing == .chosen }
        for reason in chosen {
          page.element("p") { page in
            page.element("span", [("class", "round")], text: reason.vote.direction.word)
            page.text(" ")
            page.element("q", [("dir", "auto")], text: reason.vote.reason)
          }
        }
      }
      if !facts.chainHead.isEmpty {
        page.element("p") { page in
          page.text("The head of the sealed predictions: ")
          page.element("code", text: facts.chainHead)
        }
      }
    }
  }

  /// One person's page, to be kept; nil for somebody who was not there.
  package func page(of id: String) -> String? {
    guard let person = lesson.person(id), !person.isRemoved else { return nil }
    let room = RoomPage(lesson, person: id, facts: facts)
    return document("\(person.name): \(lesson.syllabus.title)") { page in
      each(&page) { page, question in
        room.ownAnswers(&page, person, question.id)
        outcome(&page, question)
        if lesson.revealed[question.id] != nil, let words = room.judgement(person, question.id) {
          page.element("p", [("class", "judgement")], text: words)
        }
      }
    }
  }

  private func document(
    _ title: String,
    _ content: (inout MarkupWriter) -> Void
  ) -> String {
    var page = MarkupWriter()
    page.element("h1", text: title)
    content(&page)
    return Page(title: title, place: .room, live: page.markup, isLive: false).document
  }

  private func each(
    _ page: inout MarkupWriter,
    _ content: (inout MarkupWriter, AskedQuestion) -> Void
  ) {
    page.element("ol", [("class", "own")]) { page in
      for question in lesson.syllabus.questions where !lesson.skipped.contains(question.id) {
        page.element("li") { page in
          page.element("h2", text: question.spoken)
          page.element("p", [("class", "change")], text: question.change)
          content(&page, question)
        }
      }
    }
  }

  /// What came out and what the textbook says, of a question that was revealed.
  private func outcome(_ page: inout MarkupWriter, _ question: AskedQuestion) {
    guard lesson.revealed[question.id] != nil else { return }
    RoomPage(lesson, person: nil, facts: facts).cameOut(&page, question.id)
    guard let textbook = lesson.syllabus.textbook(on: question.id) else { return }
    page.element("p") { page in
      page.element("span", [("class", "round")], text: "Textbook")
      page.text(" \(textbook.direction.word) (\(textbook.source))")
    }
    if facts.outcomes[question.id]?.premiseHolds == false {
      page.element(
        "p",
        text:
          "The baseline does not do what the textbook takes for granted, so that it did not speak of this."
      )
    }
    guard lesson.isSurprise(question.id) else { return }
    page.element("p", text: "Known ways in which it fails:")
    page.element("ul") { page in
      for failure in textbook.failsWhen.compactMap(TextbookFailures.failure) {
        page.element("li", text: "\(failure.explanation) (\(failure.source))")
      }
    }
  }
}
