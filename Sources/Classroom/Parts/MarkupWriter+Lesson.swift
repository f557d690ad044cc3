import Charts
import Notation
import Reports
import Statistics
import Sweeps

extension MarkupWriter {
  /// Writes a field that is sent and not seen.
  mutating func hidden(_ name: String, _ value: String) {
    open("input", [("type", "hidden"), ("name", name), ("value", value)])
  }

  /// Writes the shape of an answer; the words beside it say the same.
  mutating func shape(_ direction: Direction) {
    element(
      "svg",
      [("class", "shape"), ("viewBox", "0 0 24 24"), ("aria-hidden", "true")]
    ) { $0.element("polygon", [("points", direction.corners)], text: "") }
  }

  /// Writes an answer's letter, shape and words in its colour.
  mutating func answer(_ direction: Direction, amount: String = "") {
    element("span", [("class", "said \(direction.rawValue)")]) { page in
      page.element("b", [("class", "letter")], text: direction.letter)
      page.shape(direction)
      page.element("span") { page in
        page.text(direction.word)
        if !amount.isEmpty {
          page.text(" ")
          page.element("small", text: amount)
        }
      }
    }
  }

  /// Writes a small picture without another request.
  mutating func image(_ picture: Charts.Picture, label: String, kind: String) {
    open("img", [("class", kind), ("src", picture.dataAddress), ("alt", label)])
  }

  /// Writes terms, each of which opens its definition.
  mutating func terms(_ terms: [Glossary.Term]) {
    element("div", [("class", "terms")]) { page in
      for term in terms {
        page.element("details", [("id", "term-" + term.name), ("name", "terms")]) { page in
          page.element("summary", text: term.name)
          page.element("p", text: term.definition)
        }
      }
    }
  }

  /// Writes how much time is left, which the script counts down.
  mutating func countdown(until: Int, now: Int) {
    let seconds = max(0, (until - now + 999) / 1000)
    element(
      "span",
      [("class", "clock"), ("data-until", "\(until)"), ("data-now", "\(now)")],
      text: "\(seconds) s"
    )
  }

  /// Writes a form of one button that the desk's token allows.
  mutating func deskButton(
    _ label: String,
    _ deed: LessonAct.Deed,
    token: String,
    _ form: [Attribute] = [],
    isMain: Bool = false,
    isDisabled: Bool = false,
    _ more: (inout MarkupWriter) -> Void = { _ in }
  ) {
    element("form", [("method", "post"), ("action", "/desk")] + form) { page in
      page.hidden("token", token)
      page.hidden("act", deed.name)
      for (name, value) in deed.members { page.hidden(name, value.levelText) }
      more(&page)
      page.element(
        "button",
        (isMain ? [("class", "main")] : []) + (isDisabled ? [("disabled", nil)] : []),
        text: label
      )
    }
  }
}

extension LessonStep {
  /// What it is called at the desk.
  var name: String {
    switch self {
    case .join: "People come in"
    case .baseline: "The baseline"
    case .asking(_, let round): round == 1 ? "First vote" : "Second vote"
    case .votes(_, let round): round == 1 ? "Votes" : "Votes, both rounds"
    case .discussing: "Discussion"
    case .training: "The runs"
    case .reveal: "What came out"
    case .surprise: "Which premise failed?"
    case .trying: "Try the networks"
    case .end: "The end"
    }
  }
}
