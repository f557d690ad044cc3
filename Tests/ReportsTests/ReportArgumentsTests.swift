import Foundation
import Reports
import Testing

struct ReportArgumentsTests {
  /// A name that would end a comment, a string or a line, or turn what follows around.
  private static let hostile = "a --> \"b\" <!-- \u{202E} \n שלום \u{1F642}"

  private static let parts: [ReportPart] = [
    .whole, .ranking, .baseline, .votes, .question(hostile), .person(hostile),
  ]

  private func page(_ part: ReportPart) -> SubjectPage {
    SubjectPage(
      subject: ReportSubject(sweep: Self.hostile, part: part, runs: 12, seeds: 3)
    )
  }

  @Test(arguments: ReportFormats.all.filter { !$0.listsRuns }.map { $0.name }, parts)
  func `what made a report is found in its file`(name: String, part: ReportPart) throws {
    let format = try #require(ReportFormats.named(name))
    var text = ""
    let page = page(part)
    try format.write(page, to: Destination(width: 33, figures: "f", version: "1") { text += $0 })
    let found = try #require(ReportArguments(in: Array(text.utf8)))
    #expect(found.subject == page.subject && found.format == name)
    #expect(found.figures == "f" && found.version == "1")
    #expect(found.width == (name == Terminal.name ? 33 : nil))
    #expect(ReportArguments(in: Array(text.replacing("\n", with: "\r\n").utf8)) == found)
  }

  @Test func `a name ends neither the comment of a page nor the width of a terminal`() throws {
    let html = try HTML.render(page(.person(Self.hostile)))
    let end = try #require(html.range(of: "<!--"))
    #expect(html[end.lowerBound...].components(separatedBy: "-->").count == 2)
    var text = ""
    try Terminal.write(page(.whole), to: Destination(width: 40) { text += $0 })
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 40 })
  }

  @Test(arguments: ["", "{}", "# title\n", "{\"report\":{\"sweep\":\"", "\"report\":{\"sweep\":1}"])
  func `a file without arguments has none`(text: String) {
    #expect(ReportArguments(in: Array(text.utf8)) == nil)
  }
}

/// A report of nothing but a subject.
private struct SubjectPage: Report {
  let title = "t"
  let sections: [Section] = []
  let subject: ReportSubject?
}
