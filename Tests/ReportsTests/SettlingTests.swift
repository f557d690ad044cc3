import Reports
import TestSupport
import Testing

struct SettlingTests {
  /// The small sweep with its question asked of the metric that three seeds do not settle.
  private func page() throws -> String {
    let text = smallSpec.replacing(
      "\"to\": 0.5, \"metric\": \"valid_loss\"",
      with: "\"to\": 0.5, \"metric\": \"accuracy\""
    )
    let spec = try spec(text)
    let evidence = Evidence(
      spec: spec,
      records: records(of: spec),
      planned: 18,
      excludedCells: 0,
      provenance: []
    )
    let sections = SweepReport(of: evidence).sections.filter {
      $0.heading == "What would settle it"
    }
    return try Markdown.render(Page(title: "t", sections: sections))
  }

  @Test func `an open question says what would settle it and what that costs`() throws {
    expectGolden(try page(), "settling.md", testFile: goldenAnchor)
  }

  @Test func `a settled question asks for nothing`() throws {
    let headings = SweepReport(of: try smallEvidence()).sections.map(\.heading)
    #expect(!headings.contains("What would settle it"))
  }
}
