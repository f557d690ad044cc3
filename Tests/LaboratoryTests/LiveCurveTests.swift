import Charts
import Foundation
import Laboratory
import Reports
import Sweeps
import TestSupport
import Testing

/// Curves of runs at work are seen as far as they have come, and none of a sealed question is.
struct LiveCurveTests {
  /// Every run prints points until there is a file `go`; the spec does not hold in one piece what the second cell prints.
  private static func spec(_ questions: String) -> String {
    """
    { "name": "live", "axes": { "a": [0, 1] }, "seeds": 1,
      "command": ["sh", "-c", "m=0.25; [ {a} = 1 ] && m=0.86$(echo 75309); e=0; until [ -e go ]; do e=$(expr $e + 1); echo '{{\\"epoch\\": '$e', \\"loss\\": '$m'}}'; done"],
      "metrics": { "loss": { "better": "lower", "delta": 0.02 } }\(questions) }
    """
  }

  private static let question =
    #", "questions": [{ "id": "q", "factor": "a", "from": 0, "to": 1, "metric": "loss" }]"#
  private static let secret = "0.8675309"

  /// Gives a laboratory in which both runs are at work; they end when the body has.
  private func withRunsAtWork(
    _ questions: String,
    _ body: (Laboratory, _ live: URL) throws -> Void
  ) throws {
    try withTemporaryFolder { folder in
      let file = folder.appending(component: "live.json")
      try Data(Self.spec(questions).utf8).write(to: file)
      let sweep = try SweepBinary.start(
        ["run", "live.json", "--jobs", "2", "--quiet"],
        in: folder,
        environment: [:],
        scratch: folder
      )
      let laboratory = Laboratory(
        results: folder.appending(component: "results").path,
        caller: Laboratory.Caller(program: "sweep", commandLine: [], directory: folder.path)
      )
      let result = Result {
        try body(laboratory, folder.appending(path: "results/live/live"))
      }
      try Data().write(to: folder.appending(component: "go"))
      #expect(sweep.wait() == 0)
      try result.get()
      #expect(try laboratory.growingCurves(of: "live") == nil)
      let ended = try laboratory.baselineCurves(of: "live")
      #expect(ended?.chart.panels.map(\.title) == ["baseline"])
      #expect(!FileManager.default.fileExists(atPath: folder.path + "/results/live/live"))
    }
  }

  /// The curves once they show as many cells as that, or after a minute what there is.
  private func curves(
    _ laboratory: Laboratory,
    panels: Int,
    _ look: (Laboratory) throws -> GrowingCurves?
  ) throws -> GrowingCurves? {
    var found: GrowingCurves?
    for _ in 0..<6000 {
      found = (try? look(laboratory)) ?? nil
      if found?.chart.panels.count == panels { return found }
      usleep(10_000)
    }
    return found
  }

  @Test func `of a sealed sweep the baseline grows, and nothing else is written or shown`() throws {
    try withRunsAtWork(Self.question) { laboratory, live in
      let growing = try #require(
        try curves(laboratory, panels: 1) { try $0.growingCurves(of: "live") }
      )
      #expect(growing.chart.panels.map(\.title) == ["baseline"])
      let points = try #require(growing.chart.panels[0].series.first?.seeds.first)
      #expect(points.first?.x == 1 && points.allSatisfy { $0.y == 0.25 })
      #expect(!"\(growing)".contains(Self.secret))
      // The other run has been at work for as long.
      let later = try #require(try laboratory.growingCurves(of: "live"))
      #expect(later.chart.panels.map(\.title) == ["baseline"])
      let files = try FileManager.default.contentsOfDirectory(atPath: live.path)
      #expect(files.count == 1)
      for file in files {
        let text = String(decoding: try Data(contentsOf: live.appending(path: file)), as: UTF8.self)
        #expect(text.contains("0.25") && !text.contains(Self.secret))
      }
      let baseline = try #require(try laboratory.baselineCurves(of: "live"))
      #expect(baseline.chart.panels.map(\.title) == ["baseline"])
    }
  }

  @Test func `of a sweep without questions every run at work grows`() throws {
    try withRunsAtWork("") { laboratory, _ in
      let growing = try curves(laboratory, panels: 2) { try $0.growingCurves(of: "live") }
      #expect(growing?.chart.panels.map(\.title) == ["baseline", "a 1"])
      #expect(growing?.label.contains("loss is at 0.25") == true)
      let baseline = try #require(try laboratory.baselineCurves(of: "live"))
      #expect(baseline.chart.panels.map(\.title) == ["baseline"])
      let run = try laboratory.standings(of: "live")[0].running.first { $0.run.levels == ["1"] }
      let own = try laboratory.growingCurves(of: "live", run: try #require(run).run.id)
      #expect(own?.chart.panels.map(\.title) == ["a 1"])
    }
  }
}
