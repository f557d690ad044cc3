import Reports
import Sweeps
import TestSupport
import Testing

struct LeftOutTests {
  /// The report of the small sweep, whose runs tell further metrics.
  private func report(_ metrics: @escaping (Int) -> [String: Double]) throws -> String {
    let evidence = try smallEvidence { $1.final.merge(metrics($0)) { $1 } }
    return try Markdown.render(Page(title: "t", sections: SweepReport(of: evidence).sections))
  }

  @Test func `a report counts the files that no run could use`() throws {
    #expect(
      try report { _ in ["left_out_files": 3] }.contains("3 files of the folder could not be read")
    )
    #expect(try report { ["left_out_files": Double($0 % 2)] }.contains("0 to 1 files"))
    #expect(try !report { _ in ["left_out_files": 0] }.contains("left out"))
    #expect(try !report { _ in [:] }.contains("left out"))
  }

  @Test func `a report says in which phase runs stopped`() throws {
    let text = try report { ["stopped_phase": Double($0 % 3)] }
    #expect(text.contains("patience ended no phase in"))
    #expect(text.contains("phase 2 last in"))
    #expect(try !report { _ in [:] }.contains("patience"))
  }
}
