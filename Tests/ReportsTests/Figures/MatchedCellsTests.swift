import Charts
import Foundation
import Notation
import Reports
import Sweeps
import TestSupport
import Testing

/// What is compared has everything else equal, also where cells are left out on purpose.
struct MatchedCellsTests {
  /// Dropout lowers the loss by 0.04 and augmentation by 0.1, and both are never together on the whole network.
  private func evidence() throws -> Evidence {
    let spec = try spec(
      """
      { "name": "s", "command": ["x", "{dropout}{tuning}{augmentation}"],
        "axes": { "tuning": ["full", "head"], "dropout": [0, 0.5], "augmentation": ["none", "default"] },
        "exclude": [{ "tuning": "full", "dropout": 0.5, "augmentation": "default" }],
        "seeds": 3, "metrics": { "valid_loss": { "better": "lower", "delta": 0.02 } } }
      """
    )
    let runs = records(of: spec, failLast: false).compactMap { record -> Record? in
      let levels = record.run.levels
      guard levels != ["full", "0.5", "default"] else { return nil }
      var measurements = Measurements()
      measurements.final["valid_loss"] =
        0.3 - (levels[1] == "0.5" ? 0.04 : 0) - (levels[2] == "default" ? 0.1 : 0)
        + (levels[0] == "head" ? 0.2 : 0) + Double(record.run.seed) / 1000
      return Record(
        run: record.run,
        attempt: 1,
        outcome: .finished,
        measurements: measurements,
        lastLines: [],
        started: record.started,
        duration: record.duration
      )
    }
    return Evidence(
      spec: spec,
      records: runs,
      planned: runs.count,
      excludedCells: 1,
      provenance: []
    )
  }

  @Test func `the map of two axes compares matched cells only`() throws {
    let map = try #require(
      SweepReport(of: try evidence()).figures.first {
        $0.name == "map-valid_loss-tuning-augmentation"
      }
    )
    let heat = try #require(map.chart as? HeatMap)
    let full = heat.cells[0].compactMap { $0?.value }
    #expect(full.count == 2)
    // Without dropout, which all pairs have; with what else there is of it, the first would be 0.281.
    #expect(abs(full[0] - 0.301) < 1e-9 && abs(full[1] - 0.201) < 1e-9)
    #expect(map.note.text.contains("the 1 setting of the other factors"))
  }
}

/// Where an axis of many levels is best, and what is drawn of it.
struct DoseTests {
  private func evidence(_ means: [Double]) throws -> Evidence {
    let levels = means.indices.map(String.init).joined(separator: ",")
    let spec = try spec(
      """
      { "name": "s", "command": ["x", "{dose}"], "axes": { "dose": [\(levels)] }, "seeds": 3,
        "metrics": { "valid_loss": { "better": "lower", "delta": 0.02 } } }
      """
    )
    let runs = spec.seeds.flatMap { seed in
      means.enumerated().map { place, mean in
        var measurements = Measurements()
        measurements.final["valid_loss"] = mean + Double(seed * (place + 1)) / 1000
        return Record(
          run: Run(
            id: "\(seed)-\(place)",
            seed: seed,
            levels: ["\(place)"],
            settings: JSONObject()
          ),
          attempt: 1,
          outcome: .finished,
          measurements: measurements,
          lastLines: [],
          started: .init(timeIntervalSince1970: 0),
          duration: .seconds(1)
        )
      }
    }
    return Evidence(
      spec: spec,
      records: runs,
      planned: runs.count,
      excludedCells: 0,
      provenance: []
    )
  }

  private func far(_ means: [Double]) throws -> [Bool] {
    let figure = SweepReport(of: try evidence(means)).figures.first { $0.name.hasPrefix("dose-") }
    return try #require(figure?.chart as? DoseResponse).levels.map(\.isFar)
  }

  @Test func `the curve shows what lies near the baseline and the best level`() throws {
    #expect(
      try far([0.21, 0.205, 0.19, 0.215, 0.38, 0.95])
        == [false, false, false, false, true, true]
    )
    #expect(try far([0.2, 0.3, 0.4, 0.5, 0.6]).allSatisfy { !$0 })
    // The best level is what is asked for, however far it is.
    #expect(try far([0.9, 0.91, 0.92, 0.9, 0.1]).allSatisfy { !$0 })
  }

  @Test func `what we found says where the axis is best`() throws {
    let first = SweepReport(of: try evidence([0.21, 0.205, 0.16, 0.215, 0.95])).sections[0]
    let page = try Markdown.render(Page(title: "t", sections: [first]))
    #expect(page.contains("## What we found"))
    #expect(
      page.contains(
        "valid_loss is lowest at **dose 2**, 0.163. **dose** 0 → 2 **lowered** valid_loss"
      )
    )
    #expect(page.contains("It is highest at 4, 0.955."))
  }
}
