import Reports
import TestSupport
import Testing

struct MarkdownTests {
  private func rendered(_ blocks: [Block]) -> String {
    Markdown.render(
      Report(
        title: "t",
        sections: [Section("s", blocks)],
        runs: RunsTable(header: [], rows: [])
      )
    )
  }

  @Test func `the report of a small sweep is as in its golden file`() throws {
    expectGolden(
      Markdown.render(Report(of: try smallEvidence())),
      "small.md",
      testFile: goldenAnchor
    )
  }

  @Test(arguments: ["a|b", "<script>", "*x*", "`y`", "[z](u)", "_q_", "a\nb"])
  func `text stays text in a table`(text: String) {
    let table = Table(columns: [.words("c")], rows: [[text]])
    let row = rendered([.table(table)]).split(separator: "\n").last.map(String.init) ?? ""
    let unescaped = row.replacing(#/\\[|*`\[\]_]/#, with: "")
    #expect(!unescaped.dropFirst(2).dropLast(2).contains { "|*`[]<_".contains($0) })
  }

  @Test(arguments: ["# x", "- x", "+ x", "1. x", "12) x"])
  func `a paragraph cannot become a heading or a list`(text: String) {
    #expect(rendered([.paragraph(Prose(text))]).contains("\\"))
  }

  @Test func `a fence is longer than any inside`() {
    #expect(rendered([.preformatted("````\nx")]).contains("`````text\n````\nx\n`````"))
  }

  @Test func `an underscore inside a name is left alone`() {
    #expect(rendered([.paragraph("weight_decay")]).contains("weight_decay"))
  }

  @Test func `columns of numbers are set to the right`() {
    let table = Table(columns: [.words("a"), .numbers("n")], rows: [["x", "1"], ["long", "22"]])
    #expect(
      rendered([.table(table)]).hasSuffix(
        "| a    |  n |\n| :--- | -: |\n| x    |  1 |\n| long | 22 |\n"
      )
    )
  }
}
