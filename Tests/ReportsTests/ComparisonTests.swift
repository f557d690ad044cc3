import Foundation
import Notation
import Reports
import Statistics
import Sweeps
import TestSupport
import Testing

struct ComparisonTests {
  /// The runs of the small sweep that pass a test, with curves.
  private func side(
    _ name: String,
    seeds shift: Int = 0,
    where isWanted: (Record) -> Bool
  ) throws -> Comparison.Side {
    let evidence = try smallEvidence()
    let records = evidence.records.filter(isWanted).map { record in
      var measurements = record.measurements
      if let loss = measurements.final["valid_loss"] {
        measurements.curve = (1...30).map { epoch in
          CurvePoint(
            unit: .epoch,
            position: Double(epoch),
            metrics: ["curve_valid_loss": loss + 1 / Double(epoch)]
          )
        }
      }
      let run = record.run
      return Record(
        run: Run(
          id: run.id,
          seed: run.seed + shift,
          levels: run.levels,
          settings: JSONObject(
            zip(["dropout", "tuning"], run.levels).map {
              JSONObject.Member(key: $0, value: .string($1))
            }
          )
        ),
        attempt: 1,
        outcome: record.outcome,
        measurements: measurements,
        lastLines: [],
        started: record.started,
        duration: record.duration
      )
    }
    return Comparison.Side(name: name, evidence: evidence, records: records)
  }

  private func level(_ place: Int, _ text: String) -> (Record) -> Bool {
    { $0.run.levels[place] == text }
  }

  @Test func `two settings are as in their golden files`() throws {
    let comparison = try Comparison(
      side("dropout=0", where: level(0, "0")),
      side("dropout=0.5", where: level(0, "0.5"))
    )
    let report = ComparisonReport(comparison)
    expectGolden(try Markdown.render(report), "comparison.md", testFile: goldenAnchor)
    expectGolden(try JSONDocument.render(report), "comparison.json", testFile: goldenAnchor)
    expectGolden(try Terminal.render(report), "comparison.txt", testFile: goldenAnchor)
  }

  @Test func `paired effects are those of the report`() throws {
    let comparison = try Comparison(
      side("a", where: level(0, "0")),
      side("b", where: level(0, "0.5"))
    )
    let evidence = try smallEvidence()
    let effects = PairedRuns(evidence.table, design: evidence.design).effects()
    for (difference, effects) in zip(comparison.differences, effects) {
      let main = try #require(effects.main.first { $0.change.to == "0.5" })
      #expect(difference.method == .paired)
      #expect(difference.paired == main.result)
    }
  }

  @Test func `seeds that do not pair are compared by Welch's t over their means`() throws {
    let comparison = try Comparison(
      side("a", where: level(1, "full")),
      side("b", seeds: 10, where: level(1, "head"))
    )
    let difference = comparison.differences[0]
    #expect(difference.method == .welch)
    #expect(difference.first.seeds == [0, 1, 2] && difference.second.seeds == [10, 11, 12])
    let expected = UnpairedDifference(
      from: difference.first.perSeed,
      to: difference.second.perSeed,
      delta: difference.metric.delta
    )
    #expect(difference.unpaired == expected && difference.test == expected?.test)
    let text = try Markdown.render(ComparisonReport(comparison))
    #expect(text.contains("not paired: 3 seeds against 3"))
    #expect(comparison.curves[0].points[0].interval == nil)
  }

  @Test func `runs without a counterpart are left out and counted`() throws {
    let comparison = try Comparison(
      side("a", where: level(1, "full")),
      side("b", where: { $0.run.levels[1] == "head" && $0.run.levels[0] != "0.25" })
    )
    #expect(comparison.firstRuns.count == 6)
    #expect(comparison.matched.map(\.name) == ["dropout"])
  }

  @Test func `settings without a common value are named, and nothing is concluded`() throws {
    let comparison = try Comparison(
      side("a", where: { $0.run.levels[0] != "0" }),
      side("b", where: level(0, "0"))
    )
    #expect(comparison.unmatched.map(\.name) == ["dropout"])
    let text = try Markdown.render(ComparisonReport(comparison))
    #expect(text.contains("Nothing can be compared"))
    #expect(!text.contains("## What we found"))
  }

  @Test func `one seed on each side gives a difference and no interval`() throws {
    let comparison = try Comparison(
      side("a", where: { $0.run.levels == ["0", "full"] && $0.run.seed == 0 }),
      side("b", where: { $0.run.levels == ["0.5", "full"] && $0.run.seed == 1 })
    )
    #expect(comparison.differences[0].method == nil)
    #expect(
      try Markdown.render(ComparisonReport(comparison)).contains("too few seeds for an interval")
    )
  }
}
