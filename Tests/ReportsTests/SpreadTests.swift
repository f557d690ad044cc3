import Reports
import Statistics
import Sweeps
import Testing

struct SpreadTests {
  @Test func `the images' error of one pair is McNemar's`() {
    // Of eight images the first arm alone has two right, the second alone three.
    let differences = [-1.0, -1, 1, 1, 1, 0, 0, 0]
    #expect(
      abs(
        ValidationError.averaged(differences)
          - ValidationError.paired(onlyFirst: 2, onlySecond: 3, examples: 8)
      ) < 1e-15
    )
  }

  @Test func `the error of the images is computed from the bits of the runs`() throws {
    let spec = try spec(
      """
      {"name": "bits", "command": ["x", "{a}", "{tuning}"], "axes": {"a": [0, 1], "tuning": ["full"]}, "seeds": 2,
       "metrics": {"accuracy": {"better": "higher", "delta": 0.01}}}
      """
    )
    // Ten images in two bytes; with a = 1 the fourth image is right too, in both seeds.
    let runs = records(of: spec, failLast: false).map { record in
      var measurements = Measurements()
      let isAfter = record.run.levels[0] == "1"
      measurements.correct = isAfter ? [0b1111_0000, 0b0100_0000] : [0b1110_0000, 0b0100_0000]
      measurements.final = ["accuracy": isAfter ? 0.5 : 0.4]
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
    // A little luck, or there would be no spread.
    var lucky = runs
    lucky[0] = Record(
      run: runs[0].run,
      attempt: 1,
      outcome: .finished,
      measurements: {
        var measurements = runs[0].measurements
        measurements.correct[1] = 0
        measurements.final = ["accuracy": 0.3]
        return measurements
      }(),
      lastLines: [],
      started: runs[0].started,
      duration: runs[0].duration
    )
    let report = SweepReport(
      of: Evidence(spec: spec, records: lucky, planned: 4, excludedCells: 0, provenance: [])
    )
    let section = try #require(report.sections.first { $0.heading == "How much is luck" })
    let tables = section.blocks.compactMap { block -> Table? in
      guard case .table(let table) = block else { return nil }
      return table
    }
    // The mean differences are 1 and 1/2 on two images of ten: √(1.25 − 1.5² / 10) / 10.
    let error = (1.25 - 0.225).squareRoot() / 10
    #expect(tables.count == 2)
    #expect(tables.last?.rows.first?[3] == Numeral.fixed(error, decimals: 2))
  }

  @Test func `bits that no accuracy fits say nothing of the images`() throws {
    let spec = try spec(
      """
      {"name": "bits", "command": ["x", "{a}", "{tuning}"], "axes": {"a": [0, 1], "tuning": ["full"]}, "seeds": 2,
       "metrics": {"accuracy": {"better": "higher", "delta": 0.01}}}
      """
    )
    let runs = records(of: spec, failLast: false).map { record in
      var measurements = Measurements()
      measurements.correct = [0xFF]
      measurements.final = ["accuracy": 1e-19 * Double(1 + record.run.seed)]
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
    let report = SweepReport(
      of: Evidence(spec: spec, records: runs, planned: 4, excludedCells: 0, provenance: [])
    )
    #expect(!report.sections.isEmpty)
  }
}
