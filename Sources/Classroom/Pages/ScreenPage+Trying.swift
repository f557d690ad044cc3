import Notation
import Reports

extension ScreenPage {
  /// A picture from a phone beside what each cell says of it, once the desk shows one.
  func trying(_ page: inout MarkupWriter) {
    guard let trial = facts.trial else {
      page.element("h1", text: "Try the networks")
      page.element("p", [("class", "value")], text: "Pictures from phones are not kept.")
      return
    }
    switch trial.standing {
    case .sealed(let questions):
      page.element("h1", text: "Try the networks")
      page.element(
        "p",
        [("class", "value")],
        text: "\(Numeral.counted(questions.count, "question")) that nobody was asked today "
          + "\(questions.count == 1 ? "is" : "are") still sealed, and the networks would tell."
      )
    case .missing(let sentence):
      page.element("h1", text: "There are no networks to try")
      page.element("p", [("class", "value")], text: sentence)
    case .ready:
      guard let picture = trial.shown else { return invitation(&page, trial) }
      shown(&page, picture)
    }
  }

  private func invitation(_ page: inout MarkupWriter, _ trial: NetworkTrial) {
    page.element(
      "h1",
      text: trial.isOfDrawings
        ? "Draw a \(trial.noun) on your phone" : "Take a photograph with your phone"
    )
    page.element(
      "p",
      [("class", "value")],
      text: "What do the networks take it for, and how sure are they?"
    )
    page.element("p", [("class", "here"), ("role", "status")]) { page in
      page.element("b", text: "\(trial.count)")
      page.text(trial.count == 1 ? " picture so far" : " pictures so far")
    }
  }

  private func shown(_ page: inout MarkupWriter, _ picture: TriedPicture) {
    page.element("h1", text: headline(picture))
    page.element("div", [("class", "tried")]) { page in
      page.image(picture.look, label: "The picture as the networks see it", kind: "look")
      OpinionBars(picture: picture, showsMaps: true).write(to: &page)
    }
    if picture.cells.contains(where: { $0.map != nil }) {
      page.element("p", [("class", "key")]) { page in
        page.element("i", [("class", "for")], text: "")
        page.text("speaks for the answer ")
        page.element("i", [("class", "against")], text: "")
        page.text("against it")
      }
    }
  }

  /// Whether the cells agree.
  private func headline(_ picture: TriedPicture) -> String {
    let answers = picture.cells.map(\.answer)
    guard let first = answers.first else { return "" }
    if Set(answers).count == 1 {
      return answers.count == 1 ? "It says \(first)" : "All \(answers.count) say \(first)"
    }
    return "They disagree"
  }
}
