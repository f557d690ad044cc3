import Notation
import Reports
import Statistics
import Sweeps

extension DeskPage {
  func runs(_ page: inout MarkupWriter) {
    let done = facts.tiles.count { $0.state == .done }
    let failed = facts.tiles.count { $0.state == .failed }
    section(&page, "The runs", id: "runs") { page in
      page.element("p", [("class", "count")]) { page in
        page.element("b", text: "\(done) of \(facts.tiles.count)")
        page.text(" done")
        if failed > 0 { page.text(", \(failed) failed") }
        if let seconds = facts.secondsLeft { page.text(", about \(Numeral.time(seconds)) left") }
      }
      page.element("div", [("class", "moves")]) { page in
        switch lesson.training {
        // What is begun by a slip of the hand makes all later answers late, so that only the step begins them.
        case .notStarted: page.element("p", [("class", "hint")], text: "They begin in their step.")
        case .running: button(&page, "Pause", .paused)
        case .paused: button(&page, "Go on", .started, isMain: true)
        }
      }
      let missing = lesson.syllabus.questions.filter { question in
        !lesson.skipped.contains(question.id)
          && lesson[Ballot.ID(question.id, round: 1)].state != .closed
      }
      if lesson.training == .notStarted, !missing.isEmpty {
        page.element(
          "p",
          [("class", "hint")],
          text:
            "\(Numeral.counted(missing.count, "question")) not voted on yet. After the start no vote can be opened."
        )
      }
    }
  }

  func reveals(_ page: inout MarkupWriter) {
    guard lesson.training != .notStarted || !lesson.revealed.isEmpty else { return }
    section(&page, "What may be seen", id: "reveals") { page in
      page.element("ul", [("class", "reveals")]) { page in
        for question in lesson.syllabus.questions where !lesson.skipped.contains(question.id) {
          page.element("li") { page in
            page.element("span", text: question.id)
            if let outcome = lesson.revealed[question.id] {
              if let outcome {
                page.answer(outcome)
              } else {
                page.element("b", text: "not settled")
              }
            } else {
              button(&page, "Reveal only this", .revealed(question.id, outcome: nil))
            }
          }
        }
      }
    }
  }

  /// What phones sent, which the screen shows only when the desk says so.
  func pictures(_ page: inout MarkupWriter) {
    guard let trial = facts.trial else { return }
    section(&page, "Pictures from phones", id: "pictures") { page in
      switch trial.standing {
      case .missing(let sentence): page.element("p", text: sentence)
      case .sealed(let questions):
        page.element(
          "p",
          text:
            "Still sealed: \(questions.joined(separator: ", ")). The networks tell about them too."
        )
        page.element("div", [("class", "moves")]) { page in
          trialButton(&page, "Open them all, and let phones ask", .openEverything, isMain: true)
        }
      case .ready: taken(&page, trial)
      }
    }
  }

  private func taken(_ page: inout MarkupWriter, _ trial: NetworkTrial) {
    page.element(
      "p",
      [("class", "hint")],
      text: "\(Numeral.counted(trial.count, "picture")) so far. Nothing is stored. "
        + (trial.followsPhones
          ? "The screen shows every picture as it comes." : "The screen shows none by itself.")
    )
    if let latest = trial.latest {
      page.element("div", [("class", "tried")]) { page in
        page.image(latest.look, label: "The latest picture", kind: "look")
        page.element(
          "p",
          text: latest.cells.map { "\($0.name): \($0.answer)" }.joined(separator: "; ")
        )
      }
    }
    page.element("div", [("class", "moves")]) { page in
      if let latest = trial.latest, trial.shown != latest {
        trialButton(&page, "Show this one", .showLatest)
      }
      if trial.followsPhones {
        trialButton(&page, "Show none by itself", .showNone)
      } else {
        trialButton(&page, "Show every picture", .showAll)
        if trial.shown != nil { trialButton(&page, "Take it off the screen", .showNone) }
      }
      if trial.latest != nil || trial.shown != nil { trialButton(&page, "Forget it", .forget) }
    }
  }

