import Statistics
import Testing

/// What runs that are missing do to a verdict.
struct MissingRunsTests {
  private static let settings = ["0", "1", "2", "3"]

  /// Two arms in four settings with six seeds.
  ///
  /// The change is 1 in the first two settings and 3 in the others, so that it matters which of them are averaged.
  /// `fate` gives the status of each run, nil for one without a row.
  private func change(
    absence: RunTable.Fate = .unfinished,
    minimumCoverage: Double? = nil,
    range: Interval? = nil,
    _ fate: (_ arm: String, _ setting: String, _ seed: Int) -> String?
  ) -> ContrastResult {
    var rows: [RunTable.Row] = []
    for seed in 0..<6 {
      for setting in Self.settings {
        for arm in ["a", "b"] {
          guard let status = fate(arm, setting, seed) else { continue }
          let luck = 0.01 * Double((seed * 7 + (Int(setting) ?? 0) * 3) % 5)
          let value = arm == "a" ? 0 : (setting < "2" ? 1.0 : 3.0) + luck
          rows.append(
            RunTable.Row(status: status, levels: [arm, setting], seed: seed, values: [value])
          )
        }
      }
    }
    let design = Design(
      minimumCoverage: minimumCoverage,
      factors: [Factor(name: "x", levels: ["a", "b"]), Factor(name: "z", levels: Self.settings)],
      metrics: [Metric(name: "y", delta: 0.1, range: range)]
    )
    let table = RunTable(factors: ["x", "z"], metrics: ["y"], rows: rows, absence: absence)
    return PairedRuns(table, design: design)
      .result(Question(factor: "x", from: "a", to: "b", metric: "y"))
  }

  @Test func `nothing missing leaves the verdict alone`() {
    let found = change { _, _, _ in "ok" }
    #expect(found.outcome == .up && found.missing.isNothing && found.missing.reason == nil)
    #expect(found.missing.seedCount == 6 && found.missing.completeSeedCount == 6)
  }

  @Test func `a run that one arm lost keeps the verdict open`() throws {
    let found = change { arm, setting, seed in
      arm == "b" && setting == "3" && seed < 2 ? "diverged" : "ok"
    }
    #expect(found.outcome == nil && found.lean == nil && found.ruledOut == [])
    #expect(found.seedsToSettle == nil)
    #expect(found.missing.reason == .armsDiffer)
    #expect(found.missing.lostRuns == [0, 2] && found.missing.lostSeeds == [0, 2])
    #expect(found.missing.completeSeedCount == 4)
    // Each setting counts the same: the mean over seeds would be 1.95 with two seeds at 1.67.
    let estimate = try #require(found.estimate)
    #expect(abs(estimate - 2.02) < 0.02)
    #expect(OpenReason(found, predicted: .up) == .runsLost)
  }

  @Test func `settings that some seeds lost on both sides keep the verdict open`() {
    let found = change { _, setting, seed in setting == "3" && seed == 0 ? "failed" : "ok" }
    #expect(found.outcome == nil)
    #expect(found.missing.reason == .settingsDiffer)
  }

  @Test func `whole seeds that were lost on both sides do not`() {
    let found = change { _, _, seed in seed == 0 ? "failed" : "ok" }
    #expect(found.outcome == .up && found.seeds == [1, 2, 3, 4, 5])
    #expect(found.missing.reason == nil && found.missing.lostRuns == [4, 4])
    #expect(found.missing.seedCount == 6)
  }

  @Test func `runs that are only not finished leave out their seed`() {
    let found = change { arm, setting, seed in
      seed == 5 && setting > "1" && arm == "b" ? "running" : "ok"
    }
    #expect(found.outcome == .up && found.seeds == [0, 1, 2, 3, 4] && found.droppedSeeds == [5])
    #expect(found.missing.unfinishedRuns == 2)
  }

  @Test func `rows that are not there are lost or awaited, as the table says`() {
    func gap(_ arm: String, _ setting: String, _ seed: Int) -> String? {
      seed == 5 && setting > "1" ? nil : "ok"
    }
    #expect(change(absence: .unfinished, gap).outcome == .up)
    #expect(change(absence: .unfinished, gap).seeds == [0, 1, 2, 3, 4])
    let lost = change(absence: .failed, gap)
    #expect(lost.outcome == nil && lost.missing.reason == .settingsDiffer)
    #expect(lost.missing.lostRuns == [2, 2])
  }

