import Notation
import Reports
import Statistics
import Sweeps

extension RoomPage {
  /// A question with its buttons: each press is an answer, which the next one replaces.
  func asking(
    _ page: inout MarkupWriter,
    _ person: Person,
    _ id: String,
    _ round: Int
  ) {
    guard let question = lesson.syllabus.question(id) else { return }
    let ballot = Ballot.ID(id, round: round)
    heading(&page, question, round == 1 ? "first vote" : "second vote")
    guard lesson[ballot].isOpen else { return sealed(&page, person, ballot) }
    if case .open(let until?) = lesson[ballot].state {
      page.element("p", [("class", "time")]) { page in
        page.text("Time left: ")
        page.countdown(until: until, now: facts.now)
      }
    }
    if round == 2 { former(&page, person, id) }
    form(&page, person, question, ballot)
    page.terms(Glossary.terms(of: question, metric: lesson.syllabus.metric(of: question)))
  }

  /// Where we are, and the question.
  private func heading(_ page: inout MarkupWriter, _ question: AskedQuestion, _ round: String) {
    let asked = lesson.syllabus.questions.filter { !lesson.skipped.contains($0.id) }
    let number = (asked.firstIndex(of: question) ?? 0) + 1
    page.element(
      "p",
      [("class", "kicker")],
      text: "Question \(number) of \(asked.count), \(round)"
    )
    page.element("h1", text: question.spoken)
    page.element("p", [("class", "change")], text: question.change)
  }

  private func form(
    _ page: inout MarkupWriter,
    _ person: Person,
    _ question: AskedQuestion,
    _ ballot: Ballot.ID
  ) {
    let vote = lesson.vote(of: person.id, on: ballot)
    page.element("form", [("method", "post"), ("action", "/answer"), ("id", "answer")]) { page in
      page.hidden("question", ballot.question)
      page.hidden("round", "\(ballot.round)")
      page.hidden("nonce", nonce(person, ballot))
      page.hidden("as", person.id)
      if let vote { page.hidden("held-direction", vote.direction.rawValue) }
      if let percent = vote?.confidencePercent { page.hidden("held-confidence", "\(percent)") }
      directions(&page, question, vote)
      if let vote { more(&page, vote) }
    }
  }

  private func directions(_ page: inout MarkupWriter, _ question: AskedQuestion, _ vote: Vote?) {
    let metric = lesson.syllabus.metric(of: question)
    page.element("fieldset", [("class", "answers")]) { page in
      page.element("legend", text: vote == nil ? "What do you expect? It …" : "Your answer: it …")
      for direction in Direction.offered {
        let isChosen = vote?.direction == direction
        page.element(
          "button",
          [
            ("id", "direction-" + direction.rawValue), ("class", "answer " + direction.rawValue),
            ("name", "direction"), ("value", direction.rawValue),
            ("aria-pressed", isChosen ? "true" : "false"),
          ]
        ) { page in
          page.answer(direction, amount: metric.amount(direction))
          if isChosen {
            page.element("span", [("class", "tick"), ("aria-hidden", "true")], text: "✓")
          }
        }
      }
    }
  }

  /// What is asked once there is an answer.
  private func more(_ page: inout MarkupWriter, _ vote: Vote) {
    page.element("p", [("class", "kept"), ("role", "status")]) { page in
      page.text("✓ Your answer is in. You can change it until voting closes.")
    }
    page.element("fieldset", [("class", "sure")]) { page in
      page.element("legend", text: "How sure are you?")
      for (word, percent) in Sureness.offered {
        page.element(
          "button",
          [
            ("id", "sure-\(percent)"), ("name", "confidence"), ("value", "\(percent)"),
            ("aria-pressed", vote.confidencePercent == percent ? "true" : "false"),
          ],
          text: word
        )
      }
    }
    page.element("label", [("for", "reason")], text: "Why? One sentence; may be left out")
    page.element(
      "textarea",
      [
        ("id", "reason"), ("name", "reason"), ("rows", "3"),
        ("maxlength", "\(Vote.reasonLimit)"), ("autocomplete", "off"),
      ]
    ) { page in
      // The first line end after the start of the element is passed over, so that a text may begin with one.
      page.lineEnd()
      page.plain(vote.reason)
    }
    page.element(
      "button",
      [("id", "keep")],
      text: vote.reason.isEmpty ? "Add the reason" : "Keep the reason"
    )
  }

  /// A name of this form as it stands: the same one sent twice counts once.
  private func nonce(_ person: Person, _ ballot: Ballot.ID) -> String {
    let key = "\(person.id) \(ballot.round) \(ballot.question) \(lesson.version)"
    return String(Digest.hexadecimal(of: key).prefix(16))
  }

  /// What was answered before the discussion.
  private func former(_ page: inout MarkupWriter, _ person: Person, _ question: String) {
    guard let vote = lesson.vote(of: person.id, on: Ballot.ID(question, round: 1)) else { return }
    page.element("p", [("class", "former")], text: "Before the discussion you said: \(vote.words).")
  }

