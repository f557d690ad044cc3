import Charts
import Notation
import Reports
import Statistics
import Sweeps

/// What the projector shows: one idea at a time, in letters that are read from the last row.
package struct ScreenPage: Sendable {
  let lesson: Lesson
  let facts: LessonFacts
  private let token: String?

  /// - Parameters:
  ///   - lesson: As it stands.
  ///   - facts: What is no act of the lesson.
  ///   - token: The desk's, where the keys of this screen may move the lesson on.
  package init(_ lesson: Lesson, facts: LessonFacts, token: String? = nil) {
    self.lesson = lesson
    self.facts = facts
    self.token = token
  }

  /// The whole page.
  package var document: String {
    Page(title: lesson.syllabus.title, place: .screen, live: live).document
  }

  /// What stands inside `main`, to take the place of what stood there.
  package var live: String {
    var page = MarkupWriter()
    page.element("div", [("class", "stage " + (lesson.step.members.first?.1.levelText ?? ""))]) {
      page in
      switch lesson.step {
      case .join: join(&page)
      case .baseline: baseline(&page)
      case .asking(let question, let round): asking(&page, question, round)
      case .votes(let question, let round): votes(&page, question, round)
      case .discussing(let question): discussing(&page, question)
      case .training: training(&page)
      case .reveal(let question): reveal(&page, question)
      case .surprise(let question): surprise(&page, question)
      case .trying: trying(&page)
      case .end: end(&page)
      }
    }
    if lesson.step != .join { foot(&page) }
    keys(&page)
    return page.markup
  }

  /// How to come in late.
  private func foot(_ page: inout MarkupWriter) {
    guard let address = facts.addresses.first else { return }
    page.element("footer") { page in
      page.element("span", text: Self.short(address))
      if !facts.code.isEmpty { page.element("b", text: facts.code) }
    }
  }

  /// An address as people type it.
  static func short(_ address: String) -> String {
    var text = address.hasPrefix("http://") ? String(address.dropFirst(7)) : address
    if text.hasSuffix("/") { text.removeLast() }
    return text
  }

  /// What the keys of this screen send, where it may.
  private func keys(_ page: inout MarkupWriter) {
    guard let token else { return }
    page.element("nav", [("class", "keys"), ("aria-label", "The lesson")]) { page in
      if let previous = lesson.previous {
        page.deskButton("Back", .moved(previous), token: token, [("data-key", "back")])
      }
      if let next = lesson.nextDeed {
        page.deskButton("Next", next, token: token, [("data-key", "next")])
      }
    }
  }

  private func join(_ page: inout MarkupWriter) {
    page.element("div", [("class", "invitation")]) { page in
      if !facts.qr.isEmpty { page.element("div", [("class", "qr")]) { $0.trusted(facts.qr) } }
      page.element("div") { page in
        page.element("h1", text: "Come in")
        for (index, address) in facts.addresses.prefix(3).enumerated() {
          page.element(
            "p",
            [("class", index == 0 ? "address" : "address other")],
            text: Self.short(address)
          )
        }
        if !facts.code.isEmpty {
          page.element("p", [("class", "code")]) { page in
            page.text("code ")
            page.element("b", text: facts.code)
          }
        }
        page.element("p", [("class", "here"), ("role", "status")]) { page in
          page.element("b", text: "\(lesson.present.count)")
          page.text(lesson.present.count == 1 ? " is here" : " are here")
        }
      }
    }
  }

  private func baseline(_ page: inout MarkupWriter) {
    page.element("h1", text: "The baseline: nothing is changed yet")
    if !facts.baselineValue.isEmpty {
      page.element("p", [("class", "value")], text: facts.baselineValue)
    }
    page.element("div", [("class", "pictures")]) { page in
      if facts.baselineCurves == nil, facts.images.isEmpty {
        page.element("p", text: "Its runs have not been made yet.")
      }
      facts.baselineCurves?.large(height: 440)?.write(to: &page)
      picture(&page, facts.images, "images")
    }
  }

  private func picture(_ page: inout MarkupWriter, _ markup: String, _ name: String) {
    guard !markup.isEmpty else { return }
    page.element("div", [("class", "picture " + name)]) { $0.trusted(markup) }
  }

  private func training(_ page: inout MarkupWriter) {
    let done = facts.tiles.count { $0.state == .done || $0.state == .failed }
    page.element("h1") { page in
      switch lesson.training {
      case .notStarted: page.text("Everything is sealed. Ready to run.")
      case .running where done == facts.tiles.count && done > 0: page.text("All runs are done.")
      case .running: page.text("The networks are learning")
      case .paused: page.text("The runs have a pause")
      }
    }
    page.element("p", [("class", "value")]) { page in
      page.element("b", text: "\(done) of \(facts.tiles.count)")
      page.text(" runs")
      if let seconds = facts.secondsLeft, done < facts.tiles.count {
        page.text(", \(Numeral.time(seconds)) left")
      }
    }
    tiles(&page, done)
    // Before the start the curves that were looked at already, then those of these runs as they grow.
    let curves = lesson.training == .notStarted ? facts.baselineCurves : facts.growingCurves
    curves?.large(height: 420, on: facts.baselineCurves)?.write(to: &page)
  }

  private func tiles(_ page: inout MarkupWriter, _ done: Int) {
    guard !facts.tiles.isEmpty else { return }
    let label = "\(done) of \(facts.tiles.count) runs are done."
    page.element("div", [("class", "tiles"), ("role", "img"), ("aria-label", label)]) { page in
      for tile in facts.tiles {
        let kind = tile.isBaseline ? " baseline" : ""
        page.element("i", [("class", tile.state.rawValue + kind)], text: "")
      }
    }
    page.element("p", [("class", "key"), ("aria-hidden", "true")]) { page in
      page.element("i", [("class", "done baseline")], text: "")
      page.text("baseline ")
      page.element("i", [("class", "done")], text: "")
      page.text("sealed")
      if facts.tiles.contains(where: { $0.state == .failed }) {
        page.text(" ")
        page.element("i", [("class", "failed")], text: "")
        page.text("failed")
      }
    }
  }

  /// How sure people were and how often right, beside the same of the networks, on the same axes.
  private func end(_ page: inout MarkupWriter) {
    let networks = facts.networkCalibration?.series.first?.bins.filter { $0.count > 0 } ?? []
    let sets = [("you", lesson.calibration), ("networks", networks)].filter { !$0.1.isEmpty }
    guard !sets.isEmpty else {
      page.element("h1", text: "Thank you")
      page.element("p", [("class", "value")], text: "Your own page is on your device.")
      return
    }
    page.element("h1", text: "How sure, and how often right?")
    let lines = sets.map { name, bins in
      LargePlot.Line(
        name: name,
        points: bins.map { Point(x: 100 * $0.meanConfidence, y: 100 * $0.shareCorrect) },
        hasMarks: true
      )
    }
    let said = lines.map { line in
      line.name + ": "
        + line.points.map { "\(Int($0.y.rounded())) % right of \(Int($0.x.rounded())) % sure" }
        .joined(separator: ", ")
    }
    LargePlot(
      lines: lines,
      xLabel: "sure, %",
      yLabel: "right, %",
      x: 0...100,
      y: 0...100,
      hasDiagonal: true,
      label: said.joined(separator: ". ") + ".",
      height: 620
    ).write(to: &page)
    page.element(
      "p",
      [("class", "value")],
      text: "On the dashed line, people are as often right as they are sure."
    )
  }
}
