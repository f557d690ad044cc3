import Foundation
import Reports
import TestSupport
import Testing

struct TerminalTests {
  private func rendered(_ report: some Report, width: Int, color: Bool = false) throws -> String {
    var text = ""
    try Terminal.write(report, to: Destination(width: width, showsColor: color) { text += $0 })
    return text
  }

  private func rendered(_ blocks: [Block], width: Int = 80, color: Bool = false) throws -> String {
    let report = Page(title: "t", sections: [Section("s", blocks)])
    return try rendered(report, width: width, color: color)
  }

  /// The widest line, one column a character: nothing in these texts is wide.
  private func widest(_ text: String) -> Int {
    text.split(separator: "\n").map(\.count).max() ?? 0
  }

  @Test(arguments: Array(20...60) + [80, 120])
  func `nothing runs over however narrow the terminal is`(width: Int) throws {
    #expect(widest(try rendered(SweepReport(of: try smallEvidence()), width: width)) <= width)
  }

  @Test(arguments: ["\u{1B}[2Jx", "a\u{7}b", "\u{9B}31m", "x\u{202E}y", "a\u{2028}b", "\u{7F}"])
  func `what a terminal would obey is made visible everywhere`(text: String) throws {
    let shown = try rendered(
      [
        .paragraph(Prose(text)), .list([Prose([.strong(text), .code(text)])]),
        .table(Table(columns: [.words(text)], rows: [[text]], note: Prose(text))),
        .preformatted(text),
        .plot(ForestPlot([.init(label: text, estimate: 1, interval: nil, text: text)], delta: 1)),
      ]
    )
    let kinds = shown.unicodeScalars.filter { $0 != "\n" }.map(\.properties.generalCategory)
    #expect(!kinds.contains { [.control, .format, .lineSeparator].contains($0) })
    #expect(shown.components(separatedBy: "\\u{").count >= 8)
  }

  @Test func `colours only surround what is there without them`() throws {
    let report = SweepReport(of: try smallEvidence())
    let colored = try rendered(report, width: 80, color: true)
    #expect(colored.contains("\u{1B}[1m"))
    #expect(colored.replacing(#/\u{1B}\[[0-9;]*m/#, with: "") == (try rendered(report, width: 80)))
  }

  @Test func `wide characters take two columns and marks none`() throws {
    let table = Table(
      columns: [.words("a"), .numbers("n")],
      rows: [["漢字", "1"], ["e\u{301}", "2"], ["🙂", "3"]]
    )
    let lines = try rendered([.table(table)]).split(separator: "\n").suffix(3)
    #expect(Array(lines) == ["漢字  1", "e\u{301}     2", "🙂    3"])
  }

  @Test func `a long word is cut and a long log line goes on`() throws {
    let word = String(repeating: "x", count: 50)
    let text = try rendered([.paragraph(Prose(word)), .preformatted(word)], width: 20)
    #expect(widest(text) == 20)
    #expect(text.filter { $0 == "x" }.count == 100)
  }

  @Test func `tabs and line ends of a log keep their places`() throws {
    let text = try rendered([.preformatted("a\tb\r\nc\n")])
    #expect(text.hasSuffix("  a       b\n  c\n"))
  }

  @Test func `a table too wide for its columns shows one field under the other`() throws {
    let table = Table(
      columns: [.words("first"), .words("second")],
      rows: [[String(repeating: "a", count: 15), String(repeating: "b", count: 15)]]
    )
    let text = try rendered([.table(table)], width: 30)
    #expect(text.contains("first   aaaaaaaaaaaaaaa\nsecond  bbbbbbbbbbbbbbb\n"))
  }
}
