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

  /// A mark that combines with a sign makes one character of both; what reads Markdown goes by the sign.
  @Test(arguments: ["|", "`", "*", "[", "~"])
  func `a sign with a mark on it is made literal as the sign alone is`(sign: String) throws {
    let table = Table(columns: [.words("c")], rows: [["a\(sign)\u{301}b"]])
    let row = try rendered([.table(table)]).split(separator: "\n").last ?? ""
    #expect(row.contains("a\\\(sign)\u{301}b"))
    #expect(try rendered([.paragraph(Prose("\(sign)\u{301}"))]).contains("\\\(sign)\u{301}"))
  }

  @Test func `a tag is none, whatever combines with its beginning`() throws {
    let said = try rendered([.paragraph("<script\u{301}>&\u{301}lt;")])
    #expect(!said.unicodeScalars.contains("<") && said.contains("&lt;scrip"))
    #expect(said.unicodeScalars.count { $0 == "&" } == 3 && said.contains("&amp;\u{301}lt;"))
  }

  @Test func `a fence and a code span outlast backticks with marks on them`() throws {
    let said = try rendered([.preformatted("```\u{301}\nx"), .paragraph("\(code: "a`\u{301}b")")])
    #expect(said.contains("````text\n```\u{301}\nx\n````") && said.contains("`` a`\u{301}b ``"))
    #expect(!(try rendered([.paragraph("\(code: "a\r\nb")")])).contains("a\r"))
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