  @Test func `a design that insists on a share of settings decides by it`() {
    let found = change(minimumCoverage: 0.5) { arm, setting, seed in
      arm == "b" && setting == "3" && seed < 2 ? "diverged" : "ok"
    }
    #expect(found.outcome == .up && found.missing.reason == nil)
    #expect(found.missing.lostRuns == [0, 2])
  }

  @Test func `bounds take what was lost at its worst`() throws {
    let found = change(range: Interval(lower: 0, upper: 4)) { arm, setting, seed in
      arm == "b" && setting == "3" && seed < 3 ? "failed" : "ok"
    }
    let bounds = try #require(found.missing.bounds)
    let estimate = try #require(found.estimate)
    #expect(bounds.contains(estimate))
    // Three of the six seeds of one setting of four may be anything from 0 to 4.
    #expect(abs((bounds.upper - bounds.lower) - 4 * 3 / 6 / 4) < 1e-12)
    // A value outside of the range says that the range is of something else.
    let strange = change(range: Interval(lower: 0, upper: 2)) { arm, _, seed in
      arm == "b" && seed == 0 ? "failed" : "ok"
    }
    #expect(strange.missing.bounds == nil)
  }

  @Test func `where every seed has every setting both errors are the same`() throws {
    let whole = change { _, _, _ in "ok" }
    // One pair of a setting less: the error moves a little, and not by an order.
    let less = change { arm, setting, seed in
      arm == "a" && setting == "0" && seed == 0 ? "failed" : "ok"
    }
    let errors = [whole, less].compactMap { $0.test?.standardError }
    #expect(errors.count == 2 && errors[1] < 2 * errors[0] && errors[0] < 2 * errors[1])
    #expect(less.outcome == nil && less.test != nil)
  }

  @Test func `a level without any result does not blank the means of the others`() {
    let rows = (0..<3).flatMap { seed in
      ["a", "b", "c"].map { level in
        RunTable.Row(
          status: level == "c" ? "failed" : "ok",
          levels: [level],
          seed: seed,
          values: [level == "a" ? 1 : 2]
        )
      }
    }
    func means(_ coverage: Double?) -> [Double?] {
      let design = Design(
        minimumCoverage: coverage,
        factors: [Factor(name: "x", levels: ["a", "b", "c"])],
        metrics: [Metric(name: "y", delta: 0)]
      )
      let table = RunTable(factors: ["x"], metrics: ["y"], rows: rows)
      return PairedRuns(table, design: design).effects()[0].levelMeans[0].means
    }
    #expect(means(nil) == [1, 2, nil])
    #expect(means(0.5) == [nil, nil, nil])
  }

  @Test func `flips of signs do not confirm a mean of uneven seeds`() {
    func outcome(_ differences: [Double]) -> (Direction?, Bool?) {
      let rows = differences.enumerated().flatMap { seed, difference in
        [
          RunTable.Row.ok(["a"], seed: seed, [0]), RunTable.Row.ok(["b"], seed: seed, [difference]),
        ]
      }
      let design = Design(
        factors: [Factor(name: "x", levels: ["a", "b"])],
        metrics: [Metric(name: "y", delta: 1)]
      )
      let table = RunTable(factors: ["x"], metrics: ["y"], rows: rows)
      let result = PairedRuns(table, design: design)
        .result(Question(factor: "x", from: "a", to: "b", metric: "y"))
      return (result.outcome, result.isConfirmedByFlips)
    }
    let even = outcome([3, 3.1, 2.9, 3.2, 2.8, 3])
    #expect(even.0 == .up && even.1 == true)
    // Two of the 64 patterns do as well, and only one may.
    let uneven = outcome([2, 2.1, 1.9, 2, 2.05, 0.95])
    #expect(uneven.0 == .up && uneven.1 == false)
    // 2⁻⁵ is above 0.025, so that five seeds cannot confirm that a change is up.
    #expect(outcome([3, 3.1, 2.9, 3.2, 2.8]).1 == nil)
  }
}
