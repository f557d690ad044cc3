import Statistics
import Testing

/// Which rows count, and which of them are compared.
struct PairedRunsTests {
  private func runs(
    _ rows: [(status: String, level: String, seed: Int, value: Double?)],
    delta: Double = 0.1
  ) -> PairedRuns {
    PairedRuns(
      RunTable(
        factors: ["x"],
        metrics: ["y"],
        rows: rows.map {
          RunTable.Row(status: $0.status, levels: [$0.level], seed: $0.seed, values: [$0.value])
        }
      ),
      design: Design(
        factors: [Factor(name: "x", levels: ["a", "b"])],
        metrics: [Metric(name: "y", delta: delta)]
      )
    )
  }

  private func change(_ runs: PairedRuns) -> ContrastResult {
    runs.result(Question(factor: "x", from: "a", to: "b", metric: "y"))
  }

  @Test func `the last ok row of a cell and seed wins`() {
    let found = change(
      runs([("ok", "a", 0, 1), ("ok", "b", 0, 5), ("ok", "b", 0, 3), ("failed", "b", 0, 9)])
    )
    #expect(found.estimate == 2)
  }

  @Test func `the last ok row wins even without a value`() {
    let found = change(runs([("ok", "a", 0, 1), ("ok", "b", 0, 5), ("ok", "b", 0, nil)]))
    #expect(found.status == .noPairs)
  }

  @Test func `a row that is not ok never counts, whatever numbers it carries`() {
    let found = change(runs([("ok", "a", 0, 1), ("diverged", "b", 0, 5)]))
    #expect(found.status == .noPairs)
    #expect(found.estimate == nil)
  }

  @Test func `values that are not finite are missing`() {
    for value in [Double.nan, .infinity, -.infinity] {
      let found = change(
        runs([("ok", "a", 0, 1), ("ok", "b", 0, value), ("ok", "a", 1, 1), ("ok", "b", 1, 2)])
      )
      #expect(found.seeds == [1])
    }
  }

  @Test func `seeds may be any integers and are listed in order`() {
    let seeds = [Int.max, -5, 0, Int.min]
    var rows: [(status: String, level: String, seed: Int, value: Double?)] = []
    for seed in seeds {
      rows.append(("ok", "a", seed, 1))
      rows.append(("ok", "b", seed, 1.5 + Double(seed % 3)))
    }
    let found = change(runs(rows))
    #expect(found.seeds == [Int.min, -5, 0, Int.max])
  }

  @Test func `the order of the rows does not matter`() {
    var rows: [(status: String, level: String, seed: Int, value: Double?)] = []
    for seed in 0..<6 {
      rows.append(("ok", "a", seed, 0.1 * Double(seed * seed)))
      rows.append(("ok", "b", seed, 0.3 * Double(seed) + 0.7))
    }
    #expect(change(runs(rows)) == change(runs(rows.reversed())))
  }

  @Test func `rows with a level that the design does not name are counted and left out`() {
    let found = runs([("ok", "a", 0, 1), ("ok", "b", 0, 2), ("ok", "c", 0, 3)])
    #expect(found.foreignRows == 1)
    #expect(change(found).estimate == 1)
  }

  @Test func `failures are counted once per run, at their levels`() {
    let found = runs([
      ("failed", "a", 0, nil), ("ok", "a", 0, 1), ("failed", "b", 0, nil),
      ("timed_out", "b", 0, nil),
      ("pending", "b", 1, nil),
    ])
    let ok = found.countsByLevel[0].map(\.ok)
    let failed = found.countsByLevel[0].map(\.failed)
    #expect(ok == [1, 0])
    #expect(failed == [0, 1])
    #expect(found.counts.unfinished == 1)
    #expect(found.countsByLevel[0][1].failureShare == 1)
  }

  @Test func `a seed with too few settings is dropped and named`() {
    let levels = ["0", "1", "2", "3"]
    var rows: [RunTable.Row] = []
    for seed in [0, 1, 2] {
      for setting in seed == 2 ? ["0"] : levels {
        rows.append(.ok(["a", setting], seed: seed, [Double(seed)]))
        rows.append(.ok(["b", setting], seed: seed, [Double(seed)]))
      }
    }
    let table = RunTable(factors: ["x", "z"], metrics: ["y"], rows: rows)
    func found(_ coverage: Double) -> ContrastResult {
      let factors = [Factor(name: "x", levels: ["a", "b"]), Factor(name: "z", levels: levels)]
      return change(
        PairedRuns(
          table,
          design: Design(
            minimumCoverage: coverage,
            factors: factors,
            metrics: [Metric(name: "y", delta: 1)]
          )
        )
      )
    }
    #expect(found(0.5).droppedSeeds == [2])
    #expect(found(0.25).droppedSeeds == [])
    #expect(found(0.5).plannedSettings == 4)
  }
}
