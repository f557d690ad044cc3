import Notation
import Statistics
import Sweeps
import Testing

/// Random designs with gaps, duplicates and values that are not finite, against an independent
/// dense computation.
///
/// `Reference/Random/make.py` makes them with NumPy, SciPy and statsmodels, whose versions stand in
/// the file. It writes 13 digits, and no decision lies within 1e-7 of its threshold.
struct RandomDesignTests {
  private let designs: [Value]

  init() throws { designs = try Reference.value("Random/random.json")["designs"].list }

  private func runs(_ entry: Value, questions: [Question] = []) throws -> PairedRuns {
    let inputs = try entry["design"]
    let factors = try inputs["factors"].list.map { factor in
      Factor(
        name: try factor["name"].text,
        levels: try factor["levels"].list.map { try $0.text },
        isOrdered: try factor["ordered"].boolean,
        scores: try? factor["scores"].list.map { try $0.number }
      )
    }
    let metrics = try inputs["metrics"].list.map {
      Metric(
        name: try $0["name"].text,
        delta: try $0["delta"].number,
        scale: try #require(Metric.Scale(rawValue: $0["scale"].text))
      )
    }
    let rows = try entry["rows"].list.map { row in
      let fields = try row.list.map { try $0.text }
      return RunTable.Row(
        status: fields[0],
        levels: Array(fields[1...factors.count]),
        seed: try #require(Int(fields[factors.count + 1])),
        values: fields[(factors.count + 2)...].map { Double($0) }
      )
    }
    return PairedRuns(
      RunTable(factors: factors.map(\.name), metrics: metrics.map(\.name), rows: rows),
      design: Design(
        alpha: try inputs["alpha"].number,
        minimumCoverage: try inputs["min_coverage"].number,
        factors: factors,
        metrics: metrics,
        questions: questions
      )
    )
  }

  @Test func `effects of random designs are those of the dense computation`() throws {
    #expect(designs.count > 20)
    for entry in designs {
      for effects in try runs(entry).effects() {
        try expect(effects.json, equals: entry["effects"][effects.metric.name])
      }
    }
  }

  @Test func `questions at a cell of random designs are answered as by the dense computation`()
    throws
  {
    for entry in designs {
      let wanted = try entry["questions"]
      let questions = try wanted.list.map { answer in
        Question(
          factor: try answer["factor"].text,
          from: try answer["from"].text,
          to: try answer["to"].text,
          metric: try answer["metric"].text,
          at: try answer["at"].members.mapValues { try $0.text }
        )
      }
      try expect(
        .array(Analysis(try runs(entry, questions: questions)).answers.map { .object($0.json) }),
        equals: wanted
      )
    }
  }

  @Test func `every status and outcome occurs among the random designs`() throws {
    let results = try designs.flatMap { try runs($0).effects() }.flatMap(\.main).map(\.result)
    #expect(Set(results.map(\.status)) == Set(ContrastStatus.allCases))
    #expect(Set(results.map(\.outcome)) == Set(Direction.allCases.map(Optional.some) + [nil]))
    #expect(results.contains { !$0.droppedSeeds.isEmpty })
  }
}
