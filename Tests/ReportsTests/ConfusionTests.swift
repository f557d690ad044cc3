import Charts
import Reports
import Sweeps
import TestSupport
import Testing

struct ConfusionTests {
  /// A finished run of the small sweep that left texts with its results.
  private func record(_ texts: [String: String]) throws -> Record {
    let evidence = try smallEvidence { $1.texts.merge(texts) { $1 } }
    return try #require(evidence.records.first { $0.status == .ok })
  }

  private static let confusion =
    #"{"classes": ["cat", "dog", "owl"], "counts": [[3, 1, 0], [0, 4, 0], [2, 0, 2]]}"#

  /// The report of the small sweep, all of whose runs left these texts.
  private func report(_ texts: [String: String]) throws -> String {
    let evidence = try smallEvidence { $1.texts.merge(texts) { $1 } }
    return try Markdown.render(Page(title: "t", sections: SweepReport(of: evidence).sections))
  }

  @Test func `a report says which classes are taken for which, the most frequent first`() throws {
    let lines = try report(["confusion": Self.confusion]).split(separator: "\n")
    func row(_ start: String) -> [Substring] {
      lines.filter { $0.hasPrefix("| \(start) ") }
    }
    #expect(row("cat")[0].contains("75.0 |") && row("cat")[0].contains("25.0 |"))
    let place = { (text: String) in lines.firstIndex { $0.replacing(" ", with: "").contains(text) }
    }
    let (first, second) = (
      try #require(place("|owl|cat|50.0|–|")), try #require(place("|cat|dog|25.0|–|"))
    )
    #expect(first < second)
  }

  @Test(arguments: [
    #"{"classes": ["cat"], "counts": [[3, 1]]}"#,
    #"{"classes": ["a", "b"], "counts": [[1, -2], [3, 4]]}"#,
    #"{"classes": ["a", "b"], "counts": [[1, 2]]}"#, "[1, 2]", "{", "",
  ])
  func `what does not hold together is not told`(text: String) throws {
    #expect(try !report(["confusion": text]).contains("What is taken for what"))
    #expect(try ClassMistakes(record(["confusion": text])) == nil)
  }

  @Test func `mistakes are those with an image, a label and an answer that there are`() throws {
    let texts = [
      "confusion": Self.confusion,
      "mistakes": "[[7, 2, 0, 0.99], [1, 9, 0, 0.5], [-1, 0, 1, 0.4], [2, 0], 5, [3, 0, 1, 0.75]]",
    ]
    let found = try #require(ClassMistakes(record(texts)))
    #expect(found.mistakes.map(\.image) == [7, 3])
    #expect(found.mistakes.map(\.answer) == ["cat", "dog"])
    #expect(found.mistakes.map(\.confidence) == [0.99, 0.75])
  }
}