  private func trialButton(
    _ page: inout MarkupWriter,
    _ label: String,
    _ deed: NetworkTrial.Deed,
    isMain: Bool = false
  ) {
    page.element("form", [("method", "post"), ("action", "/desk")]) { page in
      page.hidden("token", token)
      page.hidden("act", deed.rawValue)
      page.element("button", isMain ? [("class", "main")] : [], text: label)
    }
  }

  func people(_ page: inout MarkupWriter) {
    section(&page, "People: \(lesson.present.count)", id: "people", isFolded: true) { page in
      page.element("ul", [("class", "people")]) { page in
        for person in lesson.present { row(&page, person) }
      }
      page.element("form", [("method", "post"), ("action", "/desk"), ("class", "line")]) { page in
        page.hidden("token", token)
        page.hidden("act", "seated")
        page.element("label", [("for", "seat")], text: "A seat without a device")
        nameField(&page, id: "seat", value: "")
        page.element("button", text: "Add")
      }
    }
  }

  private func nameField(_ page: inout MarkupWriter, id: String, value: String) {
    page.open(
      "input",
      [
        ("type", "text"), ("id", id), ("name", "name"), ("value", value),
        ("maxlength", "\(Person.nameLimit)"), ("autocomplete", "off"),
      ]
    )
  }

  private func row(_ page: inout MarkupWriter, _ person: Person) {
    let id = "name-" + person.id.prefix(12)
    page.element("li") { page in
      page.element("details", [("id", "person-" + person.id.prefix(12))]) { page in
        page.element("summary") { page in
          page.text(person.name)
          if person.isSeat { page.text(" (seat)") }
        }
        page.element("form", [("method", "post"), ("action", "/desk"), ("class", "line")]) { page in
          page.hidden("token", token)
          page.hidden("act", "renamed")
          page.hidden("person", person.id)
          page.element("label", [("for", id)], text: "Name")
          nameField(&page, id: id, value: person.name)
          page.element("button", text: "Rename")
        }
        button(&page, "Remove", .removed(person.id))
      }
    }
  }

  /// All steps, to go to any of them, and the questions that are left out.
  func course(_ page: inout MarkupWriter) {
    section(&page, "The hour", id: "course", isFolded: true) { page in
      page.element("ol", [("class", "course")]) { page in
        for step in lesson.program {
          page.element("li", step == lesson.step ? [("aria-current", "step")] : []) { page in
            button(&page, step.name + (step.question.map { ": " + $0 } ?? ""), .moved(step))
          }
        }
      }
      let left = lesson.syllabus.questions.filter { lesson.skipped.contains($0.id) }
      if !left.isEmpty {
        page.element("h3", text: "Left out today")
        for question in left { button(&page, "Ask \(question.id) again", .restored(question.id)) }
      }
    }
  }

  func downloads(_ page: inout MarkupWriter) {
    section(&page, "To take home", id: "downloads", isFolded: true) { page in
      page.element("ul", [("class", "downloads")]) { page in
        for (path, label) in Self.files {
          let address = "/desk/\(path)?token=\(token)"
          page.element("li") { page in
            page.element("a", [("href", address), ("download", nil)], text: label)
          }
        }
      }
      if !facts.chainHead.isEmpty {
        page.element("p", [("class", "hint")]) { page in
          page.text("The head of the sealed predictions, to be posted where everybody sees it: ")
          page.element("code", text: facts.chainHead)
        }
      }
      page.element("div", [("class", "moves")]) { page in
        if !lesson.areNamesDeleted { button(&page, "Delete all names", .namesDeleted) }
        if !lesson.isOver { button(&page, "End the lesson", .ended) }
      }
    }
  }

  /// What can be fetched at the desk: the path below `/desk/` and what it is.
  private static let files = [
    ("votes.csv", "Votes of both rounds"), ("reasons.csv", "Reasons"),
    ("participation.csv", "Participation, for a grade book"),
    ("handout.html", "A page to print"), ("lesson.jsonl", "The whole lesson, to be shown again"),
  ]
}
