import Reports
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
}
