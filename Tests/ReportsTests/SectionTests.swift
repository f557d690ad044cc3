import Foundation
import Reports
import TestSupport
import Testing

/// Each section and each figure by itself, so that a change shows where it is and nowhere else.
struct SectionTests {
  /// A name of a file for a heading.
  private func name(_ heading: String) -> String {
    heading.lowercased().split { !$0.isASCII || !$0.isLetter && !$0.isNumber }
      .joined(separator: "-")
  }

  private func terminal(_ page: Page) throws -> String {
    try [60, 80, 120].map { width in
      var text = ""
      try Terminal.write(page, to: Destination(width: width) { text += $0 })
      return text
    }.joined(separator: "\n")
  }

  /// What stands between the marks of the page's main part.
  private func main(of page: Page) throws -> String {
    let text = try HTML.render(page)
    let start = try #require(text.range(of: "<main id=\"report\">\n"))
    let end = try #require(text.range(of: "\n</main>"))
    return String(text[start.upperBound..<end.lowerBound]) + "\n"
  }

  /// The section with the name of each figure in its place.
  private func withoutFigures(_ blocks: [Block]) -> [Block] {
    blocks.map { block in
      switch block {
      case .figure(let figure): .paragraph("Figure \(figure.name)")
      case .disclosure(let summary, let blocks): .disclosure(summary, withoutFigures(blocks))
      case .paragraph, .list, .table, .preformatted, .plot: block
      }
    }
  }

  @Test func `each section of a small sweep is as in its golden files`() throws {
    let sections = SweepReport(of: try smallEvidence()).sections
    for section in sections {
      let page = Page(title: "small", sections: [section])
      let file = "Sections/\(name(section.heading))"
      expectGolden(try Markdown.render(page), file + ".md", testFile: goldenAnchor)
      expectGolden(try terminal(page), file + ".txt", testFile: goldenAnchor)
    }
    try expectNames(sections.map { name($0.heading) }, ending: "md", in: "Sections")
  }

  @Test func `each section of a page is as in its golden file`() throws {
    let sections = SweepReport(of: try drawnEvidence()).sections
    for section in sections {
      let page = Page(
        title: "drawn",
        sections: [Section(section.heading, withoutFigures(section.blocks))]
      )
      expectGolden(
        try main(of: page),
        "Sections/\(name(section.heading)).html",
        testFile: goldenAnchor
      )
    }
    try expectNames(sections.map { name($0.heading) }, ending: "html", in: "Sections")
    let headings = sections.map { $0.heading + "\n" }
    expectGolden(headings.joined(), "order.txt", testFile: goldenAnchor)
  }

  @Test func `each figure of a page is as in its golden file`() throws {
    let figures = SweepReport(of: try drawnEvidence()).figures
    for figure in figures {
      let page = Page(title: "drawn", sections: [Section("s", [.figure(figure)])])
      expectGolden(try main(of: page), "Figures/\(figure.name).html", testFile: goldenAnchor)
    }
    try expectNames(figures.map(\.name), ending: "html", in: "Figures")
  }

  @Test func `the frame of a page lists its sections and sets narrow figures side by side`() throws
  {
    let figures = SweepReport(of: try drawnEvidence()).figures
    let narrow = figures.filter { $0.name.hasPrefix("votes-") }.prefix(2)
    #expect(narrow.count == 2)
    let sections = (1...7).map { Section("Section <\($0)>", [.paragraph("text")]) }
    let gallery = Section("Side by side", narrow.map { .figure($0) } + [.paragraph("after")])
    let page = Page(title: "a <title>", sections: sections + [gallery])
    expectGolden(try HTML.render(page), "frame.html", testFile: goldenAnchor)
  }

  /// No golden file is left behind by a section or figure that is gone or has another name.
  private func expectNames(_ names: [String], ending: String, in folder: String) throws {
    let url = URL(fileURLWithPath: goldenAnchor).deletingLastPathComponent()
      .appending(components: "Golden", folder)
    let files = try FileManager.default.contentsOfDirectory(atPath: url.path)
    let found = files.filter { $0.hasSuffix("." + ending) }.map {
      String($0.dropLast(ending.count + 1))
    }
    #expect(found.sorted() == names.sorted())
  }
}