  /// Voting is over: what counts of this person.
  private func sealed(_ page: inout MarkupWriter, _ person: Person, _ ballot: Ballot.ID) {
    if let vote = lesson.vote(of: person.id, on: ballot) {
      page.element("div", [("class", "sealed"), ("role", "status")]) { page in
        page.answer(vote.direction, amount: amount(vote.direction, ballot.question))
        page.element("p", text: "sealed ✓")
      }
    } else {
      let isClosed = lesson[ballot].state == .closed
      page.element(
        "p",
        [("class", "lead"), ("role", "status")],
        text: isClosed
          ? "Voting is closed. You left this one blank, which is not wrong."
          : "Voting has not been opened yet."
      )
    }
  }

  private func amount(_ direction: Direction, _ id: String) -> String {
    lesson.syllabus.question(id).map { lesson.syllabus.metric(of: $0).amount(direction) } ?? ""
  }

  func voted(_ page: inout MarkupWriter, _ person: Person, _ id: String, _ round: Int) {
    guard let question = lesson.syllabus.question(id) else { return }
    heading(&page, question, "look at the screen")
    sealed(&page, person, Ballot.ID(id, round: round))
  }

  func discussing(_ page: inout MarkupWriter, _ person: Person, _ id: String) {
    guard let question = lesson.syllabus.question(id) else { return }
    page.element("h1", text: "Find somebody who sees it differently.")
    page.element("p", [("class", "lead")], text: question.spoken)
    ownAnswers(&page, person, id)
    page.element("p", text: "Say why. You will vote again.")
    page.terms(Glossary.terms(of: question, metric: lesson.syllabus.metric(of: question)))
  }

  /// What a person said in both rounds, and why.
  func ownAnswers(_ page: inout MarkupWriter, _ person: Person, _ id: String) {
    let votes = [1, 2].compactMap { round in
      lesson.vote(of: person.id, on: Ballot.ID(id, round: round)).map { (round, $0) }
    }
    guard !votes.isEmpty else {
      page.element("p", [("class", "blank")], text: "You left this one blank, which is not wrong.")
      return
    }
    page.element("ul", [("class", "mine")]) { page in
      for (round, vote) in votes {
        page.element("li") { page in
          page.element("span", [("class", "round")], text: round == 1 ? "First" : "Second")
          page.answer(vote.direction)
          if let percent = vote.confidencePercent {
            page.element("span", [("class", "how")], text: Sureness.word(percent))
          }
          if !vote.reason.isEmpty { page.element("q", [("dir", "auto")], text: vote.reason) }
        }
      }
    }
  }

  // MARK: What came out

  func reveal(_ page: inout MarkupWriter, _ person: Person, _ id: String) {
    guard let question = lesson.syllabus.question(id) else { return }
    heading(&page, question, lesson.revealed[id] == nil ? "sealed" : "what came out")
    if lesson.revealed[id] != nil { cameOut(&page, id) }
    page.element("h2", text: "You said")
    ownAnswers(&page, person, id)
    if lesson.revealed[id] == nil {
      page.element("p", [("class", "lead")], text: "Look at the screen.")
    } else if let words = judgement(person, id) {
      page.element("p", [("class", "judgement")], text: words)
    }
  }

  /// What came out of a revealed question.
  func cameOut(_ page: inout MarkupWriter, _ id: String) {
    let outcome = lesson.revealed[id] ?? nil
    page.element("div", [("class", "came")]) { page in
      page.element("span", [("class", "round")], text: "Came out")
      if let outcome {
        page.answer(outcome, amount: amount(outcome, id))
      } else {
        page.element("b", text: "is not settled")
      }
    }
    if let verdict = facts.outcomes[id]?.verdict {
      page.element("p", [("class", "verdict")], text: verdict)
    }
  }

  /// How the person's last answer stands; nil for somebody who gave none.
  func judgement(_ person: Person, _ id: String) -> String? {
    let votes = [2, 1].compactMap { lesson.vote(of: person.id, on: Ballot.ID(id, round: $0)) }
    guard let last = votes.first else { return nil }
    guard let outcome = lesson.revealed[id] ?? nil else {
      return "The runs do not settle it, so that nobody is right or wrong."
    }
    if last.direction == outcome { return "✓ That is what you expected." }
    if votes.count == 2, votes[1].direction == outcome {
      return "✗ Your first answer had it."
    }
    return "✗ You expected something else. Which of your reasons failed?"
  }

  func surprise(_ page: inout MarkupWriter, _ person: Person, _ id: String) {
    guard let textbook = lesson.syllabus.textbook(on: id), lesson.revealed[id] != nil else {
      return
    }
    page.element("h1", text: "The textbook was wrong here. Which premise failed?")
    let chosen = lesson.suspicion(of: person.id, on: id)
    page.element("form", [("method", "post"), ("action", "/suspect"), ("id", "suspect")]) { page in
      page.hidden("question", id)
      page.hidden("as", person.id)
      for key in textbook.failsWhen {
        page.element(
          "button",
          [
            ("id", "candidate-" + key), ("class", "candidate"), ("name", "candidate"),
            ("value", key), ("aria-pressed", chosen == key ? "true" : "false"),
          ],
          text: TextbookFailures.failure(key)?.explanation ?? key
        )
      }
    }
    if chosen != nil {
      page.element("p", [("class", "kept"), ("role", "status")], text: "✓ Your choice is in.")
    }
  }
}
