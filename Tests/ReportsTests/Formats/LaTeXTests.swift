import Reports
import TestSupport
import Testing

struct LaTeXTests {
  private func rendered(_ blocks: [Block]) throws -> String {
    try LaTeX.render(Page(title: "t", sections: [Section("s", blocks)]))
  }

  @Test func `prose, points and a table are as in the golden file`() throws {
    let table = Table(
      columns: [.words("a_b"), .numbers("n")],
      rows: [["50 %", "−1"], ["x & y", "0.2 ± 0.1"]],
      note: "Mean of 3 seeds."
    )
    expectGolden(
      try rendered([
        .paragraph("\(strong: "dropout") 0 → 0.5 costs $5, \(code: "C:\\tmp{1}")."),
        .list(["one", "two #2"]), .table(table), .preformatted("last ~line~\n^C"),
      ]),
      "page.latex",
      testFile: goldenAnchor
    )
  }

  @Test(arguments: ["%\u{301}", "$\u{301}", "\\\u{301}", "{\u{301}", "&\u{301}", "#\u{301}"])
  func `a sign with a mark on it is none of TeX's`(text: String) throws {
    let line = try rendered([.paragraph(Prose(text))]).split(separator: "\n").last ?? ""
    #expect(line.hasPrefix("\\") && line.unicodeScalars.last == "\u{301}", "\(line)")
  }

  @Test(arguments: ["\\input{x}", "$x$", "a%b", "}{", "#1", "x_y^z", "~"])
  func `text stays text`(text: String) throws {
    let line = try rendered([.paragraph(Prose(text))]).split(separator: "\n").last ?? ""
    let bare = line.replacing(
      #/\\text(backslash|asciitilde|asciicircum)\{\}|\\[{}$&#_%]/#,
      with: ""
    )
    #expect(!bare.contains { "\\{}$&#_%~^".contains($0) })
  }
}
