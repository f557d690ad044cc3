import Foundation
import Notation
import Reports
import Sweeps
import TestSupport
import Testing

struct JSONTests {
  /// The small evidence with curves on which a value is missing, one is not finite and the last run has none.
  private func evidence() throws -> Evidence {
    try smallEvidence { place, measurements in
      measurements.curve = [
        CurvePoint(
          unit: .epoch,
          position: 1,
          metrics: ["loss": 1 / Double(place + 3), "kind": .nan]
        ),
        CurvePoint(unit: .epoch, position: 2.5, metrics: ["loss": .infinity]),
      ]
      measurements.texts = ["note": "a \"word\"\n"]
    }
  }

  private func lines(_ report: some Report) throws -> [JSONObject] {
    let text = try JSONLines.render(report)
    return try text.split(separator: "\n").map { line in
      try #require(JSON(line: Array(line.utf8))?.object)
    }
  }

  @Test func `each part of the document of a small sweep is as in its golden file`() throws {
    let text = try JSONDocument.render(SweepReport(of: try evidence()))
    // Members of the document begin at the beginning of a line, all that is in them does not.
    var parts: [(key: String, text: String)] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if let key = line.firstMatch(of: #/^"(\w+)":/#) {
        parts.append((String(key.output.1), ""))
      } else if parts.isEmpty {
        parts.append(("frame", ""))
      }
      parts[parts.count - 1].text += line + "\n"
    }
    let large = ["effects", "questions", "runs", "curves", "spec"]
    for part in parts where large.contains(part.key) {
      expectGolden(part.text, "JSON/\(part.key).json", testFile: goldenAnchor)
    }
    expectGolden(
      parts.filter { !large.contains($0.key) }.map(\.text).joined(),
      "JSON/facts.json",
      testFile: goldenAnchor
    )
  }

  @Test func `the lines of each kind are as in their golden file`() throws {
    let text = try JSONLines.render(SweepReport(of: try evidence()))
    let lines = text.split(separator: "\n")
    let kinds = Dictionary(grouping: lines) { line in
      line.firstMatch(of: #/^{"kind":"(\w+)"/#).map { String($0.output.1) } ?? ""
    }
    #expect(kinds.keys.sorted() == ["curve", "effect", "question", "run", "sweep"])
    for (kind, lines) in kinds {
      expectGolden(
        lines.joined(separator: "\n") + "\n",
        "JSON/\(kind).jsonl",
        testFile: goldenAnchor
      )
    }
  }

  @Test func `a document is JSON and every number of the runs is the CSV's`() throws {
    let report = SweepReport(of: try evidence())
    let text = try JSONDocument.render(report)
    let document = try #require(JSON(line: Array(text.utf8))?.object)
    guard case .array(let runs)? = document["runs"] else {
      Issue.record("no runs")
      return
    }
    let table = try #require(report.runs)
    #expect(runs.count == table.count)
    for (index, run) in runs.enumerated() {
      for (name, field) in zip(table.header, table.row(index)) {
        guard case .number(let number) = field else { continue }
        #expect(run.object?[name]?.double == number)
      }
    }
  }

  @Test func `every line has its kind, the sweep comes first and curves have a line per point`()
    throws
  {
    let lines = try lines(SweepReport(of: try evidence()))
    let kinds = lines.map { $0["kind"]?.string ?? "" }
    #expect(kinds.first == "sweep")
    #expect(kinds.count { $0 == "run" } == 18)
    #expect(kinds.count { $0 == "curve" } == 34)
    #expect(kinds.count { $0 == "question" } == 1)
    #expect(Set(kinds) == ["sweep", "effect", "question", "run", "curve"])
  }

  @Test func `levels that are numbers are numbers, and names that are taken step aside`() throws {
    let lines = try lines(SweepReport(of: try evidence()))
    let run = try #require(lines.first { $0["kind"]?.string == "run" })
    #expect(run["dropout"] == .number(JSONNumber(0)))
    #expect(run["tuning"] == "full")
    let point = try #require(lines.first { $0["kind"]?.string == "curve" })
    #expect(point["kind_"] == "nan")
  }

  @Test func `the baseline alone gives away neither effects nor other cells`() throws {
    let report = BaselineReport(of: try evidence())
    let text = try JSONDocument.render(report)
    let document = try #require(JSON(line: Array(text.utf8))?.object)
    #expect(document["effects"]?.object?.isEmpty == true)
    #expect(document["questions"] == .array([]))
    #expect(document["scoring"] == .null)
    guard case .array(let runs)? = document["runs"], case .array(let curves)? = document["curves"]
    else {
      Issue.record("no runs")
      return
    }
    #expect(runs.count == 3 && curves.count == 3)
  }

  @Test func `while runs are missing nothing is scored`() throws {
    let small = try smallEvidence()
    let interim = Evidence(
      spec: small.spec,
      records: small.records,
      planned: 24,
      excludedCells: 0,
      provenance: []
    )
    let text = try JSONDocument.render(SweepReport(of: interim))
    let document = try #require(JSON(line: Array(text.utf8))?.object)
    #expect(document["interim"] == .boolean(true))
    #expect(document["scoring"] == .null)
  }
}
