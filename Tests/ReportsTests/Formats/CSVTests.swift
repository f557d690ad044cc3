import Notation
import Reports
import Statistics
import TestSupport
import Testing

struct CSVTests {
  private func line(_ field: RunsTable.Field) throws -> String {
    let runs = RunsTable(header: ["h"], count: 1) { _ in [field] }
    return String(try CSV.render(Page(title: "", sections: [], runs: runs)).dropFirst(2).dropLast())
  }

  @Test func `the runs of a small sweep are as in the golden file`() throws {
    expectGolden(
      try CSV.render(SweepReport(of: try smallEvidence())),
      "small.csv",
      testFile: goldenAnchor
    )
  }

  @Test(arguments: ["=1+1", "+a", "-a", "@x", "\tx"])
  func `a text that a spreadsheet would compute gets an apostrophe`(text: String) throws {
    #expect(try line(.text(text)).replacing("\"", with: "").hasPrefix("'"))
  }

  @Test(arguments: ["-0.5", "+3", "1e-4"])
  func `a level that is a number is left as it is`(text: String) throws {
    #expect(try line(.text(text)) == text)
  }

  @Test func `separators, quotes and line ends are quoted`() throws {
    #expect(try line(.text("a,b")) == "\"a,b\"")
    #expect(try line(.text("a\"b")) == "\"a\"\"b\"")
    #expect(try line(.text("a\nb")) == "\"a\nb\"")
    #expect(try line(.text("a\r\nb")) == "\"a\r\nb\"")
  }

  @Test func `numbers that are not finite are words and a missing one is empty`() throws {
    #expect(try line(.number(.nan)) == "nan")
    #expect(try line(.number(.infinity)) == "inf")
    #expect(try line(.number(-.infinity)) == "-inf")
    #expect(try line(.missing).isEmpty)
  }

  @Test(arguments: [0.1, 1e-300, 123_456_789.123_456_7])
  func `no digit of a number is lost`(number: Double) throws {
    #expect(try Double(line(.number(number))) == number)
  }

  /// A table of random fields, written and read again: the same texts, but for the apostrophe before a formula.
  @Test(arguments: 0..<200)
  func `what is written is read as it was`(seed: Int) throws {
    var draw = SeededGenerator(purpose: "written tables", seed: seed)
    let pieces = [
      "a", "0.5", ",", "\"", "\"\"", "\r", "\n", "\r\n", " ", "\t", ";", "é", "😀", "e\u{301}",
      "\u{301}", "'",
      "=", "-",
      "@", "nan", "\u{2028}", "\u{202E}", "\\",
    ]
    let columns = 1 + draw.index(below: 5)
    let header = (0..<columns).map { "h\($0)" }
    let rows = (0..<draw.index(below: 12)).map { _ in
      (0..<columns).map { _ in
        (0..<draw.index(below: 6)).map { _ in pieces[draw.index(below: pieces.count)] }.joined()
      }
    }
    let table = RunsTable(header: header, count: rows.count) { rows[$0].map { .text($0) } }
    let text = try CSV.render(Page(title: "", sections: [], runs: table))
    let read = CSVTable(SourceText(path: "t.csv", text: text))
    #expect(read.faults.isEmpty, "seed \(seed): \(read.faults)")
    #expect(read.header == header, "seed \(seed)")
    // A line without any character is no row of a table with one column.
    let expected = rows.filter { $0 != [""] }
    #expect(read.rows.count == expected.count, "seed \(seed): \(text)")
    for (row, fields) in zip(read.rows, expected) {
      for (cell, field) in zip(row.fields, fields) {
        #expect(
          Array(cell.utf8) == Array(field.utf8) || Array(cell.utf8) == Array("'\(field)".utf8),
          "seed \(seed)"
        )
      }
    }
  }
}
