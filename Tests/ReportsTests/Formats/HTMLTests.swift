import Reports
import TestSupport
import Testing

struct HTMLTests {
  private func rendered(_ blocks: [Block], title: String = "t", heading: String = "s") throws
    -> String
  {
    try HTML.render(
      Page(title: title, sections: [Section(heading, blocks)])
    )
  }

  @Test func `one question hides its answer behind a click`() throws {
    let report = try #require(QuestionReport("dropout", of: try drawnEvidence()))
    expectGolden(try HTML.render(report), "question.html", testFile: goldenAnchor)
  }

  /// Texts that would be markup, end an attribute, an element or a style, or turn what follows around.
  static let hostile = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onload='alert(1)",
    "</title></style></script>", "<!-- --> ]]> &amp; &#60;", "a\nb\r\nc\td", "שלום\u{202E}abc",
    "\u{0}\u{1B}[31m\u{FFFE}", "=1+1|`*_",
  ]

  @Test(arguments: hostile)
  func `text stays text in every place`(text: String) throws {
    let prose = Prose([.plain(text), .strong(text), .code(text)])
    let table = Table(columns: [.words(text), .numbers(text)], rows: [[text, text]], note: prose)
    let blocks: [Block] = [
      .paragraph(prose), .list([prose]), .table(table), .preformatted(text),
      .disclosure(prose, [.paragraph(prose)]),
    ]
    let plain = try markup(of: rendered(blocks.map { _ in .paragraph("") }))
    let page = try rendered(blocks, title: text, heading: text)
    let names = Set(markup(of: page).map(\.name))
    let known: Set = [
      "ul", "li", "div", "table", "caption", "thead", "tbody", "tr", "th", "td", "pre", "details",
      "summary", "strong", "code", "bdi",
    ]
    #expect(names.subtracting(known) == Set(plain.map(\.name)))
    let attributes = Set(markup(of: page).flatMap(\.attributes))
    #expect(attributes.allSatisfy { !$0.hasPrefix("on") && $0 != "src" })
    let tags = page.matches(of: #/<(?:/?[a-z0-9]+[^<>]*|!DOCTYPE html)>/#)
    #expect(page.count { $0 == "<" } == tags.count)
    #expect(page.unicodeScalars.allSatisfy { $0 == "\n" || $0 == "\t" || $0.value >= 0x20 })
  }

  @Test func `text from right to left is set apart`() throws {
    #expect(try rendered([.paragraph("a \("שלום") b")]).contains("<p>a <bdi>שלום</bdi> b</p>"))
  }

  @Test func `a table of very many rows is cut, and says so`() throws {
    let rows = (0..<2500).map { ["\($0)"] }
    let page = try rendered([.table(Table(columns: [.numbers("n")], rows: rows))])
    #expect(page.split(separator: "<tr>").count - 1 == 1001)
    #expect(page.contains("The first 1,000 of 2,500 rows"))
  }

  @Test func `nothing is fetched and nothing needs the script`() throws {
    let page = try HTML.render(SweepReport(of: try drawnEvidence()))
    #expect(page.contains("default-src &#39;none&#39;"))
    #expect(!page.contains("src=") && !page.contains("@import") && !page.contains("url("))
    let links = page.split(separator: "href=\"").dropFirst().map { $0.first }
    #expect(links.allSatisfy { $0 == "#" || $0 == "d" })
  }

  /// The start tags of a page: their names, and the names of their attributes.
  private func markup(of page: String) -> [(name: String, attributes: [String])] {
    page.matches(of: #/<([a-zA-Z][a-zA-Z0-9]*)((?:\s+[^\s=>"]+(?:="[^"]*")?)*)\s*/?>/#).map {
      match in
      let attributes = match.2.matches(of: #/\s+([^\s=>"]+)(?:="[^"]*")?/#)
      return (name: String(match.1), attributes: attributes.map { String($0.1) })
    }
  }
}
