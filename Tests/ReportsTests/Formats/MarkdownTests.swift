import Reports
import TestSupport
import Testing

struct MarkdownTests {
  private func rendered(_ blocks: [Block]) throws -> String {
    try Markdown.render(
      Page(title: "t", sections: [Section("s", blocks)])
    )
  }

  @Test(arguments: ["a|b", "<script>", "*x*", "`y`", "[z](u)", "_q_", "a\nb"])
  func `text stays text in a table`(text: String) throws {
    let table = Table(columns: [.words("c")], rows: [[text]])
    let row = try rendered([.table(table)]).split(separator: "\n").last.map(String.init) ?? ""
    let unescaped = row.replacing(#/\\[|*`\[\]_]/#, with: "")
    #expect(!unescaped.dropFirst(2).dropLast(2).contains { "|*`[]<_".contains($0) })
  }

  @Test(arguments: ["# x", "- x", "+ x", "1. x", "12) x"])
  func `a paragraph cannot become a heading or a list`(text: String) throws {
    #expect(try rendered([.paragraph(Prose(text))]).contains("\\"))
  }

  @Test func `a fence is longer than any inside`() throws {
    #expect(try rendered([.preformatted("````\nx")]).contains("`````text\n````\nx\n`````"))
  }

  @Test func `an underscore inside a name is left alone`() throws {
    #expect(try rendered([.paragraph("weight_decay")]).contains("weight_decay"))
  }

  @Test func `columns of numbers are set to the right`() throws {
    let table = Table(columns: [.words("a"), .numbers("n")], rows: [["x", "1"], ["long", "22"]])
    #expect(
      try rendered([.table(table)]).hasSuffix(
        "| a    |  n |\n| :--- | -: |\n| x    |  1 |\n| long | 22 |\n"
      )
    )
  }
}
