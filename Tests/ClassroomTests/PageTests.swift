import Charts
import Classroom
import Foundation
import Statistics
import Testing

struct PageTests {
  static let rude = "<script>alert(1)</script>\"'& שלום \u{202E}abc 🎓"

  /// Every page of a lesson with its name.
  private func pages(_ tour: Tour) -> [(name: String, text: String)] {
    tour.moments.flatMap { moment in
      moment.pages(of: Tour.ids[0]).map { ("\($0.key) at \(moment.lesson.step)", $0.value) }
    }
  }

  @Test func `everything that a person typed is text`() throws {
    let tour = try Tour(name: "<b>\"'& אב 🎓", reason: Self.rude)
    var seen = 0
    for (name, page) in pages(tour) {
      #expect(
        !page.contains("<script>alert") && !page.contains("<b>\"") && !page.contains("<b>&"),
        "\(name)"
      )
      #expect(page.matches(of: #/<script/#).count == 1, "\(name)")
      seen += page.contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp; שלום") ? 1 : 0
    }
    #expect(seen > 10)
    let last = try #require(tour.moments.last)
    let export = LessonExport(last.lesson, facts: last.facts)
    for page in [export.handout, try #require(export.page(of: Tour.ids[0]))] {
      #expect(!page.contains("<script") && page.contains("&lt;script&gt;"))
    }
  }

  @Test func `what is in a field of text has no element in it`() throws {
    var room = try Rehearsal()
    try room.act(.joined(Tour.ids[0], name: "אב"))
    try room.act(.moved(.asking(question: "dropout", round: 1)))
    try room.answer(Tour.ids[0], "dropout", .up, because: Self.rude)
    let page = RoomPage(room.lesson, person: Tour.ids[0], facts: LessonFacts()).live
    let area = try #require(page.firstMatch(of: #/<textarea[^>]*>\n(.*?)<\/textarea>/#)).output.1
    #expect(area.hasPrefix("&lt;script") && !area.contains("<"))
  }

  @Test func `a phone loads less than fifty kilobytes`() throws {
    let shared = Stylesheet.room.utf8.count + LiveScript.text.utf8.count
    for moment in try Tour(reason: String(repeating: "🎓", count: 280)).moments {
      let page = RoomPage(moment.lesson, person: Tour.ids[0], facts: moment.facts).document
      #expect(page.utf8.count + shared < 50_000, "\(moment.lesson.step): \(page.utf8.count)")
    }
  }

  @Test func `nothing is inline, and nothing comes from elsewhere`() throws {
    for (name, page) in pages(try Tour()) {
      #expect(!page.contains(" style=") && !page.contains("<style"), "\(name)")
      #expect(page.matches(of: #/ on[a-z]+="/#).isEmpty, "\(name)")
      let addresses = page.matches(of: #/(?:src|href|action)="([^"]*)"/#).map {
        String($0.output.1)
      }
      #expect(addresses.allSatisfy { $0.hasPrefix("/") || $0 == "data:," }, "\(name): \(addresses)")
    }
  }

  @Test func `forms work as they are, and fields have labels`() throws {
    for (name, page) in pages(try Tour()) {
      for form in page.components(separatedBy: "<form").dropFirst() {
        let form = form.components(separatedBy: "</form>")[0]
        #expect(form.contains("method=\"post\"") && form.contains("action=\"/"), "\(name)")
        #expect(form.contains("<button") && !form.contains("type=\"button\""), "\(name)")
        for field in form.matches(of: #/<(?:input type="text"|textarea) id="([^"]*)"/#) {
          #expect(page.contains("<label for=\"\(field.output.1)\""), "\(name): \(field.output.1)")
        }
      }
      let forms = page.matches(of: #/<form/#).count
      #expect(page.matches(of: #/<button/#).count >= forms, "\(name)")
    }
  }

  @Test func `a page has one main heading, one main part, and no id twice`() throws {
    for (name, page) in pages(try Tour()) {
      #expect(page.matches(of: #/<h1/#).count == 1, "\(name)")
      #expect(
        page.matches(of: #/<main/#).count == 1 && page.contains("<html lang=\"en\">"),
        "\(name)"
      )
      let ids = page.matches(of: #/ id="([^"]*)"/#).map { String($0.output.1) }
      #expect(Set(ids).count == ids.count, "\(name): \(ids.sorted())")
      for label in page.matches(of: #/(?:aria-labelledby|for)="([^"]*)"/#) {
        #expect(ids.contains(String(label.output.1)), "\(name): \(label.output.1)")
      }
      #expect(page.matches(of: #/tabindex="[1-9]/#).isEmpty, "\(name)")
      #expect(!page.contains("role=\"button\""), "\(name)")
    }
  }

  @Test func `an answer has a letter and a shape beside its colour, and says whether it is chosen`()
    throws
  {
    var room = try Rehearsal()
    try room.act(.joined(Tour.ids[0], name: nil))
    try room.act(.moved(.asking(question: "dropout", round: 1)))
    try room.answer(Tour.ids[0], "dropout", .none)
    let page = RoomPage(room.lesson, person: Tour.ids[0], facts: LessonFacts()).live
    let buttons = page.matches(of: #/<button id="direction-.*?<\/button>/#).map {
      String($0.output)
    }
    #expect(buttons.count == 3)
    let shapes = buttons.compactMap { $0.firstMatch(of: #/points="([^"]*)"/#)?.output.1 }
    #expect(Set(shapes).count == 3)
    for (button, letter) in zip(buttons, ["A", "B", "C"]) {
      #expect(button.contains(">\(letter)</b>"))
      #expect(button.contains("aria-pressed=\"\(letter == "B")\""))
    }
    #expect(page.contains("by more than 0.02") && page.contains("within ±0.02"))
  }

  @Test func `a term of a question opens a definition of one sentence`() throws {
    var room = try Rehearsal()
    try room.act(.joined(Tour.ids[0], name: nil))
    var definitions: [String: String] = [:]
    for question in ["dropout", "decay-train", "unfreeze"] {
      try room.act(.moved(.asking(question: question, round: 1)))
      let page = RoomPage(room.lesson, person: Tour.ids[0], facts: LessonFacts()).live
      for term in page.matches(of: #/<summary>([^<]*)<\/summary><p>([^<]*)<\/p><\/details>/#) {
        definitions[String(term.output.1)] = String(term.output.2)
      }
    }
    for term in [
      "validation loss", "training loss", "dropout", "weight decay", "head", "δ", "fine-tuning",
    ] {
      let definition = try #require(definitions[term], "\(term)")
      #expect(definition.hasSuffix(".") && definition.count { $0 == "." } == 1, "\(definition)")
    }
  }

  @Test func `keys of the screen move the lesson only where it has the token`() throws {
    let moment = try #require(try Tour().moments.first)
    #expect(!ScreenPage(moment.lesson, facts: moment.facts).document.contains("<form"))
    let page = ScreenPage(moment.lesson, facts: moment.facts, token: "t0ken").document
    #expect(page.contains("data-key=\"next\"") && page.contains("value=\"t0ken\""))
  }

  @Test func `somebody who was removed sees neither a form nor a question`() throws {
    var room = try Rehearsal()
    try room.act(.joined(Tour.ids[0], name: nil))
    try room.act(.moved(.asking(question: "dropout", round: 1)))
    try room.act(.removed(Tour.ids[0]))
    let page = RoomPage(room.lesson, person: Tour.ids[0], facts: LessonFacts()).live
    #expect(!page.contains("<form") && !page.contains("dropout"))
  }

  @Test func `a device that goes round offers the next person, and all who had it`() throws {
    var room = try Rehearsal()
    let (ana, ben, cy) = (Tour.ids[0], Tour.ids[1], Tour.ids[2])
    try room.act(.joined(ana, name: "Ana"))
    try room.act(.joined(ben, name: "Ben"))
    try room.act(.moved(.asking(question: "dropout", round: 1)))
    try room.answer(ben, "dropout", .up)
    func page(_ person: String, _ others: [String]) -> String {
      RoomPage(room.lesson, person: person, others: others, facts: LessonFacts()).live
    }
    let alone = page(ana, [])
    #expect(alone.contains("<details id=\"hand\"") && alone.contains("action=\"/hand\""))
    #expect(!alone.contains("value=\"\(ben)\""))
    let shared = page(ana, [ben])
    #expect(shared.contains("value=\"\(ben)\">Ben ✓</button>") && shared.contains("Next person"))
    #expect(!shared.contains("<details id=\"hand\""))
    // Somebody who is not in yet gives the device back, and nobody who is not known is offered.
    let entrance = page(cy, [ben, people(9)[8]])
    #expect(entrance.contains(">Ben ✓</button>") && !entrance.contains("Next person"))
    #expect(entrance.matches(of: #/name="to"/#).count == 1)
    #expect(shared.contains("<input type=\"hidden\" name=\"as\" value=\"\(ana)\">"))
  }

  @Test func `the runs that the class waits for grow on the axes of those that it knows`() throws {
    func curves(_ seeds: [[Point]], _ mean: [Point]) -> LearningCurves {
      LearningCurves(
        panels: [.init(title: "", series: [.init(name: "loss", seeds: seeds, mean: mean)])],
        xLabel: "epoch",
        yLabel: "loss"
      )
    }
    func line(_ last: Int) -> [Point] { (1...last).map { Point(x: Double($0), y: 1 / Double($0)) } }
    func lengths(_ lines: [Regex<(Substring, Substring)>.Match]) -> [Int] {
      lines.map { $0.output.1.split(separator: " ").count }
    }
    var room = try Rehearsal()
    try room.act(.moved(.training))
    var facts = LessonFacts()
    facts.baselineCurves = curves([line(20)], line(20))
    facts.growingCurves = curves([line(2), line(4)], line(4))
    let ready = ScreenPage(room.lesson, facts: facts).live
    #expect(lengths(ready.matches(of: #/class="curve" points="([^"]*)"/#)) == [20])
    try room.act(.started)
    let running = ScreenPage(room.lesson, facts: facts).live
    #expect(lengths(running.matches(of: #/class="curve" points="([^"]*)"/#)) == [4])
    #expect(lengths(running.matches(of: #/class="run" points="([^"]*)"/#)) == [2, 4])
    // The same axes: the first point lies where it lay.
    let first = try #require(ready.firstMatch(of: #/class="curve" points="([^ "]*)/#)?.output.1)
    #expect(running.contains("class=\"curve\" points=\"\(first)"))
    facts.growingCurves = nil
    #expect(!ScreenPage(room.lesson, facts: facts).live.contains("class=\"curve\""))
  }
}
