import Foundation
import Laboratory
import Reports
import Statistics
import Storage
import Sweeps
import TestSupport
import Testing

/// Questions are revealed one by one, and what is sealed cannot be read off what is shown.
struct RevealTests {
  /// Every run but the baseline's measures 0.abn31 with its levels and a number of its own, which no difference shows.
  private static let spec = """
    { "name": "sealed", "axes": { "a": [0, 1], "b": [0, 1] }, "seeds": 2,
      "command": ["sh", "-c", "m=0.25; [ {a}{b} != 00 ] && m=0.{a}{b}$(expr 7 + {a} '*' {seed})31; echo said $m; for e in 1 2; do echo '{{\\"epoch\\": '$e', \\"loss\\": '$m'}}'; done"],
      "metrics": { "loss": { "better": "lower", "delta": 0.02 } },
      "questions": [
        { "id": "first", "factor": "a", "from": 0, "to": 1, "metric": "loss", "at": { "b": 0 } },
        { "id": "second", "factor": "a", "from": 0, "to": 1, "metric": "loss", "at": { "b": 1 } },
        { "id": "between", "factor": "b", "from": 0, "to": 1, "metric": "loss", "at": { "a": 1 } } ],
      "textbook": [
        { "question": "first", "direction": "down", "confidence_pct": 80, "premise": "any", "source": "a book" },
        { "question": "second", "direction": "none", "confidence_pct": 80, "premise": "any", "source": "a book",
          "fails_when": ["F1"] } ] }
    """
  private static let cells = ["0.107", "0.108", "0.017", "0.117", "0.118"]

  /// The text without durations: a run may have taken as many seconds as another has loss.
  private static func untimed(_ text: String) -> String {
    text.replacing(/(duration: |"work_seconds": ?)[0-9.e-]+/, with: "")
  }

  private func open(_ laboratory: Laboratory) throws -> [String] {
    let store = try Store.reading(from: laboratory.results)
    return try store.openQuestions(of: store.sweep(matching: nil))
  }

  private func outcome(
    _ id: String,
    _ laboratory: Laboratory,
    revealing: Bool = true
  ) throws -> Disclosed<RevealedQuestion?> {
    try laboratory.outcome(
      of: id,
      in: nil,
      revealing ? .revealing(questions: [id], by: "test") : .respectingPredictions
    )
  }

  @Test func `a question is revealed alone, with what the textbook said of it`() async throws {
    try await withSweep(Self.spec) { laboratory, _, _ in
      #expect(try outcome("first", laboratory, revealing: false).value == nil)
      let found = try outcome("first", laboratory)
      let disclosure = try #require(found.disclosures.first)
      #expect(disclosure.act == .revealed(isWrittenDown: true))
      #expect(disclosure.openQuestions == ["first", "second", "between"])
      #expect(disclosure.sealedQuestions == ["second", "between"])
      let first = try #require(found.value)
      #expect(first.differences.map(\.seed) == [0, 1])
      #expect(first.differences.map(\.change).map { abs($0 + 0.1422) < 1e-3 } == [true, true])
      #expect(first.outcome == .down && first.verdict == "down" && first.seedCount == 2)
      #expect(first.interval.map { $0.upper < -0.02 } == true)
      #expect(first.coverage == "95 % t interval of the mean difference, over 2 seeds")
      #expect(first.sentence.text.contains("lowered loss"))
      #expect(first.textbook?.verdict == .right && first.textbook?.failures.isEmpty == true)
      #expect(first.isFinal)
      #expect(try open(laboratory) == ["second", "between"])
      #expect(try outcome("second", laboratory, revealing: false).value == nil)
      let second = try #require(try outcome("second", laboratory).value)
      #expect(second.textbook?.verdict == .wrong && second.textbook?.failures.map(\.key) == ["F1"])
      #expect(try outcome("first", laboratory, revealing: false).value != nil)
      #expect(throws: LaboratoryError.self) { try outcome("third", laboratory) }
    }
  }

  @Test func `what is revealed of one question tells no result of another`() async throws {
    try await withSweep(Self.spec) { laboratory, file, told in
      var said = told
      said.append("\(String(describing: try outcome("first", laboratory).value?.differences))")
      let request = Disclosure.Request.revealing(questions: ["first"], by: "test")
      for request in [request, .respectingPredictions] {
        let runs = try laboratory.runs(of: nil, status: nil, request)
        #expect(!runs.showsResults && runs.disclosures.map(\.act) == [.withheld])
        said.append("\(runs.value)")
        for record in runs.value.records {
          said.append("\(try laboratory.history(ofRun: record.run.id, request).value)")
          let log = try laboratory.log(ofRun: record.run.id, attempt: nil, request)
          #expect(!log.showsResults && log.value.bytes == nil)
        }
      }
      for text in said {
        for cell in Self.cells where Self.untimed(text).contains(cell) {
          Issue.record("a result is given away: \(cell) in \(text.prefix(2000))")
        }
      }
      #expect(try open(laboratory) == ["second", "between"])
    }
  }

