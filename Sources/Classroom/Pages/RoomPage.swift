import Notation
import Reports
import Statistics
import Sweeps

/// What a phone shows.
package struct RoomPage: Sendable {
  let lesson: Lesson
  private let person: String?
  private let others: [String]
  let facts: LessonFacts

  /// - Parameters:
  ///   - lesson: As it stands.
  ///   - person: The id of whoever looks, by the cookie; nil for somebody without one.
  ///   - others: The ids of those who had the device before, where it goes round.
  ///   - facts: What is no act of the lesson.
  package init(_ lesson: Lesson, person: String?, others: [String] = [], facts: LessonFacts) {
    self.lesson = lesson
    self.person = person
    self.others = others
    self.facts = facts
  }

  /// The whole page.
  package var document: String {
    Page(
      title: lesson.syllabus.title,
      place: .room,
      live: live,
      sendsPictures: lesson.syllabus.keepsNetworks
    ).document
  }

  /// What stands inside `main`, to take the place of what stood there.
  package var live: String {
    var page = MarkupWriter()
    guard let person = person.flatMap(lesson.person) else {
      entrance(&page)
      passing(&page)
      return page.markup
    }
    guard !person.isRemoved else {
      page.element("h1", text: "You are not in this lesson.")
      page.element("p", text: LessonRefusal.removed.description)
      passing(&page)
      return page.markup
    }
    page.element("p", [("class", "me")]) { page in
      page.text("You are ")
      page.element("b", text: person.name)
    }
    switch lesson.step {
    case .join: welcome(&page, person)
    case .baseline: baseline(&page)
    case .asking(let question, let round): asking(&page, person, question, round)
    case .votes(let question, let round): voted(&page, person, question, round)
    case .discussing(let question): discussing(&page, person, question)
    case .training: training(&page, person)
    case .reveal(let question): reveal(&page, person, question)
    case .surprise(let question): surprise(&page, person, question)
    case .trying: trying(&page, person)
    case .end: end(&page, person)
    }
    handing(&page, person)
    return page.markup
  }

  // MARK: A device that goes round

  /// The way to the next person, and to all who had the device before.
  private func handing(_ page: inout MarkupWriter, _ person: Person) {
    guard others.isEmpty else { return passing(&page) }
    page.element("details", [("id", "hand"), ("class", "hand")]) { page in
      page.element("summary", text: "Does this device go round?")
      page.element("p", text: "Your answers stay yours; you find them again under your name.")
      hand(&page) { nextPerson(&$0) }
    }
  }

  /// Those who had the device before, who can have it again; nothing where there are none.
  private func passing(_ page: inout MarkupWriter) {
    let people = others.compactMap(lesson.person).filter { !$0.isRemoved }
    guard !people.isEmpty else { return }
    page.element("nav", [("class", "hand"), ("aria-label", "Who has the device")]) { page in
      page.element("p", text: "This device goes round. Whose turn is it?")
      hand(&page) { page in
        for person in people {
          page.element("button", [("name", "to"), ("value", person.id)]) { page in
            page.text(person.name)
            if hasAnswered(person) { page.text(" ✓") }
          }
        }
        if self.person.flatMap(lesson.person) != nil { nextPerson(&page) }
      }
    }
  }

  private func hand(_ page: inout MarkupWriter, _ buttons: (inout MarkupWriter) -> Void) {
    page.element("form", [("method", "post"), ("action", "/hand"), ("class", "line")]) {
      buttons(&$0)
    }
  }

  private func nextPerson(_ page: inout MarkupWriter) {
    page.element(
      "button",
      [("id", "next-person"), ("name", "to"), ("value", "")],
      text: "Next person"
    )
  }

  /// Whether somebody has answered what is asked at this moment.
  private func hasAnswered(_ person: Person) -> Bool {
    guard case .asking(let question, let round) = lesson.step else { return false }
    return lesson.vote(of: person.id, on: Ballot.ID(question, round: round)) != nil
  }

  private func entrance(_ page: inout MarkupWriter) {
    page.element("h1", text: lesson.isOver ? "This lesson is over." : "Come in")
    page.element(
      "p",
      text:
        "You will say what you expect of an experiment before it is made. No account; you get a name that nobody chose."
    )
    page.element("form", [("method", "post"), ("action", "/join"), ("id", "join")]) { page in
      page.element("label", [("for", "name")], text: "A name, if you want one (not your real one)")
      nameField(&page, value: "")
      page.element("button", [("class", "main")], text: "Come in")
    }
  }

  func nameField(_ page: inout MarkupWriter, value: String) {
    page.open(
      "input",
      [
        ("type", "text"), ("id", "name"), ("name", "name"), ("value", value),
        ("maxlength", "\(Person.nameLimit)"), ("autocomplete", "off"), ("autocapitalize", "words"),
      ]
    )
  }

  private func welcome(_ page: inout MarkupWriter, _ person: Person) {
    page.element("h1", text: "You are in.")
    page.element(
      "p",
      [("class", "lead")],
      text: "Look at the screen. The questions will come here."
    )
    page.element("details", [("id", "rename")]) { page in
      page.element("summary", text: "Another name")
      page.element("form", [("method", "post"), ("action", "/name")]) { page in
        page.hidden("as", person.id)
        page.element("label", [("for", "name")], text: "What shall we call you here?")
        nameField(&page, value: person.name)
        page.element("button", text: "Take this name")
      }
    }
  }

  private func baseline(_ page: inout MarkupWriter) {
    page.element("h1", text: "The baseline")
    page.element(
      "p",
      [("class", "lead")],
      text: "Look at the screen: this is what the networks do before we change anything."
    )
    if !facts.baselineValue.isEmpty { page.element("p", text: facts.baselineValue) }
    page.terms(Glossary.general)
  }

  private func training(_ page: inout MarkupWriter, _ person: Person) {
    let done = facts.tiles.count { $0.state == .done || $0.state == .failed }
    page.element("h1", text: "The networks are learning.")
    page.element(
      "p",
      [("class", "lead")],
      text: facts.tiles.isEmpty
        ? "What you expect is sealed." : "\(done) of \(facts.tiles.count) runs are done."
    )
    page.element("h2", text: "What you expect")
    ownVotes(&page, person)
  }

  private func end(_ page: inout MarkupWriter, _ person: Person) {
    page.element("h1", text: "What you expected, and what came out")
    ownVotes(&page, person)
    page.element("p") { page in
      page.element("a", [("class", "button"), ("href", "/mine")], text: "Keep this page")
    }
  }

  /// One line for each question that is asked today.
  private func ownVotes(_ page: inout MarkupWriter, _ person: Person) {
    page.element("ol", [("class", "own")]) { page in
      for question in lesson.syllabus.questions where !lesson.skipped.contains(question.id) {
        page.element("li") { page in
          page.element("p", text: question.spoken)
          ownAnswers(&page, person, question.id)
          if lesson.revealed[question.id] != nil { cameOut(&page, question.id) }
        }
      }
    }
  }
}
