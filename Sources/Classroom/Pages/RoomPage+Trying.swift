import Reports

extension RoomPage {
  /// Where a phone draws or takes a photograph; the script `/try.js` sends it and shows what comes back.
  func trying(_ page: inout MarkupWriter, _ person: Person) {
    page.element("h1", text: "Try the networks")
    guard let trial = facts.trial, trial.standing == .ready else {
      page.element("p", [("class", "lead")], text: "Look at the screen.")
      return
    }
    let noun = trial.noun
    page.element(
      "p",
      [("class", "lead")],
      text: trial.isOfDrawings
        ? "Draw a \(noun). What do the networks take it for, and how sure are they?"
        : "Take a photograph. What do the networks take it for, and how sure are they?"
    )
    page.element("noscript") { page in
      page.element("p", text: "This page needs JavaScript to make the picture small and send it.")
    }
    let kind = trial.isOfDrawings ? "drawing" : "photograph"
    page.element("form", [("id", "try"), ("data-kind", kind), ("data-as", person.id)]) { page in
      if trial.isOfDrawings {
        page.element(
          "canvas",
          [
            ("id", "pad"), ("width", "280"), ("height", "280"), ("role", "img"),
            ("aria-label", "Draw here with a finger or a mouse"),
          ],
          text: ""
        )
      } else {
        page.element(
          "canvas",
          [("id", "pad"), ("role", "img"), ("aria-label", "Your picture")],
          text: ""
        )
      }
      page.element("div", [("class", "moves")]) { page in
        page.element(
          "button",
          [("class", "main"), ("id", "ask"), ("type", "submit")],
          text: "Ask the networks"
        )
        if trial.isOfDrawings {
          page.element("button", [("id", "wipe"), ("type", "button")], text: "Wipe")
        }
      }
      file(&page, trial)
    }
    page.element("div", [("id", "said"), ("role", "status")], text: "")
    page.element(
      "p",
      [("class", "hint")],
      text:
        "The picture goes to the teacher's machine and nowhere else, and is not stored. The teacher sees it."
    )
  }

  /// A picture from the device, also for those who cannot draw with a finger.
  private func file(_ page: inout MarkupWriter, _ trial: NetworkTrial) {
    page.element("label", [("for", "picture")]) { page in
      page.text(
        trial.isOfDrawings
          ? "Or a picture of a \(trial.noun) from this device, light on black" : "A photograph"
      )
    }
    var attributes: [MarkupWriter.Attribute] = [
      ("type", "file"), ("id", "picture"), ("accept", "image/*"),
    ]
    if !trial.isOfDrawings { attributes.append(("capture", "environment")) }
    page.open("input", attributes)
  }

  /// What the networks say of a picture, for the phone that sent it.
  package static func answer(_ picture: TriedPicture) -> String {
    var page = MarkupWriter()
    page.element("div", [("class", "tried")]) { page in
      page.element("h2", text: "What they say")
      page.element("figure") { page in
        page.image(picture.look, label: "The picture as the networks see it", kind: "look")
        page.element("figcaption", text: "What the networks see")
      }
      let bars = OpinionBars(picture: picture, showsMaps: true)
      bars.write(to: &page)
      page.element("p", [("class", "hint")], text: bars.note)
    }
    return page.markup
  }
}