  @Test func `curves are shown until they would answer a sealed question`() async throws {
    try await withSweep(Self.spec) { laboratory, _, _ in
      let first = try #require(try outcome("first", laboratory).value)
      #expect(first.curves.map(\.name) == ["a 0", "a 1"])
      #expect(first.curves.map(\.points.count) == [2, 2])
      #expect(first.curves.map(\.runCount) == [2, 2])
      // With these, both sides of the last question would be there to be subtracted.
      let second = try #require(try outcome("second", laboratory).value)
      #expect(second.curves.isEmpty && second.differences.count == 2)
      #expect(try outcome("first", laboratory, revealing: false).value?.curves.count == 2)
      #expect(try outcome("between", laboratory).value?.curves.count == 2)
      #expect(try outcome("second", laboratory, revealing: false).value?.curves.count == 2)
    }
  }

  @Test func `the last reveal opens the runs, and a report reveals what is left`() async throws {
    try await withSweep(Self.spec) { laboratory, _, _ in
      _ = try outcome("second", laboratory)
      let report = try laboratory.report(
        ReportRequest(sweep: nil, part: .whole, showsFigures: false),
        by: "test"
      )
      #expect(report.disclosures.map(\.openQuestions) == [["first", "between"]])
      #expect(report.showsResults)
      #expect(try open(laboratory).isEmpty)
      let runs = try laboratory.runs(of: nil, status: nil, .respectingPredictions)
      #expect(runs.showsResults && "\(runs.value)".contains("0.117"))
    }
  }

  @Test(arguments: [Markdown.name, HTML.name, "json", "jsonl", "terminal", "latex"])
  func `a report of one question reveals it alone, and tells no result of another`(format: String)
    async throws
  {
    try await withSweep(Self.spec) { laboratory, _, _ in
      let request = ReportRequest(sweep: nil, part: .question("first"), showsFigures: true)
      let report = try laboratory.report(request, by: "test")
      #expect(report.disclosures.map(\.act) == [.revealed(isWrittenDown: true)])
      #expect(report.disclosures.map(\.sealedQuestions) == [["second", "between"]])
      #expect(try open(laboratory) == ["second", "between"])
      let format = try #require(ReportFormats.named(format))
      let text = try format.render(report.value)
      for cell in Self.cells where Self.untimed(text).contains(cell) {
        Issue.record("a result is given away: \(cell) in \(text.prefix(3000))")
      }
      #expect(text.contains("0.142"), "the difference")
      // Asked for again it is as open, and the others as sealed.
      #expect(try laboratory.report(request, by: "test").disclosures.map(\.act) == [.withheld])
      #expect(try open(laboratory) == ["second", "between"])
      let unknown = ReportRequest(sweep: nil, part: .question("third"), showsFigures: false)
      #expect(throws: LaboratoryError.self) { try laboratory.report(unknown, by: "test") }
    }
  }

  @Test func `a list of runs reveals every question, whichever was asked for`() async throws {
    try await withSweep(Self.spec) { laboratory, _, _ in
      let request = ReportRequest(
        sweep: nil,
        part: .question("first"),
        showsFigures: false,
        listsRuns: true
      )
      let report = try laboratory.report(request, by: "test")
      #expect(report.showsResults)
      #expect(try CSV.render(report.value).contains("0.117"))
      #expect(try open(laboratory).isEmpty)
    }
  }

  @Test func `the last question of all is told with the runs that it compares`() async throws {
    try await withSweep(Self.spec) { laboratory, _, _ in
      _ = try outcome("first", laboratory)
      _ = try outcome("between", laboratory)
      let request = ReportRequest(sweep: nil, part: .question("second"), showsFigures: true)
      let report = try laboratory.report(request, by: "test")
      #expect(report.showsResults)
      #expect(report.value.figures.contains { $0.name.hasPrefix("seeds-") })
      let alone = ReportRequest(
        sweep: nil,
        part: .question("second"),
        showsFigures: true,
        isAlone: true
      )
      let told = try laboratory.report(alone, by: "test").value
      #expect(!told.figures.contains { $0.name.hasPrefix("seeds-") } && told.runs == nil)
    }
  }
}
