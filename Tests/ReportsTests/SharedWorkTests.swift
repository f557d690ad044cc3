import Reports
import Sweeps
import TestSupport
import Testing

struct SharedWorkTests {
  /// The small sweep, its runs with further metrics by their place in the grid.
  private func sections(_ metrics: (Int) -> [String: Double]) throws -> [Section] {
    let evidence = try smallEvidence { $1.final.merge(metrics($0)) { $1 } }
    return SweepReport(of: evidence).sections.filter { $0.heading == "Work not done twice" }
  }

  @Test func `a report says what runs took over from others`() throws {
    let sections = try sections { place in
      // The first run fills the cache; runs without a frozen body have no features to share.
      let features = place.isMultiple(of: 2) ? 0.0 : 5700
      return ["shared_images": place == 0 ? 0 : 4000, "shared_features": place == 1 ? 0 : features]
    }
    let report = Page(title: "t", sections: sections)
    expectGolden(try Markdown.render(report), "shared-work.md", testFile: goldenAnchor)
  }

  @Test func `a count that is no whole number of the machine is told all the same`() throws {
    let sections = try sections { _ in ["shared_features": 1e19] }
    #expect(try Markdown.render(Page(title: "t", sections: sections)).contains("e+2"))
  }

  @Test func `nothing is said where nothing was shared`() throws {
    #expect(try sections { _ in ["shared_features": 0, "shared_images": 0] }.isEmpty)
    #expect(try sections { _ in [:] }.isEmpty)
  }
}
