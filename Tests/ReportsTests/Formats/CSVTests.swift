import Reports
import TestSupport
import Testing

struct CSVTests {
  private func line(_ field: RunsTable.Field) -> String {
    let report = Report(
      title: "",
      sections: [],
      runs: RunsTable(header: ["h"], rows: [[field]])
    )
    return String(CSV.render(report).dropFirst(2).dropLast())
  }

  @Test func `the runs of a small sweep are as in the golden file`() throws {
    expectGolden(CSV.render(Report(of: try smallEvidence())), "small.csv", testFile: goldenAnchor)
  }

  @Test(arguments: ["=1+1", "+a", "-a", "@x", "\tx"])
  func `a text that a spreadsheet would compute gets an apostrophe`(text: String) {
    #expect(line(.text(text)).replacing("\"", with: "").hasPrefix("'"))
  }

  @Test(arguments: ["-0.5", "+3", "1e-4"])
  func `a level that is a number is left as it is`(text: String) {
    #expect(line(.text(text)) == text)
  }

  @Test func `separators, quotes and line ends are quoted`() {
    #expect(line(.text("a,b")) == "\"a,b\"")
    #expect(line(.text("a\"b")) == "\"a\"\"b\"")
    #expect(line(.text("a\nb")) == "\"a\nb\"")
    #expect(line(.text("a\r\nb")) == "\"a\r\nb\"")
  }

  @Test func `numbers that are not finite are words and a missing one is empty`() {
    #expect(line(.number(.nan)) == "nan")
    #expect(line(.number(.infinity)) == "inf")
    #expect(line(.number(-.infinity)) == "-inf")
    #expect(line(.missing).isEmpty)
  }

  @Test(arguments: [0.1, 1e-300, 123_456_789.123_456_7])
  func `no digit of a number is lost`(number: Double) {
    #expect(Double(line(.number(number))) == number)
  }
}
